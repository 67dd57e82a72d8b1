import { Anchor, List, Paper, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { withQuery } from '../api/queries.js';
import type { MissingCommission } from '../api/shapes.js';
import { useFormat, useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { DecideRow } from './decide-row.js';

/** A win that may be owed to a registration: what speaks for it, one click, or a reason why not. */
export function MissingCard({ missing }: { readonly missing: MissingCommission }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const mayDecide = useMay('links:decide');
  const { deal, crmDealId, status, decidedAt, decidedBy, reason } = missing;
  const link = { verb: 'link', label: say('missing.link'), needsReason: false };
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Anchor component={Link} to={registrationPath(missing)} size="sm">
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
        {mayDecide && status === 'open' && (
          <>
            <DecideRow
              path={`/api/v1/missing-commissions/${encodeURIComponent(missing.id)}`}
              hint={say('missing.reasonHint')}
              choices={[
                // What nobody has answered has nothing that could be credited.
                ...(missing.evidence.unanswered === undefined ? [link] : []),
                { verb: 'dismiss', label: say('missing.dismiss'), needsReason: true },
              ]}
            />
            <Text size="sm" c="dimmed">
              {say('missing.linkHint')}
            </Text>
          </>
        )}
      </Stack>
    </Paper>
  );
}

/** Where it is approved onto this deal, as long as nobody has answered it. */
function registrationPath({ registrationId, dealId, evidence }: MissingCommission): string {
  const path = `/registrations/${registrationId}`;
  return evidence.unanswered === 'vendor' ? withQuery(path, { dealId }) : path;
}

function Evidence({ missing: { deal, evidence } }: { readonly missing: MissingCommission }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const { ownDeal, madeDaysAfterPush: days, endedDaysBefore } = evidence;
  const until = evidence.protectedUntil === null ? null : format.day(evidence.protectedUntil);
  const words = [
    ownDeal && say('missing.ownDeal'),
    !ownDeal && evidence.sameContact && say('links.sameContact'),
    !ownDeal && evidence.sameCompany && say('links.sameCompany'),
    say('missing.when', { registered: format.day(evidence.registeredOn), won: format.day(evidence.wonOn) }),
    evidence.otherRecords === true && say('missing.otherRecords'),
    evidence.unanswered === 'vendor' && say('missing.unanswered'),
    evidence.unanswered === 'partner' && say('missing.returned'),
    evidence.unanswered !== undefined && say('missing.approvedLate'),
    until !== null &&
      (endedDaysBefore === null
        ? say('missing.protected', { until })
        : say('missing.ended', { until, days: endedDaysBefore })),
    !ownDeal && days !== null && days >= 0 && say('links.made', { days }),
    sayOf('linkAmount', evidence.amount),
    deal.amount !== null && deal.currency !== null && format.money(deal.amount, deal.currency),
    evidence.contested && say('missing.contested'),
    evidence.approvedAfterWin && evidence.unanswered === undefined && say('missing.lateApproval'),
  ].filter((word) => word !== false);
  return (
    <List size="sm">
      {words.map((word) => (
        <List.Item key={word}>{word}</List.Item>
      ))}
    </List>
  );
}
