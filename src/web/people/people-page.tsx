import { useAnswer, useList } from '../api/queries.js';
import type { Invitation, Person } from '../api/shapes.js';
import { Page } from '../parts/page.js';
import { useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { InviteButton } from './invite-button.js';
import { PeopleTable } from './people-table.js';

const path = '/api/v1/people';
const roles = ['admin', 'rev-ops', 'channel-manager', 'viewer'] as const;

/** The vendor's own people. */
export default function PeoplePage() {
  const { say } = useWords();
  const manages = useMay('people:manage');
  const people = useList<Person>(path);
  const invited = useAnswer<{ readonly items: readonly Invitation[] }>('/api/v1/invitations');
  return (
    <Page title={say('people.title')} aside={manages && <InviteButton path={path} roles={roles} />}>
      <PeopleTable
        people={people.items}
        invitations={invited.data?.items}
        error={people.error ?? invited.error}
        endPath={manages ? path : null}
      />
    </Page>
  );
}
