import type { Day } from '../program/calendar.js';
import { versionName, type Audience, type Plan, type PlanVersion } from './plan.js';

/** Days from `effectiveFrom` up to, not including, `effectiveTo`; null is open-ended. */
interface EffectiveRange {
  readonly effectiveFrom: Day;
  readonly effectiveTo: Day | null;
}

export type VersionVerdict =
  | { readonly kind: 'new'; readonly number: number }
  | {
      readonly kind: 'refused';
      readonly field: 'effectiveFrom' | 'effectiveTo' | 'corrects' | 'for';
      readonly expected: string;
    };

/**
 * The version in force on a day. Of the versions whose range covers the day, one that another of them corrects gives way to it;
 * of the rest the one that began last holds. So a version that starts later ends the open-ended one before it, and a
 * correction takes the place of the version it names for the days of its own range, and for no other day.
 */
export function versionInForce(versions: readonly PlanVersion[], day: Day): PlanVersion | null {
  const covering = versions.filter((version) => covers(version.plan, day));
  const corrected = new Set(covering.flatMap((version) => [...correctedBy(versions, version)]));
  const [first, ...others] = covering.filter((version) => !corrected.has(version.id));
  if (first === undefined) return null;
  return others.reduce(
    (latest, version) => (version.plan.effectiveFrom > latest.plan.effectiveFrom ? version : latest),
    first,
  );
}

const narrowestFirst = ['partner', 'tier', 'program'] as const;

/** The version that holds for a partner on a day: that of the narrowest audience that has one (design section 3, precedence). */
export function versionForPartner(
  versions: readonly PlanVersion[],
  { partnerId, tier }: { readonly partnerId: string; readonly tier: string | null },
  day: Day,
): PlanVersion | null {
  const isMeant = ({ plan: { audience } }: PlanVersion): boolean => {
    if (audience.kind === 'program') return true;
    return audience.names.includes((audience.kind === 'partner' ? partnerId : tier) ?? '');
  };
  for (const kind of narrowestFirst) {
    const theirs = versions.filter((version) => version.plan.audience.kind === kind && isMeant(version));
    const found = versionInForce(theirs, day);
    if (found !== null) return found;
  }
  return null;
}

/** Whether a plan may become the next version of its slug beside the versions that are stored, of whatever slug. */
export function judgeNewVersion(stored: readonly PlanVersion[], plan: Plan): VersionVerdict {
  const own = stored.filter((version) => version.plan.slug === plan.slug);
  const corrected = own.find((version) => version.number === plan.corrects);
  if (plan.corrects !== null && corrected === undefined) {
    const known = own.length === 0 ? 'no version of this plan is stored yet' : `1 to ${own.length}`;
    return { kind: 'refused', field: 'corrects', expected: `the number of a stored version of this plan: ${known}` };
  }
  const [first] = own;
  if (first !== undefined && audienceName(first.plan.audience) !== audienceName(plan.audience)) {
    return {
      kind: 'refused',
      field: 'for',
      expected: `${audienceName(first.plan.audience)}, as in every version of this plan`,
    };
  }
  const replaced = new Set(corrected === undefined ? [] : correctedBy(stored, corrected).add(corrected.id));
  const obstacle = stored.find((version) => !replaced.has(version.id) && collides(version.plan, plan, corrected?.plan));
  if (obstacle === undefined) return { kind: 'new', number: own.length + 1 };
  return { kind: 'refused', field: 'effectiveFrom', expected: wayAround(obstacle, plan) };
}

function covers({ effectiveFrom, effectiveTo }: EffectiveRange, day: Day): boolean {
  return effectiveFrom <= day && (effectiveTo === null || day < effectiveTo);
}

/** Ids of every version that this one corrects, directly or through the one it names. */
function correctedBy(versions: readonly PlanVersion[], version: PlanVersion): Set<string> {
  const ids = new Set<string>();
  let current: PlanVersion | undefined = version;
  while (current !== undefined && current.plan.corrects !== null) {
    const { slug, corrects }: Plan = current.plan;
    current = versions.find((other) => other.plan.slug === slug && other.number === corrects);
    if (current !== undefined) ids.add(current.id);
  }
  return ids;
}

/** Whether two versions would claim the same day, other than by a later one ending an open-ended one of the same plan. */
function collides(stored: Plan, added: Plan, corrected: Plan | undefined): boolean {
  if (!overlap(stored, added) || !meet(stored.audience, added.audience)) return false;
  const canEndEachOther = stored.slug === added.slug && stored.effectiveTo === null && added.effectiveTo === null;
  if (!canEndEachOther) return true;
  if (added.effectiveFrom > stored.effectiveFrom) return false;
  // A correction keeps its place in the row: what ended the version it corrects ends the correction too.
  const isEndedByStored =
    corrected !== undefined &&
    stored.effectiveFrom > corrected.effectiveFrom &&
    stored.effectiveFrom > added.effectiveFrom;
  return !isEndedByStored;
}

function overlap(a: EffectiveRange, b: EffectiveRange): boolean {
  const aStartsInTime = b.effectiveTo === null || a.effectiveFrom < b.effectiveTo;
  const bStartsInTime = a.effectiveTo === null || b.effectiveFrom < a.effectiveTo;
  return aStartsInTime && bStartsInTime;
}

/** Whether somebody is in both audiences, at the same precedence: a narrower plan goes before a wider one. */
function meet(a: Audience, b: Audience): boolean {
  if (a.kind === 'program' || b.kind === 'program') return a.kind === b.kind;
  return a.kind === b.kind && a.names.some((name) => b.names.includes(name));
}

/** How people name an audience: `the whole program`, `tier gold`. */
export function audienceName(audience: Audience): string {
  return audience.kind === 'program' ? 'the whole program' : `${audience.kind} ${audience.names.toSorted().join(', ')}`;
}

function wayAround(obstacle: PlanVersion, plan: Plan): string {
  const { effectiveFrom, effectiveTo } = obstacle.plan;
  const range = effectiveTo === null ? `from ${effectiveFrom} on` : `from ${effectiveFrom} to ${effectiveTo}`;
  const inForce = `${versionName(obstacle)} is in force ${range}`;
  if (obstacle.plan.slug !== plan.slug) return `days on which no other plan holds: ${inForce}`;
  const later = effectiveTo === null ? ', or a later effectiveFrom without effectiveTo, which ends that version' : '';
  return `days on which no other version holds (${inForce}), or \`corrects: ${obstacle.number}\` to put it right${later}`;
}
