import { Alert, Anchor, Button, Group, List, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '../api/queries.js';
import type { MissingCommission } from '../api/shapes.js';
import { useErrorWords } from '../parts/fault.js';
import { useFormat, useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** A win that may be owed to a registration: what speaks for it, one click, or a reason why not. */
export function MissingCard({ missing }: { readonly missing: MissingCommission }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const mayDecide = useMay('links:decide');
  const { deal, crmDealId, registrationId, status, decidedAt, decidedBy, reason } = missing;
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Anchor component={Link} to={`/registrations/${registrationId}`} size="sm">
          {say('links.registration')}
        </Anchor>
        <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
          {deal.name ?? crmDealId}{' '}
          <Text span size="sm" c="dimmed">
            {crmDealId}
          </Text>
        </Text>
        <Evidence missing={missing} />
        {status !== 'open' && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {sayOf('missingStatus', status)}
            {decidedAt !== null && `, ${format.moment(decidedAt)}`}
            {decidedBy !== null && `, ${decidedBy}`}
            {reason !== null && `: ${reason}`}
          </Text>
        )}
        {mayDecide && status === 'open' && <Decide id={missing.id} />}
      </Stack>
    </Paper>
  );
}

function Decide({ id }: { readonly id: string }) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const [reason, setReason] = useState('');
  const act = useAct<MissingCommission>();
  const decide = (verb: 'link' | 'dismiss') =>
    act.mutate({
      path: `/api/v1/missing-commissions/${encodeURIComponent(id)}/${verb}`,
      body: reason.trim() === '' ? {} : { reason },
    });
  return (
    <>
      {act.error !== null && (
        <Alert color="red" variant="outline" role="alert">
          {errorWords(act.error)}
        </Alert>
      )}
      <Group align="end">
        <TextInput
          label={say('field.reason')}
          description={say('missing.reasonHint')}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button loading={act.isPending} onClick={() => decide('link')}>
          {say('missing.link')}
        </Button>
        <Button variant="default" disabled={reason.trim() === '' || act.isPending} onClick={() => decide('dismiss')}>
          {say('missing.dismiss')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {say('missing.linkHint')}
      </Text>
    </>
  );
}

function Evidence({ missing: { deal, evidence } }: { readonly missing: MissingCommission }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const { ownDeal, madeDaysAfterPush: days, endedDaysBefore } = evidence;
  const until = format.day(evidence.protectedUntil);
  const words = [
    ownDeal && say('missing.ownDeal'),
    !ownDeal && evidence.sameContact && say('links.sameContact'),
    !ownDeal && evidence.sameCompany && say('links.sameCompany'),
    say('missing.when', { registered: format.day(evidence.registeredOn), won: format.day(evidence.wonOn) }),
    endedDaysBefore === null
      ? say('missing.protected', { until })
      : say('missing.ended', { until, days: endedDaysBefore }),
    !ownDeal && days !== null && days >= 0 && say('links.made', { days }),
    sayOf('linkAmount', evidence.amount),
    deal.amount !== null && deal.currency !== null && format.money(deal.amount, deal.currency),
    evidence.contested && say('missing.contested'),
    evidence.approvedAfterWin && say('missing.lateApproval'),
  ].filter((word) => word !== false);
  return (
    <List size="sm">
      {words.map((word) => (
        <List.Item key={word}>{word}</List.Item>
      ))}
    </List>
  );
}
