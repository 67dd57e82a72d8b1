import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { useAnswer } from '../api/queries.js';
import type { Registration } from '../api/shapes.js';
import { Status } from '../parts/badges.js';
import { Loaded, Page } from '../parts/page.js';
import { useWords } from '../words/use-words.js';

interface OneRegistrationProps {
  /** What the list is called that it was opened from. */
  readonly list: string;
  readonly children: (registration: Registration) => ReactNode;
}

/** The page of the registration that the address names, under the customer's name. */
export function OneRegistration({ list, children }: OneRegistrationProps) {
  const { say } = useWords();
  const { id = '' } = useParams();
  const query = useAnswer<Registration>(`/api/v1/registrations/${encodeURIComponent(id)}`);
  return (
    <Page
      title={query.data?.company.name ?? say('registration.title')}
      back={{ to: '/registrations', label: list }}
      aside={query.data !== undefined && <Status group="status" value={query.data.status} />}
    >
      <Loaded query={query}>{children}</Loaded>
    </Page>
  );
}
