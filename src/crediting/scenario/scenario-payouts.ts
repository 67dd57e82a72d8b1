import type { Currency } from '../../money/currency.js';
import { ratio, type Ratio } from '../../money/ratio.js';
import { round } from '../../money/rounding.js';
import { converted } from '../../plans/exchange.js';
import type { Facts } from '../../plans/facts.js';
import type { Plan } from '../../plans/plan.js';
import { rateOn } from '../../program/exchange-rates.js';
import type { Day } from '../../program/calendar.js';
import type { ScenarioPayout } from './scenario-facts.js';
import type { ScenarioLine } from './scenario-line.js';

/** What one partner is paid in one currency. */
export interface PaidOut {
  readonly on: Day;
  readonly partnerId: string;
  readonly payee: 'partner' | 'customer';
  /** What the lines are in, and come to. */
  readonly lineCurrency: Currency;
  readonly lineMinor: bigint;
  /** What is paid: the same, unless the plan has the run convert. */
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly rate: Ratio | null;
  readonly lineIds: readonly string[];
}

/**
 * What a run pays: everything payable that was not paid, by partner and currency. What comes to nothing or less is carried to the
 * next run; what has to be converted waits for its rate.
 */
export function payOut(
  lines: readonly ScenarioLine[],
  { on, partner }: ScenarioPayout,
  facts: Facts,
): readonly PaidOut[] {
  const groups = new Map<string, ScenarioLine[]>();
  for (const line of lines) {
    if (line.paid || line.payableOn > on || (partner !== undefined && partner !== line.partnerId)) continue;
    const key = [line.partnerId, line.payee, line.currency, payoutCurrencyOf(line, facts)].join('|');
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].flatMap((group): readonly PaidOut[] => {
    const [first] = group;
    const lineMinor = group.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    if (first === undefined || lineMinor <= 0n) return [];
    const { partnerId, payee, currency: lineCurrency } = first;
    const currency = payoutCurrencyOf(first, facts);
    const lineIds = group.map(({ id }) => id);
    const common = { on, partnerId, payee, lineCurrency, lineMinor, currency, lineIds };
    if (currency === lineCurrency) return [{ ...common, amountMinor: lineMinor, rate: null }];
    const found = rateOn(facts.rateSheets, lineCurrency, currency, on);
    if (found === null) return [];
    const exact = converted(ratio(lineMinor), lineCurrency, currency, found);
    return [{ ...common, amountMinor: round(exact, planOf(first, facts)?.rounding ?? 'half-even'), rate: found.rate }];
  });
}

function payoutCurrencyOf(line: ScenarioLine, facts: Facts): Currency {
  const plan = planOf(line, facts);
  return plan?.exchangeOn === 'payout' ? (plan.payIn ?? line.currency) : line.currency;
}

function planOf({ planVersionId }: ScenarioLine, { planVersions }: Facts): Plan | undefined {
  return planVersions.find(({ id }) => id === planVersionId)?.plan;
}
