import { sql } from 'kysely';
import type { Tx } from '../platform/database.js';
import type { Day } from '../program/calendar.js';

export interface Settlement {
  readonly lineId: string;
  readonly payoutId: string;
}

/** Notes which payout paid which line: the lines are `paid` from now on. The database refuses one that is paid already. */
export async function settleLines(trx: Tx, settlements: readonly Settlement[], paidOn: Day): Promise<void> {
  await sql`
    insert into line_settlements (line_id, payout_id, paid_on)
    select line_id, payout_id, ${paidOn}::date
    from unnest(
      ${settlements.map(({ lineId }) => lineId)}::text[],
      ${settlements.map(({ payoutId }) => payoutId)}::text[]
    ) as settlement (line_id, payout_id)`.execute(trx);
}

/** The sum of the lines each payout paid, whether or not it came back: a relation with `payout_id, partner_id, currency, amount_minor`. */
export const settledByPayout = sql`(
  select settlement.payout_id, line.partner_id, line.currency, sum(line.amount_minor) as amount_minor
  from line_settlements settlement join commission_lines line on line.id = settlement.line_id
  group by 1, 2, 3
)`;
