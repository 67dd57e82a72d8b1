import { sql } from 'kysely';
import type { Currency } from '../money/currency.js';
import type { Reader } from '../platform/database.js';
import type { Day, Period } from '../program/calendar.js';

export interface EarnedSum {
  readonly period: Period;
  readonly currency: Currency;
  readonly amountMinor: bigint;
}

/** What partners earned in each month from a day up to, not including, another one, by currency; what was taken back is taken off. */
export async function earnedByMonth(db: Reader, from: Day, until: Day): Promise<readonly EarnedSum[]> {
  const { rows } = await sql<{ period: Period; currency: Currency; total: string }>`
    select to_char(earned_on, 'YYYY-MM') as period, currency, sum(amount_minor) as total from commission_lines
    where payee = 'partner' and earned_on >= ${from}::date and earned_on < ${until}::date
    group by 1, 2 order by 1, 2`.execute(db);
  return rows.map(({ period, currency, total }) => ({ period, currency, amountMinor: BigInt(total) }));
}
