import { sql } from 'kysely';
import { settledByPayout } from '../crediting/line-settlement.store.js';
import type { BookCheck } from '../ledger/book-check.store.js';
import { payablesByEntry } from '../ledger/payables.store.js';
import type { Reader } from '../platform/database.js';

/** What must hold between payouts, the lines they paid and the journal. */
export const payoutChecks: readonly BookCheck[] = [
  { claim: 'Every payout is the sum of the lines it paid, of one partner and currency.', firstFault: firstUntiedItems },
  {
    claim: 'Every payout is one journal entry of its partner and amount, and the other way round.',
    firstFault: firstUntiedEntry,
  },
];

async function firstUntiedItems(db: Reader): Promise<string | null> {
  const { rows } = await sql<{ id: string; payout: string; lines: string }>`
    select payout.id,
      concat_ws(' ', payout.amount_minor, payout.currency, 'for', payout.partner_id) as payout,
      concat_ws(' ', settled.amount_minor, settled.currency, 'for', settled.partner_id) as lines
    from payouts payout left join ${settledByPayout} as settled on settled.payout_id = payout.id
    where (payout.partner_id, payout.currency, payout.amount_minor)
      is distinct from (settled.partner_id, settled.currency, settled.amount_minor)
    order by payout.id limit 1`.execute(db);
  const [fault] = rows;
  return fault === undefined ? null : `Payout ${fault.id} is ${fault.payout}, the lines it paid are ${fault.lines}.`;
}

async function firstUntiedEntry(db: Reader): Promise<string | null> {
  const { rows } = await sql<{ id: string | null; entry_id: string | null; payout: string; entry: string }>`
    select payout.id, entry.entry_id,
      concat_ws(' ', payout.amount_minor, payout.currency, 'for', payout.partner_id) as payout,
      concat_ws(' ', -entry.amount_minor, entry.currency, 'for', entry.partner_id) as entry
    from payouts payout
    full join (select * from ${payablesByEntry} as payable where kind in ('payout', 'customer-payout')) entry on entry.entry_id = payout.entry_id
    where payout.id is null or entry.entry_id is null
      or (payout.partner_id, payout.currency, payout.amount_minor)
        is distinct from (entry.partner_id, entry.currency, -entry.amount_minor)
    order by coalesce(payout.id, entry.entry_id) limit 1`.execute(db);
  const [fault] = rows;
  if (fault === undefined) return null;
  if (fault.id === null) return `Entry ${String(fault.entry_id)} is a payout that is not recorded.`;
  if (fault.entry_id === null) return `Payout ${fault.id} has no entry.`;
  return `Payout ${fault.id} is ${fault.payout}, its entry ${fault.entry_id} is ${fault.entry}.`;
}
