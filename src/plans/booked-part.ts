import { allocate, wholeNumbers } from '../money/allocate.js';
import type { Currency } from '../money/currency.js';
import { multiply, ratio, type Ratio } from '../money/ratio.js';
import { round } from '../money/rounding.js';
import { isBeside, roundedSlice, type DraftLine } from './draft-line.js';
import { converted, rateFor } from './exchange.js';
import { takesPart, type Scope } from './scope.js';
import { leftOf } from './volume.js';

/**
 * What will be booked of a line at a value, in minor units of a currency; null while there is no rate between the two. It is counted
 * as finish.ts books it: rounded in the currency it is paid in, divided between partners and into instalments, and each of these
 * parts less its own share of what was given back. A limit that counted the whole would be passed by a cent of such a part.
 * @param value exact minor units of the line's currency
 */
export function bookedIn(line: DraftLine, value: Ratio, currency: Currency, scope: Scope): Ratio | null {
  const paid = inPayment(line, value, scope);
  if (paid === null) return null;
  const mode = line.version.plan.rounding;
  const minor = partsOf(line, roundedSlice(line, paid.value), scope).reduce(
    (sum, part) => sum + round(multiply(ratio(part), leftOf(line)), mode),
    0n,
  );
  return exchangedAt(line, ratio(minor), paid.currency, currency, scope);
}

/** The value in the currency that the line is paid in; in its own while there is no rate, since then it is not paid yet. */
function inPayment(line: DraftLine, value: Ratio, scope: Scope) {
  const { currency } = line;
  const { payIn, exchangeOn } = line.version.plan;
  if (currency === null) return null;
  const to = exchangeOn === 'payout' ? currency : (payIn ?? currency);
  const exchanged = exchangedAt(line, value, currency, to, scope);
  return exchanged === null ? { value, currency } : { value: exchanged, currency: to };
}

function partsOf(line: DraftLine, wholeMinor: bigint, scope: Scope): readonly bigint[] {
  const { shares, rule, slice } = line;
  const weights = wholeNumbers(shares.map(({ share }) => share));
  const divided = shares.length === 0 ? [wholeMinor] : allocate(wholeMinor, weights);
  const kept = divided.filter((_minor, index) => {
    const partnerId = shares[index]?.partnerId;
    return partnerId === undefined || takesPart(scope, partnerId, line.occasion);
  });
  if (rule.instalments.length === 0 || isBeside(line) || slice !== null) return kept;
  const parts = wholeNumbers(rule.instalments.map(({ share }) => share));
  return kept.flatMap((minor) => allocate(minor, parts));
}

function exchangedAt(line: DraftLine, minor: Ratio, from: Currency, to: Currency, scope: Scope): Ratio | null {
  if (from === to) return minor;
  const found = rateFor(line, from, to, () => undefined, scope);
  return found === null ? null : converted(minor, from, to, found);
}
