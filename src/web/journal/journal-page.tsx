import { Stack, Text } from '@mantine/core';
import { useList, withQuery } from '../api/queries.js';
import type { JournalEntry } from '../api/shapes.js';
import { Filters, useFilters } from '../parts/filters.js';
import { ListTable, type Column } from '../parts/list-table.js';
import { Page } from '../parts/page.js';
import { PartnerName } from '../partners/partner-name.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { BookCheck } from './book-check.js';

const kinds = [
  'commission',
  'revshare',
  'override',
  'bonus',
  'reversal',
  'clawback',
  'adjustment',
  'customer-reward',
  'customer-payout',
  'payout',
  'payout-return',
] as const;
const accounts = ['commission-expense', 'partner-payable', 'customer-rewards', 'payout-clearing'] as const;
const names = ['kind', 'account', 'partnerId', 'dealId', 'currency', 'from', 'to'] as const;

/** The journal, entry by entry with what each posts where, and the proof of the whole book. */
export default function JournalPage() {
  const { say, sayOf } = useWords();
  const filter = useFilters(names);
  const currency = filter['currency']?.toUpperCase() ?? null;
  const query = useList<JournalEntry>(withQuery('/api/v1/journal', { ...filter, currency }));
  return (
    <Page title={say('journal.title')}>
      <BookCheck />
      <Filters
        filters={[
          {
            kind: 'choice',
            name: 'kind',
            label: say('journal.kind'),
            options: kinds.map((value) => ({ value, label: sayOf('entryKind', value) })),
          },
          {
            kind: 'choice',
            name: 'account',
            label: say('journal.account'),
            options: accounts.map((value) => ({ value, label: sayOf('account', value) })),
          },
          { kind: 'text', name: 'partnerId', label: say('journal.partnerId') },
          { kind: 'text', name: 'dealId', label: say('journal.dealId') },
          { kind: 'text', name: 'currency', label: say('field.currency') },
          { kind: 'day', name: 'from', label: say('filter.from') },
          { kind: 'day', name: 'to', label: say('filter.to') },
        ]}
      />
      <ListTable caption={say('journal.title')} query={query} columns={useColumns()} empty={say('journal.none')} />
    </Page>
  );
}

function useColumns(): readonly Column<JournalEntry>[] {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const side = (entry: JournalEntry, name: 'debit' | 'credit') => (
    <Stack gap={0}>
      {entry.postings.map((posting, index) => (
        <span key={`${posting.account} ${String(index)}`}>
          {posting[name] === null ? '\u00a0' : format.money(posting[name], posting.currency)}
        </span>
      ))}
    </Stack>
  );
  return [
    {
      title: say('journal.entry'),
      cell: ({ kind, memo }) => (
        <>
          {sayOf('entryKind', kind)}
          <Text size="xs" c="dimmed">
            {memo}
          </Text>
        </>
      ),
      value: ({ kind, memo }) => `${sayOf('entryKind', kind)}: ${memo}`,
    },
    {
      title: say('journal.day'),
      cell: ({ occurredOn }) => format.day(occurredOn),
      value: ({ occurredOn }) => occurredOn,
    },
    { title: say('line.bookedAt'), cell: ({ bookedAt }) => format.moment(bookedAt), value: ({ bookedAt }) => bookedAt },
    {
      title: say('field.partner'),
      cell: ({ partnerId }) => <PartnerName id={partnerId} />,
      value: ({ partnerId }) => partnerId,
    },
    {
      title: say('journal.account'),
      cell: ({ postings }) => (
        <Stack gap={0}>
          {postings.map(({ account }, index) => (
            <span key={`${account} ${String(index)}`}>{sayOf('account', account)}</span>
          ))}
        </Stack>
      ),
      value: ({ postings }) => postings.map(({ account }) => sayOf('account', account)).join('\n'),
    },
    {
      title: say('journal.debit'),
      cell: (entry) => side(entry, 'debit'),
      align: 'right',
      value: (entry) => sums(entry, 'debit'),
    },
    {
      title: say('journal.credit'),
      cell: (entry) => side(entry, 'credit'),
      align: 'right',
      value: (entry) => sums(entry, 'credit'),
    },
    {
      title: say('field.currency'),
      cell: ({ postings }) => postings[0]?.currency,
      value: ({ postings }) => postings[0]?.currency ?? null,
    },
  ];
}

/** The amounts of one side, as decimals: an entry is in one currency. */
function sums({ postings }: JournalEntry, side: 'debit' | 'credit'): string {
  return postings.flatMap((posting) => posting[side] ?? []).join('\n');
}
