import { Alert, SimpleGrid, Stack, Text } from '@mantine/core';
import type { Registration } from '../api/shapes.js';
import { DisputeRegistration } from '../disputes/dispute-line.js';
import { Facts } from '../parts/facts.js';
import { Section } from '../parts/section.js';
import { Introduced } from '../registrations/introduced.js';
import { OneRegistration } from '../registrations/one-registration.js';
import { Receipt } from '../registrations/receipt.js';
import { WhySection } from '../registrations/why-section.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { useNextStep } from './next-step.js';
import { PartnerActs } from './partner-acts.js';

/** One of the partner's own registrations: how it stands, what comes next, and what the partner can do. */
export default function OwnRegistrationPage() {
  const { say } = useWords();
  return (
    <OneRegistration list={say('nav.ownRegistrations')}>
      {(registration) => <Details registration={registration} />}
    </OneRegistration>
  );
}

function Details({ registration }: { readonly registration: Registration }) {
  const { say } = useWords();
  const nextStep = useNextStep();
  return (
    <Stack>
      <Alert color={registration.status === 'returned' ? 'orange' : 'blue'} variant="outline" title={say('own.next')}>
        {nextStep(registration)}
      </Alert>
      <PartnerActs registration={registration} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Introduced registration={registration} />
        <Standing registration={registration} />
      </SimpleGrid>
      <WhySection registrationId={registration.id} />
      <DisputeRegistration registrationId={registration.id} />
      <Receipt receipt={registration.receipt} />
    </Stack>
  );
}

function Standing({ registration }: { readonly registration: Registration }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const { approvedAt, protectedUntil, stage, outcome, reason, question, answer, note } = registration;
  return (
    <Section title={say('registration.standing')}>
      <Facts
        facts={[
          [say('field.submitted'), format.moment(registration.submittedAt)],
          [say('field.availability'), sayOf('availability', registration.availability)],
          [say('field.approved'), approvedAt && format.moment(approvedAt)],
          [say('field.protectedUntil'), protectedUntil && format.day(protectedUntil)],
          [say('crm.stage'), stage],
          [say('crm.outcome'), outcome && sayOf('outcome', outcome)],
          [say('field.reason'), reason !== question && reason],
          [say('field.question'), question],
          [say('field.answer'), answer],
        ]}
      />
      {note !== null && (
        <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
          {note}
        </Text>
      )}
    </Section>
  );
}
