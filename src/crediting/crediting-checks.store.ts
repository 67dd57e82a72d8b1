import { sql } from 'kysely';
import type { BookCheck } from '../ledger/book-check.store.js';
import { payablesByEntry } from '../ledger/payables.store.js';
import type { Reader } from '../platform/database.js';

/** What must hold between the commission lines and the journal. */
export const creditingChecks: readonly BookCheck[] = [
  {
    claim: 'Every commission line is one journal entry of its kind, partner and amount, and the other way round.',
    firstFault: firstUntiedLine,
  },
  { claim: 'Of nothing that was earned more was taken back than was booked.', firstFault: firstOverdrawnKey },
];

async function firstUntiedLine(db: Reader): Promise<string | null> {
  const { rows } = await sql<{ line_id: string | null; entry_id: string | null; line: string; entry: string }>`
    select line.id as line_id, entry.entry_id,
      concat_ws(' ', line.kind, line.amount_minor, line.currency, 'for', line.partner_id) as line,
      concat_ws(' ', entry.kind, entry.amount_minor, entry.currency, 'for', entry.partner_id) as entry
    from commission_lines line
    full join (
      select * from ${payablesByEntry} as payable where kind not in ('payout', 'payout-return', 'customer-payout')
    ) entry on entry.entry_id = line.entry_id
    where line.id is null or entry.entry_id is null
      or (case line.payee when 'customer' then 'customer-reward' else line.kind end, line.partner_id, line.deal_id, line.currency, line.amount_minor)
        is distinct from (entry.kind, entry.partner_id, entry.deal_id, entry.currency, entry.amount_minor)
    order by coalesce(line.id, entry.entry_id) limit 1`.execute(db);
  const [fault] = rows;
  if (fault === undefined) return null;
  if (fault.line_id === null) return `Entry ${String(fault.entry_id)} has no commission line.`;
  if (fault.entry_id === null) return `Commission line ${fault.line_id} has no entry.`;
  return `Commission line ${fault.line_id} is ${fault.line}, its entry ${fault.entry_id} is ${fault.entry}.`;
}

async function firstOverdrawnKey(db: Reader): Promise<string | null> {
  const { rows } = await sql<{ line_key: string; currency: string; sum: string }>`
    select line_key, currency, sum(amount_minor) as sum from commission_lines
    where plan_version_id is not null
    group by line_key, currency having sum(amount_minor) < 0 order by line_key limit 1`.execute(db);
  const [fault] = rows;
  return fault === undefined
    ? null
    : `The lines under ${fault.line_key} sum to ${fault.sum} minor units of ${fault.currency}.`;
}
