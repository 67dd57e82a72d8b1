import { Alert, Text } from '@mantine/core';
import type { Registration } from '../api/shapes.js';
import { Facts } from '../parts/facts.js';
import { Section } from '../parts/section.js';
import { RetryProblem } from '../problems/retry-problem.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** Where the CRM has this registration, and how its deal goes. */
export function CrmState({ registration }: { readonly registration: Registration }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const { crm, stage, outcome, wonAt } = registration;
  if (crm === undefined) return null;
  const hasAmount = crm.amount !== null && crm.currency !== null;
  return (
    <Section title={say('crm.title')}>
      <Text size="sm">{sayOf('crmState', crm.state)}</Text>
      <Facts
        facts={[
          [say('crm.crm'), crm.crm && sayOf('crmName', crm.crm)],
          [say('crm.deal'), crm.crmDealId],
          [say('crm.lead'), crm.leadId],
          [say('crm.company'), crm.companyId],
          [say('crm.contact'), crm.contactId],
          [say('crm.linkedAt'), crm.linkedAt && format.moment(crm.linkedAt)],
          [say('crm.presence'), crm.presence && sayOf('presence', crm.presence)],
          [say('crm.stage'), stage],
          [say('crm.outcome'), outcome && sayOf('outcome', outcome)],
          [say('crm.wonAt'), wonAt && format.moment(wonAt)],
          [say('field.amount'), hasAmount && format.money(crm.amount ?? '', crm.currency ?? '')],
        ]}
      />
      {crm.problem !== null && (
        <Alert color="red" variant="outline" title={crm.problem.title}>
          <Text size="sm" mb="xs">
            {crm.problem.detail}
          </Text>
          <RetryProblem id={crm.problem.id} />
        </Alert>
      )}
    </Section>
  );
}
