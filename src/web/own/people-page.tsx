import { Page } from '../parts/page.js';
import { PartnerPeople } from '../people/partner-people.js';
import { useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** A partner's own people. */
export default function OwnPeoplePage() {
  const { say } = useWords();
  const { partner } = useMe();
  return <Page title={say('people.title')}>{partner !== null && <PartnerPeople partnerId={partner.id} />}</Page>;
}
