import { Anchor, Code, List, Stack, Text } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { useAnswer } from '../api/queries.js';
import type { Explanation } from '../api/shapes.js';
import { DisputeLine } from '../disputes/dispute-line.js';
import { Facts } from '../parts/facts.js';
import { Loaded, Page } from '../parts/page.js';
import { Section } from '../parts/section.js';
import { PartnerName } from '../partners/partner-name.js';
import { CompanyName } from '../registrations/company-name.js';
import { useFormat, useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** One line with its working, step by step. */
export default function CommissionPage() {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const { id = '' } = useParams();
  const query = useAnswer<Explanation>(`/api/v1/commissions/${encodeURIComponent(id)}/explanation`);
  const line = query.data?.line;
  return (
    <Page
      title={
        line === undefined
          ? say('line.title')
          : `${sayOf('lineKind', line.kind)} ${format.money(line.amount, line.currency)}`
      }
      back={{ to: '/commissions', label: say('commissions.title') }}
    >
      <Loaded query={query}>{(explanation) => <Working explanation={explanation} />}</Loaded>
    </Page>
  );
}

function Working({ explanation }: { readonly explanation: Explanation }) {
  const { say } = useWords();
  return (
    <Stack>
      <Section title={say('line.working')}>
        <Text fw={500}>{explanation.summary}</Text>
        <List type="ordered" spacing={6} size="sm">
          {explanation.sentences.map((sentence, step) => (
            // Two steps may say the same, and their order is what they mean.
            <List.Item key={`${step} ${sentence}`}>{sentence}</List.Item>
          ))}
        </List>
      </Section>
      <LineFacts line={explanation.line} />
      <DisputeLine lineId={explanation.line.id} />
      <Section title={say('line.proof')}>
        <Text size="sm">{say('line.proofWords')}</Text>
        <Facts
          facts={[
            [say('receipt.hash'), <Code key="hash">{explanation.inputsHash}</Code>],
            [say('receipt.key'), `${explanation.signature.keyId} (${explanation.signature.algorithm})`],
            [say('receipt.signature'), <Code key="signature">{explanation.signature.value}</Code>],
          ]}
        />
      </Section>
    </Stack>
  );
}

function LineFacts({ line }: { readonly line: Explanation['line'] }) {
  const { say, sayOf } = useWords();
  const { kind } = useMe();
  const format = useFormat();
  const { registrationId, sourceLineId } = line;
  return (
    <Section title={say('line.facts')}>
      <Facts
        facts={[
          [say('field.partner'), kind === 'operator' && <PartnerName key="partner" id={line.partnerId} />],
          [say('line.component'), line.component],
          [say('line.payee'), sayOf('payee', line.payee)],
          [say('line.earnedOn'), format.day(line.earnedOn)],
          [say('line.payableOn'), format.day(line.payableOn)],
          [say('line.bookedAt'), format.moment(line.bookedAt)],
          [say('line.planVersion'), line.planVersion ?? say('line.byHand')],
          [say('line.customer'), registrationId && <CompanyName key="customer" registrationId={registrationId} />],
          [
            say('line.source'),
            sourceLineId && (
              <Anchor key="source" component={Link} to={`/commissions/${sourceLineId}`} inherit>
                {say('line.openSource')}
              </Anchor>
            ),
          ],
        ]}
      />
    </Section>
  );
}
