import { later, monthsLater } from './days.js';
import { rateOf, type Earning } from './earning.js';
import { dividedUp, Fraction, nothing, percentOf, whole } from './fraction.js';
import type { OverrideText } from './plan-text.js';
import { roundedSlice } from './service-months.js';
import { exchanged, wasThere, type World } from './world.js';

/** A line of the book as it should be, in minor units: what was given, and what is left of it after all that is taken back. */
export interface NaiveLine {
  readonly occasion: string;
  readonly dealId: string | null;
  readonly partnerId: string;
  readonly payee: 'partner' | 'customer';
  readonly kind: 'commission' | 'revshare' | 'override' | 'bonus';
  readonly component: string;
  readonly currency: string;
  readonly gross: bigint;
  readonly net: bigint;
  readonly earnedOn: string;
  readonly payableOn: string;
}

interface Part {
  readonly earning: Earning;
  readonly partnerId: string;
  readonly kind: NaiveLine['kind'];
  readonly component: string;
  readonly currency: string;
  readonly gross: bigint;
  /** What churn leaves of it. */
  readonly kept: bigint;
  readonly share: Fraction;
}

/** Brings what was earned into the currency it is paid in; it waits while there is no rate. */
export function paidIn(world: World, earnings: readonly Earning[]): Earning[] {
  return earnings.flatMap((earning) => {
    const { payIn } = earning.event.version.text;
    if (payIn === undefined) return [earning];
    const rate = rateOf(world, earning.event, earning.currency, payIn);
    if (rate === null) return [];
    const [value, stayed] = [earning.value, earning.stayed].map((minor) =>
      exchanged(minor, earning.currency, payIn, rate),
    );
    return [{ ...earning, value: value!, stayed: stayed!, currency: payIn }];
  });
}

/** Rounds once, divides the rounded sum, adds the recruiters' overrides on each part, and divides into instalments. */
export function linesOf(world: World, earning: Earning): NaiveLine[] {
  const mode = modeOf(earning);
  const gross = roundedSlice(earning.slice, earning.stayed, mode);
  if (gross === 0n || gross > 10n ** 15n) return [];
  const { event, component, currency } = earning;
  const kept = roundedSlice(earning.slice, earning.value, mode);
  const sum = { earning, partnerId: event.partnerId, kind: kindOf(earning), component, currency, gross, kept };
  return divided(world, { ...sum, share: whole })
    .flatMap((part) => [part, ...overridesOn(world, part)])
    .flatMap(instalments)
    .filter((line) => line.gross !== 0n);
}

function kindOf({ rule, event, isBandBonus, isTopUp }: Earning): NaiveLine['kind'] {
  if (isBandBonus || isTopUp || rule.to === 'customer') return 'bonus';
  return event.what === 'payment' ? 'revshare' : 'commission';
}

function divided(world: World, sum: Part): Part[] {
  const { rule, event, isBandBonus } = sum.earning;
  if (event.ownShare !== null || rule.to === 'customer' || isBandBonus) return [sum];
  const written = (rule.split ?? []).map(({ partner, percent }) => ({
    partnerId: partner === 'registrant' ? event.partnerId : partner,
    share: percentOf(percent),
  }));
  const registered = event.registration.shares.map(({ partnerId, share }) => ({
    partnerId,
    share: Fraction.of(share.numerator, share.denominator),
  }));
  const shares = merged(written.length > 0 ? written : registered);
  if (shares.length === 0) return [sum];
  const weights = shares.map(({ share }) => share);
  const [gross, kept] = [dividedUp(sum.gross, weights), dividedUp(sum.kept, weights)];
  return shares.flatMap(({ partnerId, share }, index) => {
    // Who has left gets nothing, and nobody else gets its part.
    if (gross[index] === 0n || !wasThere(world, partnerId, event.at)) return [];
    return [{ ...sum, partnerId, share, gross: gross[index]!, kept: kept[index]! }];
  });
}

/** Who is named twice, by name and as the registrant, has both shares as one. */
function merged(shares: readonly { readonly partnerId: string; readonly share: Fraction }[]) {
  const all = new Map<string, Fraction>();
  for (const { partnerId, share } of shares) all.set(partnerId, share.plus(all.get(partnerId) ?? nothing));
  return [...all].map(([partnerId, share]) => ({ partnerId, share }));
}

