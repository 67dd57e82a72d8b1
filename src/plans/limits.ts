import type { Money } from '../money/money.js';
import { compareRatios, ratio, type Ratio } from '../money/ratio.js';
import { carried, type DraftLine, type Refuse } from './draft-line.js';
import { converted, rateFor } from './exchange.js';
import type { Scope } from './scope.js';

/** Raises what a rule pays for one deal to its least. A deal that earns nothing has no least (design section 3). */
export function applyFloor(lines: readonly DraftLine[], refuse: Refuse, scope: Scope): readonly DraftLine[] {
  return lines.flatMap((line) => {
    const { floor } = line.rule;
    if (floor === null || line.value.numerator === 0n) return [line];
    return limited(line, floor, 'floor', (value, least) => compareRatios(value, least) < 0, refuse, scope);
  });
}

/** Lowers what a rule pays for one deal to its most. */
export function applyCap(lines: readonly DraftLine[], refuse: Refuse, scope: Scope): readonly DraftLine[] {
  return lines.flatMap((line) => {
    const { cap } = line.rule;
    if (cap === null) return [line];
    return limited(line, cap, 'cap', (value, most) => compareRatios(value, most) > 0, refuse, scope);
  });
}

/** The line, at the limit if it is beyond it; no line while the limit cannot be told in the line's currency. */
function limited(
  line: DraftLine,
  limit: Money,
  kind: 'floor' | 'cap',
  isBeyond: (value: Ratio, limit: Ratio) => boolean,
  refuse: Refuse,
  scope: Scope,
): readonly DraftLine[] {
  const { currency, value } = line;
  if (currency === null) return [line];
  const own = limitIn(line, limit, refuse, scope);
  if (own === null) return [];
  if (!isBeyond(value, own)) return [line];
  return [carried(line, own, { step: 'limit', kind, limit, of: value, result: own, currency })];
}

function limitIn(line: DraftLine, limit: Money, refuse: Refuse, scope: Scope): Ratio | null {
  const minor = ratio(limit.amountMinor);
  if (line.currency === null || line.currency === limit.currency) return minor;
  const rate = rateFor(line, limit.currency, line.currency, refuse, scope);
  return rate === null ? null : converted(minor, limit.currency, line.currency, rate);
}
