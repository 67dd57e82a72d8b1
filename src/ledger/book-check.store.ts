import { sql } from 'kysely';
import type { Reader } from '../platform/database.js';
import { chartOfAccounts } from './chart-of-accounts.js';
import { entryKinds } from './entry-kinds.js';

/** One thing that must hold for the whole book. Every stage that adds to the book brings its own. */
export interface BookCheck {
  /** What holds, as a sentence. */
  readonly claim: string;
  /** The first place where it does not, in words; null when it holds. */
  readonly firstFault: (db: Reader) => Promise<string | null>;
}

/** What must hold for the journal by itself, whatever wrote it. */
export const journalChecks: readonly BookCheck[] = [
  { claim: 'Every entry has all its postings and sums to zero in each currency.', firstFault: firstUnbalancedEntry },
  {
    claim: 'Every entry is of a declared kind and moves money only between the accounts of that kind.',
    firstFault: firstIllegalPosting,
  },
  {
    claim: "Every posting to a partner's account belongs to the partner of its entry.",
    firstFault: firstForeignPosting,
  },
];

async function firstUnbalancedEntry(db: Reader): Promise<string | null> {
  const { rows } = await sql<{
    id: string;
    posting_count: number;
    posted: string | null;
    currency: string | null;
    sum: string;
  }>`
    select e.id, e.posting_count, p.posted, p.currency, p.sum
    from journal_entries e
    left join lateral (
      select currency, sum(amount_minor) as sum, sum(count(*)) over () as posted
      from postings where entry_id = e.id group by currency
    ) p on true
    where p.posted is distinct from e.posting_count or p.sum <> 0
    order by e.id limit 1`.execute(db);
  const [fault] = rows;
  if (fault === undefined) return null;
  if (Number(fault.posted) !== fault.posting_count) {
    return `Entry ${fault.id} says it has ${fault.posting_count} postings and has ${fault.posted ?? '0'}.`;
  }
  return `Entry ${fault.id} sums to ${fault.sum} minor units in ${String(fault.currency)} instead of zero.`;
}

async function firstIllegalPosting(db: Reader): Promise<string | null> {
  const legal = Object.entries(entryKinds).flatMap(([kind, { debit, credit, amounts }]) => [
    { kind, account: debit, sign: amounts === 'positive' ? 1 : 0 },
    { kind, account: credit, sign: amounts === 'positive' ? -1 : 0 },
  ]);
  const { rows } = await sql<{ id: string; kind: string; account_code: string; amount_minor: string }>`
    select e.id, e.kind, p.account_code, p.amount_minor
    from journal_entries e join postings p on p.entry_id = e.id
    left join unnest(
      ${legal.map(({ kind }) => kind)}::text[],
      ${legal.map(({ account }) => account)}::text[],
      ${legal.map(({ sign }) => sign)}::smallint[]
    ) as legal (kind, account_code, sign) on legal.kind = e.kind and legal.account_code = p.account_code
    where legal.kind is null or legal.sign * sign(p.amount_minor) < 0
    order by e.id limit 1`.execute(db);
  const [fault] = rows;
  if (fault === undefined) return null;
  return `Entry ${fault.id} of kind ${fault.kind} posts ${fault.amount_minor} to ${fault.account_code}, which is not declared for that kind.`;
}

async function firstForeignPosting(db: Reader): Promise<string | null> {
  const perPartner = Object.entries(chartOfAccounts)
    .filter(([, account]) => account.heldPer === 'partner')
    .map(([code]) => code);
  const { rows } = await sql<{ id: string; account_code: string; partner_id: string | null }>`
    select e.id, p.account_code, p.partner_id
    from journal_entries e join postings p on p.entry_id = e.id
    where p.partner_id is distinct from case when p.account_code = any(${perPartner}::text[]) then e.partner_id end
    order by e.id limit 1`.execute(db);
  const [fault] = rows;
  if (fault === undefined) return null;
  return `Entry ${fault.id} posts to ${fault.account_code} of partner ${fault.partner_id ?? '(none)'}, which is not its own.`;
}
