import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { useNamed } from '../api/queries.js';
import type { Registration } from '../api/shapes.js';

/** The company that a registration is about. */
export function CompanyName({ registrationId }: { readonly registrationId: string }) {
  const { data: registration } = useNamed<Registration>('/api/v1/registrations', registrationId);
  return (
    <Anchor component={Link} to={`/registrations/${registrationId}`} inherit>
      {registration?.company.name ?? registrationId}
    </Anchor>
  );
}
