import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { Dispute } from '../api/shapes.js';
import { useWords } from '../words/use-words.js';

/** What a dispute is about, as a way there where there is one. */
export function AboutDispute({ dispute: { lineId, registrationId, deal } }: { readonly dispute: Dispute }) {
  const { say } = useWords();
  if (lineId !== null) {
    return (
      <Anchor component={Link} to={`/commissions/${lineId}`} inherit>
        {say('dispute.aboutLine')}
      </Anchor>
    );
  }
  if (registrationId !== null) {
    return (
      <Anchor component={Link} to={`/registrations/${registrationId}`} inherit>
        {say('dispute.aboutRegistration')}
      </Anchor>
    );
  }
  return deal;
}
