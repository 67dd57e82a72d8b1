import { Alert, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Registration } from '../api/shapes.js';
import { LinkSection } from '../links/link-section.js';
import { Facts } from '../parts/facts.js';
import { Section } from '../parts/section.js';
import { PartnerName } from '../partners/partner-name.js';
import { ReviewSection } from '../reviews/review-section.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { Conflicts } from './conflicts.js';
import { CrmState } from './crm-state.js';
import { DecideBy } from './decide-by.js';
import { DecisionBar } from './decision-bar.js';
import { Introduced } from './introduced.js';
import { OneRegistration } from './one-registration.js';
import { Receipt } from './receipt.js';
import { WhySection } from './why-section.js';

/** Everything an operator decides by, and the decision. */
export default function RegistrationPage() {
  const { say } = useWords();
  return (
    <OneRegistration list={say('registrations.title')}>
      {(registration) => <Details registration={registration} />}
    </OneRegistration>
  );
}

function Details({ registration }: { readonly registration: Registration }) {
  const { say } = useWords();
  const [overtaken, setOvertaken] = useState<string | null>(null);
  return (
    <Stack>
      {overtaken !== null && (
        <Alert
          color="orange"
          variant="outline"
          role="alert"
          title={say('decide.overtakenTitle')}
          withCloseButton
          closeButtonLabel={say('action.close')}
          onClose={() => setOvertaken(null)}
        >
          {say('decide.overtaken')} {overtaken}
        </Alert>
      )}
      {registration.extensionRequestedAt != null && registration.status === 'approved' && (
        <Alert color="blue" variant="outline">
          {say('registration.extensionAsked')}
        </Alert>
      )}
      <DecisionBar registration={registration} onOvertaken={setOvertaken} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Introduced registration={registration} />
        <Standing registration={registration} />
      </SimpleGrid>
      <ReviewSection registration={registration} />
      <Conflicts registration={registration} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <CrmState registration={registration} />
        <WhySection registrationId={registration.id} />
      </SimpleGrid>
      <LinkSection registration={registration} />
      <Receipt receipt={registration.receipt} />
    </Stack>
  );
}

function Standing({ registration }: { readonly registration: Registration }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const { approvedAt, protectedUntil, code, reason, question, answer, availability } = registration;
  return (
    <Section title={say('registration.standing')}>
      <Facts
        facts={[
          [say('field.partner'), <PartnerName key="partner" id={registration.partnerId} />],
          [say('field.submitted'), format.moment(registration.submittedAt)],
          [say('field.decideBy'), registration.decideBy && <DecideBy key="due" day={registration.decideBy} />],
          [say('field.availability'), sayOf('availability', availability)],
          [say('field.approved'), approvedAt && format.moment(approvedAt)],
          [say('field.protectedUntil'), protectedUntil && format.day(protectedUntil)],
          [say('field.code'), code && sayOf('code', code)],
          [say('field.reason'), reason !== question && reason],
          [say('field.question'), question],
          [say('field.answer'), answer],
        ]}
      />
      {registration.note !== null && (
        <Stack gap={2}>
          <Text size="sm" c="dimmed">
            {say('field.note')}
          </Text>
          <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
            {registration.note}
          </Text>
        </Stack>
      )}
    </Section>
  );
}
