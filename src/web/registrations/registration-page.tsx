import { Alert, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useParams } from 'react-router';
import { useAnswer } from '../api/queries.js';
import type { Registration } from '../api/shapes.js';
import { Status } from '../parts/badges.js';
import { Facts } from '../parts/facts.js';
import { Loaded, Page } from '../parts/page.js';
import { Section } from '../parts/section.js';
import { PartnerName } from '../partners/partner-name.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { Conflicts } from './conflicts.js';
import { CrmState } from './crm-state.js';
import { DecideBy } from './decide-by.js';
import { DecisionBar } from './decision-bar.js';
import { Introduced } from './introduced.js';
import { Receipt } from './receipt.js';
import { WhySection } from './why-section.js';

/** Everything an operator decides by, and the decision. */
export default function RegistrationPage() {
  const { say } = useWords();
  const { id = '' } = useParams();
  const query = useAnswer<Registration>(`/api/v1/registrations/${encodeURIComponent(id)}`);
  return (
    <Page
      title={query.data?.company.name ?? say('registration.title')}
      back={{ to: '/registrations', label: say('registrations.title') }}
      aside={query.data !== undefined && <Status group="status" value={query.data.status} />}
    >
      <Loaded query={query}>{(registration) => <Details registration={registration} />}</Loaded>
    </Page>
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
      <Conflicts registration={registration} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <CrmState registration={registration} />
        <WhySection registrationId={registration.id} />
      </SimpleGrid>
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
