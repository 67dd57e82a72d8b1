import { compareRatios, multiply, ratio, subtract, add, type Ratio } from '../money/ratio.js';
import { formatAmount } from '../money/money.js';
import { carried, type DraftLine, type Refuse } from './draft-line.js';
import { exchanged } from './exchange.js';
import type { TierBand, TierTable } from './pay.js';
import type { Scope } from './scope.js';
import { bandReached, inVolume, periodOfLine, place, type PlacedLine, type Sized } from './volume.js';

const zero = ratio(0n);
const one = ratio(1n);

/**
 * Pays by volume: what the band pays that was reached, over the partner's deals of a period in the order in which they were
 * won. Lines of other kinds pass through.
 */
export function applyTiers(lines: readonly DraftLine[], refuse: Refuse, scope: Scope): readonly DraftLine[] {
  if (lines.every(({ rule }) => rule.pay.kind !== 'tiers')) return lines;
  const others = lines.filter(({ rule }) => rule.pay.kind !== 'tiers');
  const placed = place(sizedUnderTiers(lines, refuse, scope), ({ rule }) => tiersOf(rule), refuse, scope);
  return [...others, ...placed.flatMap(payPlaced)];
}

/** The lines that tiers pay, with what each adds to its volume. Lines of other kinds are left out. */
export function sizedUnderTiers(lines: readonly DraftLine[], refuse: Refuse, scope: Scope): readonly Sized[] {
  return lines.flatMap((line) =>
    line.rule.pay.kind === 'tiers' ? sizedLine(line, line.rule.pay.tiers, refuse, scope) : [],
  );
}

export function tiersOf({ pay }: DraftLine['rule']): TierTable {
  if (pay.kind !== 'tiers') throw new TypeError('only lines under tiers are placed');
  return pay.tiers;
}

function sizedLine(line: DraftLine, tiers: TierTable, refuse: Refuse, scope: Scope): readonly Sized[] {
  if (line.currency === null) {
    // Counted deals that are paid fixed sums: the sum of the band brings its currency.
    const [first] = tiers.bands;
    return first?.pay.kind === 'flat' ? [{ line, currency: first.pay.money.currency, size: one }] : [];
  }
  const own = exchanged(line, tiers.currency, refuse, scope);
  if (own?.currency == null) return [];
  return [{ line: own, currency: own.currency, size: own.value }];
}

function payPlaced(placed: PlacedLine): readonly DraftLine[] {
  const paid = payBands(placed);
  return [paid, ...bonusesOf(placed)];
}

function payBands(placed: PlacedLine): DraftLine {
  const { line, before, after, total, currency } = placed;
  const tiers = tiersOf(line.rule);
  const by = typeof tiers.by === 'object' ? tiers.by.metric : tiers.by;
  const volume = { by, period: periodOfLine(line, tiers.per), per: tiers.per, currency, mode: tiers.mode } as const;
  const isSliced =
    tiers.mode === 'marginal' && tiers.by === 'amount' && tiers.bands.every(({ pay }) => pay.kind === 'rate');
  if (isSliced) return payBySlice(carried(line, line.value, { step: 'volume', ...volume, before, after }), placed);
  // Counted deals each lie in one band as a whole: theirs, or with `retroactive` that of the whole period.
  const reached = tiers.mode === 'retroactive' ? total : after;
  const started = carried(line, line.value, { step: 'volume', ...volume, before, after: reached });
  const pay = bandReached(tiers.bands, reached, tiers.boundary, (band) => thresholdOf(band, placed))?.pay;
  if (pay === undefined) return started;
  if (pay.kind === 'flat') {
    return carried(started, ratio(pay.money.amountMinor), { step: 'flat', money: pay.money }, pay.money.currency);
  }
  const result = multiply(line.value, pay.rate);
  return carried(started, result, { step: 'rate', rate: pay.rate, of: line.value, result, currency });
}

/** Each rate on the part of this deal's volume that lies in its band. */
function payBySlice(started: DraftLine, placed: PlacedLine): DraftLine {
  const { before, after, currency } = placed;
  const { bands } = tiersOf(started.rule);
  let paid = zero;
  let line: DraftLine = { ...started, value: zero };
  for (const [index, band] of bands.entries()) {
    const next = bands[index + 1];
    const from = greater(before, thresholdOf(band, placed));
    const to = next === undefined ? after : lesser(after, thresholdOf(next, placed));
    if (compareRatios(from, to) >= 0 || band.pay.kind !== 'rate') continue;
    const of = subtract(to, from);
    const result = multiply(of, band.pay.rate);
    paid = add(paid, result);
    line = carried(line, paid, { step: 'slice', rate: band.pay.rate, of, result, total: paid, currency });
  }
  return line;
}

/** What bands pay once, to the first deal that reaches them: reached again after a refund they pay nothing more. */
function bonusesOf(placed: PlacedLine): readonly DraftLine[] {
  const { line, after, peak } = placed;
  const tiers = tiersOf(line.rule);
  return tiers.bands.flatMap((band, index) => {
    if (band.bonus === null) return [];
    const from = thresholdOf(band, placed);
    const isReachedBy = (volume: Ratio): boolean => {
      const order = compareRatios(volume, from);
      return order > 0 || (order === 0 && tiers.boundary === 'at-or-above');
    };
    if (!isReachedBy(after) || (isReachedBy(peak) && compareRatios(peak, zero) > 0)) return [];
    const { bonus } = band;
    const amount = `${formatAmount(bonus.amountMinor, bonus.currency)} ${bonus.currency}`;
    const sentence = `This deal reaches band ${String(index + 1)} of ${periodOfLine(line, tiers.per)}, which pays ${amount} once.`;
    const component = `${line.rule.id}/bonus-${String(index + 1)}`;
    const start: DraftLine = { ...line, kind: 'bonus', component, trail: null, value: zero, shares: [], suffix: '' };
    const told = { step: 'told', tell: () => ({ step: 'bonus', sentence, amount }) } as const;
    return [carried(start, ratio(bonus.amountMinor), told, bonus.currency)];
  });
}

/** Where a band begins, in what the volume is measured in. */
function thresholdOf({ from }: TierBand, { line, currency }: PlacedLine): Ratio {
  return inVolume(from, tiersOf(line.rule).by, currency);
}

function greater(a: Ratio, b: Ratio): Ratio {
  return compareRatios(a, b) < 0 ? b : a;
}

function lesser(a: Ratio, b: Ratio): Ratio {
  return compareRatios(a, b) < 0 ? a : b;
}