/** Level by level up from the partner of a part. Who has left is passed over, and nobody moves up. */
function overridesOn(world: World, part: Part): Part[] {
  const { rule, event } = part.earning;
  const written = rule.overrides ?? (rule.to === 'customer' ? [] : (event.version.text.overrides ?? []));
  if (part.kind === 'bonus') return [];
  const parts: Part[] = [];
  let below: Part | null = null;
  let recruiter = recruiterOf(world, part.partnerId);
  for (const [index, override] of written.entries()) {
    if (recruiter === null) break;
    const base = overrideBase(world, part, below, override);
    if (base === null) break;
    const rate = percentOf(override.percent);
    const mode = modeOf(part.earning);
    const component = `${rule.id}/override-${String(index + 1)}`;
    const gross = base.gross.times(rate).rounded(mode);
    const kept = base.kept.times(rate).rounded(mode);
    const own: Part = { ...part, partnerId: recruiter, kind: 'override', component, gross, kept };
    if (wasThere(world, recruiter, event.at)) parts.push(own);
    below = own;
    recruiter = recruiterOf(world, recruiter);
  }
  return parts;
}

function recruiterOf({ facts }: World, partnerId: string): string | null {
  return facts.partners.get(partnerId)?.recruitedBy ?? null;
}

function overrideBase(world: World, part: Part, below: Part | null, { of = 'commission' }: OverrideText) {
  const { earning, gross, kept, share, currency } = part;
  if (of === 'commission') return { gross: Fraction.of(gross), kept: Fraction.of(kept) };
  if (of === 'level-below') {
    // Silent: a level that is skipped is still what the one above it is reckoned on.
    const under = below ?? part;
    return { gross: Fraction.of(under.gross), kept: Fraction.of(under.kept) };
  }
  const { event, slice, base: sale } = earning;
  const rate = sale === null ? null : rateOf(world, event, sale.currency, currency);
  if (sale === null || rate === null) return null;
  const { from, to } = slice ?? { from: nothing, to: whole };
  const own = sale.minor
    .times(event.ownShare ?? whole)
    .times(share)
    .times(to.minus(from));
  const inCurrency = exchanged(own, sale.currency, currency, rate);
  // What churn takes of the commission it takes of the override.
  return { gross: inCurrency, kept: inCurrency.times(Fraction.of(kept, gross)) };
}

function instalments(part: Part): NaiveLine[] {
  const { earning, gross, kept } = part;
  const written = earning.rule.instalments ?? [];
  // Silent: what is paid beside a commission is paid at once, and what is earned month by month comes in parts already.
  const isBeside = earning.isBandBonus || earning.isTopUp;
  if (written.length === 0 || isBeside || earning.slice !== null) return [lineOf(part, 0, 0)];
  const weights = written.map(({ percent }) => percentOf(percent));
  const [grosses, kepts] = [dividedUp(gross, weights), dividedUp(kept, weights)];
  return written.map(({ afterDays = 0, afterMonths = 0 }, index) => {
    const component = `${part.component}/${String(index + 1)}`;
    return lineOf({ ...part, component, gross: grosses[index]!, kept: kepts[index]! }, afterMonths, afterDays);
  });
}

function lineOf({ earning, partnerId, kind, component, currency, gross, kept }: Part, months: number, days: number) {
  const { event, rule, left } = earning;
  const { corrects, holdDays = 30 } = event.version.text;
  const { knownOn } = event.version;
  // What a correction newly gives is booked when it became known, not in the past.
  const earnedOn = corrects !== undefined && knownOn !== null && knownOn > event.on ? knownOn : event.on;
  return {
    occasion: event.occasion,
    dealId: event.deal?.id ?? null,
    partnerId,
    payee: rule.to ?? 'partner',
    kind,
    component,
    currency,
    gross,
    net: Fraction.of(kept).times(left).rounded(modeOf(earning)),
    earnedOn,
    payableOn: later(monthsLater(earnedOn, months), days + holdDays),
  } as const;
}

function modeOf({ event }: Earning): 'half-even' | 'half-up' {
  return event.version.text.rounding ?? 'half-even';
}
