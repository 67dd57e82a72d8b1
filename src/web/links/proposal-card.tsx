import { List, Paper, Stack, Text } from '@mantine/core';
import type { LinkProposal } from '../api/shapes.js';
import { useFormat, useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { DecideRow } from './decide-row.js';

/** A deal that may be a registration's: what speaks for it, and one click. */
export function ProposalCard({
  proposal,
  children,
}: {
  readonly proposal: LinkProposal;
  readonly children?: React.ReactNode;
}) {
  const { say } = useWords();
  const mayDecide = useMay('links:decide');
  const { id, deal, crmDealId } = proposal;
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        {children}
        <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
          {deal.name ?? crmDealId}{' '}
          <Text span size="sm" c="dimmed">
            {crmDealId}
          </Text>
        </Text>
        <Evidence proposal={proposal} />
        {mayDecide && (
          <DecideRow
            path={`/api/v1/link-proposals/${encodeURIComponent(id)}`}
            hint={say('links.reasonHint')}
            choices={[
              { verb: 'accept', label: say('links.accept'), needsReason: false },
              { verb: 'reject', label: say('links.reject'), needsReason: true },
            ]}
          />
        )}
      </Stack>
    </Paper>
  );
}

function Evidence({ proposal: { deal, evidence } }: { readonly proposal: LinkProposal }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const days = evidence.madeDaysAfterPush;
  const words = [
    evidence.sameContact && say('links.sameContact'),
    evidence.sameCompany && say('links.sameCompany'),
    days !== null && say('links.made', { days }),
    sayOf('linkAmount', evidence.amount),
    deal.amount !== null && deal.currency !== null && format.money(deal.amount, deal.currency),
    `${sayOf('outcome', evidence.outcome)}${deal.stage === null ? '' : `: ${deal.stage}`}`,
    evidence.contested && say('links.contested'),
  ].filter((word) => word !== false);
  return (
    <List size="sm">
      {words.map((word) => (
        <List.Item key={word}>{word}</List.Item>
      ))}
    </List>
  );
}
