import type { Currency } from '../../money/currency.js';
import { parseDecimal, type Ratio } from '../../money/ratio.js';
import { startOfDayIn, type Day } from '../../program/calendar.js';
import type { RateSheet } from '../../program/exchange-rates.js';
import type { ScenarioDocument } from './scenario-document.js';
import type { Known } from './scenario-money.js';

const fromTheBeginning = '0001-01-01' as Day;

/** The exchange rates of a scenario, in the order in which they became known. */
export function sheetsOf({ rates, program }: ScenarioDocument): readonly Known<RateSheet>[] {
  return rates
    .map((one) => ({
      thing: sheetOf(one),
      knownAt: startOfDayIn(one.knownOn ?? fromTheBeginning, program.timeZone).toISOString(),
    }))
    .toSorted((a, b) => (a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : 0));
}

/** What is known of each day: a later rate of the same day takes the place of an earlier one, as it does in the program's table. */
export function mergedSheets(sheets: readonly RateSheet[]): readonly RateSheet[] {
  const merged = new Map<string, RateSheet>();
  for (const sheet of sheets) {
    const key = `${sheet.base} ${sheet.day}`;
    const before = merged.get(key)?.rates ?? [];
    merged.set(key, { ...sheet, rates: new Map([...before, ...sheet.rates]) });
  }
  return [...merged.values()];
}

function sheetOf({ base, day, rates }: ScenarioDocument['rates'][number]): RateSheet {
  const parsed = Object.entries(rates).flatMap(([code, text]): [Currency, Ratio][] => {
    const rate = parseDecimal(text);
    return rate === null ? [] : [[code as Currency, rate]];
  });
  return { base, day, rates: new Map(parsed) };
}
