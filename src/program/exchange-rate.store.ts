import { sql } from 'kysely';
import { isCurrency, type Currency } from '../money/currency.js';
import { parseDecimal, type Ratio } from '../money/ratio.js';
import { assertDefined } from '../platform/assert.js';
import type { Reader, Tx } from '../platform/database.js';
import { isDay, type Day } from './calendar.js';
import type { RateSheet } from './exchange-rates.js';
import type { SheetText } from './rate-sheet-text.js';

export interface ExchangeRateRow {
  base: string;
  day: string;
  currency: string;
  /** A `numeric` column: decimal text. */
  rate: string;
}

declare module '../platform/database.js' {
  interface Tables {
    exchange_rates: ExchangeRateRow;
  }
}

/**
 * Stores rates, over what was known of the same base, day and currency.
 * @returns the earliest day on which anything changed; null when all of it was known
 */
export async function saveRates(trx: Tx, sheets: readonly SheetText[]): Promise<Day | null> {
  const rows = sheets.flatMap(({ base, day, rates }) =>
    Object.entries(rates).map(([currency, rate]) => ({ base, day, currency, rate })),
  );
  const { rows: changed } = await sql<{ day: Day }>`
    insert into exchange_rates as known (base, day, currency, rate)
    select base, day, currency, rate
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as new (base text, day date, currency text, rate numeric)
    on conflict (base, day, currency) do update set rate = excluded.rate where known.rate <> excluded.rate
    returning day`.execute(trx);
  return changed.reduce<Day | null>((first, { day }) => (first === null || day < first ? day : first), null);
}

/** A currency that is not on this many sheets in a row has no rate any more. */
const sheetsLookedBack = 10;

/** The sheets that can count on any of these days: the last ten on or before each. */
export async function sheetsForDays(db: Reader, days: readonly Day[]): Promise<readonly RateSheet[]> {
  if (days.length === 0) return [];
  const { rows } = await sql<ExchangeRateRow>`
    select base, day, currency, trim_scale(rate)::text as rate from exchange_rates
    where day in (
      select sheet.day from unnest(${[...new Set(days)]}::date[]) as wanted (day) cross join lateral (
        select distinct known.day from exchange_rates known where known.day <= wanted.day
        order by known.day desc limit ${sheetsLookedBack}
      ) as sheet
    )`.execute(db);
  return sheetsOf(rows);
}

/** Sheets, the latest first. @param page.after the last sheet of the page before */
export async function listSheets(
  db: Reader,
  page: { readonly after: { readonly day: Day; readonly base: string } | null; readonly limit: number },
): Promise<readonly SheetText[]> {
  const { after, limit } = page;
  const rest = after === null ? sql`true` : sql`day < ${after.day} or (day = ${after.day} and base > ${after.base})`;
  const { rows } = await sql<ExchangeRateRow>`
    select base, day, currency, trim_scale(rate)::text as rate from exchange_rates
    where (day, base) in (
      select distinct day, base from exchange_rates where ${rest} order by day desc, base limit ${limit}
    )
    order by day desc, base, currency`.execute(db);
  return [...grouped(rows).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || !isDay(first.day)) return [];
    const rates = Object.fromEntries(group.map(({ currency, rate }) => [currency, rate]));
    return [{ base: currencyOf(first.base), day: first.day, rates }];
  });
}

function sheetsOf(rows: readonly ExchangeRateRow[]): readonly RateSheet[] {
  return [...grouped(rows).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || !isDay(first.day)) return [];
    const rates = group.map(({ currency, rate }): [Currency, Ratio] => [currencyOf(currency), ratioOf(rate)]);
    return [{ base: currencyOf(first.base), day: first.day, rates: new Map(rates) }];
  });
}

function grouped(rows: readonly ExchangeRateRow[]): ReadonlyMap<string, readonly ExchangeRateRow[]> {
  const groups = new Map<string, ExchangeRateRow[]>();
  for (const row of rows) groups.set(`${row.base} ${row.day}`, [...(groups.get(`${row.base} ${row.day}`) ?? []), row]);
  return groups;
}

function currencyOf(code: string): Currency {
  return assertDefined(isCurrency(code) ? code : undefined, 'only currencies have stored rates');
}

function ratioOf(text: string): Ratio {
  return assertDefined(parseDecimal(text) ?? undefined, 'a stored rate is a decimal');
}
