import { sql } from 'kysely';
import { isCurrency } from '../money/currency.js';
import { assertDefined } from '../platform/assert.js';
import type { Reader } from '../platform/database.js';
import type { BookedSum } from './plan-comparison.js';

/** What all lines of each deal come to, by partner and currency: added up in the database, as the lines are many. */
export async function bookedSumsOfDeals(db: Reader, dealIds: readonly string[]): Promise<readonly BookedSum[]> {
  const { rows } = await sql<{ deal_id: string; partner_id: string; currency: string; total: string }>`
    select deal_id, partner_id, currency, sum(amount_minor) as total from commission_lines
    where deal_id = any(${[...dealIds]}::text[]) group by deal_id, partner_id, currency`.execute(db);
  return rows.map((row) => ({
    dealId: row.deal_id,
    partnerId: row.partner_id,
    currency: assertDefined(isCurrency(row.currency) ? row.currency : undefined, 'only currencies were booked'),
    amountMinor: BigInt(row.total),
  }));
}
