import { decimalsOf, isCurrency } from '../../../src/money/currency.js';
import type { Facts } from '../../../src/plans/facts.js';
import { monthName, quarterName, yearName } from './days.js';
import { Fraction } from './fraction.js';
import type { PlanText } from './plan-text.js';

/** A stored version of a plan, as it is written. */
export interface VersionText {
  readonly number: number;
  readonly knownOn: string | null;
  readonly text: PlanText;
}

/** Everything that happened, and the plans as documents. */
export interface World {
  readonly versions: readonly VersionText[];
  readonly facts: Omit<Facts, 'planVersions' | 'decisions'>;
}

/** The version that holds for a partner on a day: its own plan goes before its tier's, that before the program's. */
export function versionFor(world: World, partnerId: string, day: string): VersionText | null {
  const tier = termsOf(world, partnerId, day)?.tier ?? null;
  const partners = world.versions.filter(({ text }) => isFor(text, 'partner', partnerId));
  const tiers = world.versions.filter(({ text }) => isFor(text, 'tier', tier));
  const programs = world.versions.filter(({ text }) => text.for === undefined);
  return inForce(partners, day) ?? inForce(tiers, day) ?? inForce(programs, day);
}

function isFor({ for: whom }: PlanText, kind: 'partner' | 'tier', name: string | null): boolean {
  if (whom === undefined || name === null) return false;
  return kind === 'partner' ? 'partner' in whom && whom.partner === name : 'tier' in whom && whom.tier === name;
}

/** Of those that cover the day and are not corrected by another that does, the one that began last. */
function inForce(versions: readonly VersionText[], day: string): VersionText | null {
  const covering = versions.filter(
    ({ text }) => text.effectiveFrom <= day && (text.effectiveTo === undefined || day < text.effectiveTo),
  );
  let found: VersionText | null = null;
  for (const one of covering) {
    if (covering.some((other) => putsRight(versions, other, one))) continue;
    if (found === null || one.text.effectiveFrom > found.text.effectiveFrom) found = one;
  }
  return found;
}

/** Whether a version corrects another, itself or through the ones in between. */
function putsRight(versions: readonly VersionText[], version: VersionText, other: VersionText): boolean {
  const { plan, corrects } = version.text;
  if (corrects === undefined) return false;
  if (other.text.plan === plan && other.number === corrects) return true;
  const between = versions.find(({ text, number }) => text.plan === plan && number === corrects);
  return between !== undefined && putsRight(versions, between, other);
}

/** What a partner was on a day. */
export function termsOf({ facts }: World, partnerId: string, day: string) {
  const terms = facts.partners.get(partnerId)?.terms ?? [];
  return terms.filter(({ since }) => since <= day).at(-1) ?? null;
}

/** Whether a partner was in the program when something happened: a moment, or a day where no more is known. */
export function wasThere({ facts }: World, partnerId: string, at: string): boolean {
  const partner = facts.partners.get(partnerId);
  return partner !== undefined && (partner.deactivatedAt === null || partner.deactivatedAt > at);
}

/** A metric for the month of a day, or for its quarter, or for its year. */
export function metricOf({ facts }: World, partnerId: string, name: string, day: string): Fraction | null {
  for (const period of [monthName(day), quarterName(day), yearName(day)]) {
    for (const metric of facts.metrics) {
      if (metric.partnerId === partnerId && metric.name === name && metric.period === period) {
        return Fraction.of(metric.value.numerator, metric.value.denominator);
      }
    }
  }
  return null;
}

/** Units of one currency for one of another: the last rate published on or before the day, through the base of its sheet. */
export function rateOn({ facts }: World, from: string, to: string, day: string): Fraction | null {
  if (from === to) return Fraction.of(1n);
  let found: Fraction | null = null;
  let foundDay = '';
  for (const sheet of facts.rateSheets) {
    const perBase = (currency: string): Fraction | null => {
      if (currency === sheet.base) return Fraction.of(1n);
      for (const [code, rate] of sheet.rates) {
        if (code === currency) return Fraction.of(rate.numerator, rate.denominator);
      }
      return null;
    };
    const [source, target] = [perBase(from), perBase(to)];
    if (source === null || target === null || sheet.day > day || sheet.day <= foundDay) continue;
    found = target.over(source);
    foundDay = sheet.day;
  }
  return found;
}

/** How many minor units a currency has in one of its units. */
export function minorUnits(currency: string): Fraction {
  if (!isCurrency(currency)) throw new Error(`${currency} is no currency`);
  return Fraction.of(10n ** BigInt(decimalsOf(currency)));
}

/** `12.50 EUR` in minor units. */
export function moneyText(text: string): { readonly minor: Fraction; readonly currency: string } {
  const [amount = '', currency = ''] = text.split(' ');
  return { minor: Fraction.text(amount).times(minorUnits(currency)), currency };
}

/** Minor units of one currency in minor units of another at a rate. */
export function exchanged(minor: Fraction, from: string, to: string, rate: Fraction): Fraction {
  return minor.over(minorUnits(from)).times(rate).times(minorUnits(to));
}
