import type { Money } from '../money/money.js';
import { compareRatios, ratio, type Ratio } from '../money/ratio.js';
import { carriedBoth, isBeside, type DraftLine, type Refuse } from './draft-line.js';
import { converted, rateFor } from './exchange.js';
import type { Scope } from './scope.js';

/** Raises what a rule pays for one deal to its least. A deal that earns nothing has no least (design section 3). */
export function applyFloor(lines: readonly DraftLine[], refuse: Refuse, scope: Scope): readonly DraftLine[] {
  if (lines.every(({ rule }) => rule.floor === null)) return lines;
  return lines.flatMap((line) => {
    const floor = line.rule.floor?.deal ?? null;
    if (floor === null || isBeside(line)) return [line];
    const raise = (value: Ratio, least: Ratio): Ratio =>
      value.numerator > 0n && compareRatios(value, least) < 0 ? least : value;
    return limited(line, floor, 'floor', raise, refuse, scope);
  });
}

/** Lowers what a rule pays for one deal to its most. */
export function applyCap(lines: readonly DraftLine[], refuse: Refuse, scope: Scope): readonly DraftLine[] {
  if (lines.every(({ rule }) => rule.cap === null)) return lines;
  return lines.flatMap((line) => {
    const cap = line.rule.cap?.deal ?? null;
    // Over all payments of a deal together: see period-limits.ts.
    if (cap === null || isBeside(line) || line.occasion.payment !== null) return [line];
    const lower = (value: Ratio, most: Ratio): Ratio => (compareRatios(value, most) > 0 ? most : value);
    return limited(line, cap, 'cap', lower, refuse, scope);
  });
}

/** The line, at the limit if it is beyond it; no line while the limit cannot be told in the line's currency. */
function limited(
  line: DraftLine,
  limit: Money,
  kind: 'floor' | 'cap',
  change: (value: Ratio, limit: Ratio) => Ratio,
  refuse: Refuse,
  scope: Scope,
): readonly DraftLine[] {
  const { currency, value, unchurned } = line;
  if (currency === null) return [line];
  const own = limitIn(line, limit, refuse, scope);
  if (own === null) return [];
  const result = change(value, own);
  if (result === value && (unchurned === null || change(unchurned, own) === unchurned)) return [line];
  const step = { step: 'limit', kind, per: 'deal', left: null, limit, of: value, result, currency } as const;
  return [carriedBoth(line, (each) => change(each, own), step)];
}

/** A limit in minor units of the line's currency; null, and the line refused, while that cannot be told. */
function limitIn(line: DraftLine, limit: Money, refuse: Refuse, scope: Scope): Ratio | null {
  const minor = ratio(limit.amountMinor);
  if (line.currency === null || line.currency === limit.currency) return minor;
  const rate = rateFor(line, limit.currency, line.currency, refuse, scope);
  return rate === null ? null : converted(minor, limit.currency, line.currency, rate);
}
