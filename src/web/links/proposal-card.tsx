import { Alert, Button, Group, List, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/queries.js';
import type { LinkProposal } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { useFormat, useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** A deal that may be a registration's: what speaks for it, and one click. */
export function ProposalCard({
  proposal,
  children,
}: {
  readonly proposal: LinkProposal;
  readonly children?: React.ReactNode;
}) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const mayDecide = useMay('links:decide');
  const [reason, setReason] = useState('');
  const act = useAct<LinkProposal>();
  const { id, deal, crmDealId } = proposal;
  const decide = (verb: 'accept' | 'reject') =>
    act.mutate({
      path: `/api/v1/link-proposals/${encodeURIComponent(id)}/${verb}`,
      body: reason.trim() === '' ? {} : { reason },
    });
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
        {act.error !== null && (
          <Alert color="red" variant="outline" role="alert">
            {errorWords(act.error)}
          </Alert>
        )}
        {mayDecide && (
          <Group align="end">
            <TextInput
              label={say('field.reason')}
              description={say('links.reasonHint')}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Button loading={act.isPending} onClick={() => decide('accept')}>
              {say('links.accept')}
            </Button>
            <Button variant="default" disabled={reason.trim() === ''} onClick={() => decide('reject')}>
              {say('links.reject')}
            </Button>
          </Group>
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
