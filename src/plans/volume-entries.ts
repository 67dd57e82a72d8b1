import type { Currency } from '../money/currency.js';
import { add, type Ratio } from '../money/ratio.js';
import type { TierTable } from './pay.js';
import { addsUpByTiersAlone, type PlanVersion } from './plan.js';
import { tiersOf } from './tiers.js';
import { bandReached, countedSize, inVolume, nameOfVolume, volumeOfLine, type Sized, type Volume } from './volume.js';

/** What a deal adds to a volume, so that the volume can be known without looking at the deal again. */
export interface VolumeEntry {
  readonly volume: Volume;
  readonly dealId: string;
  /** Exact minor units, or a number of deals. */
  readonly size: Ratio;
  /** Where the deal comes among the others: sorts as text in the order of time. */
  readonly place: string;
}

/** What is known of a volume without some deals. */
export interface VolumeElsewhere {
  readonly sum: Ratio;
  /** The place of the last deal; null when there is none. */
  readonly last: string | null;
}

/** What becomes of a volume because some deals change. */
export interface VolumeChange {
  readonly volume: Volume;
  readonly elsewhere: VolumeElsewhere;
  /** What these deals added before, and what they add now. */
  readonly old: readonly VolumeEntry[];
  readonly now: readonly VolumeEntry[];
}

/** What each deal adds to the volumes of periods: one entry for a deal and volume. */
export function entriesOf(sized: readonly Sized[]): readonly VolumeEntry[] {
  const entries = new Map<string, VolumeEntry>();
  for (const one of sized) {
    const tiers = tiersOf(one.line.rule);
    const { deal, at, key } = one.line.occasion;
    if (deal === null || tiers.per === 'deal' || typeof tiers.by === 'object') continue;
    const volume = volumeOfLine(one, tiers);
    const entry = { volume, dealId: deal.id, size: countedSize(one, tiers.by), place: `${at} ${key}` };
    const name = `${deal.id}|${nameOfVolume(volume)}`;
    const known = entries.get(name);
    entries.set(name, known === undefined ? entry : { ...entry, size: add(known.size, entry.size) });
  }
  return [...entries.values()];
}

/** Whether sums of entries stand for the deals themselves under all versions: then a deal can be credited without the others. */
export function canBeSummed(versions: readonly PlanVersion[]): boolean {
  if (!versions.every(({ plan }) => addsUpByTiersAlone(plan))) return false;
  // The version of a period's first deal says what the period opens with; here everyone must say the same.
  const openings = new Map<string, string>();
  return versions.every(({ plan }) =>
    plan.rules.every(({ id, pay }) => {
      if (pay.kind !== 'tiers' || pay.tiers.per === 'deal') return true;
      const { opening } = pay.tiers;
      const text = opening?.kind === 'number' ? `${opening.value.numerator}/${opening.value.denominator}` : 'none';
      const known = openings.get(`${plan.slug}|${id}`);
      openings.set(`${plan.slug}|${id}`, text);
      return known === undefined || known === text;
    }),
  );
}

/**
 * Whether the other deals of a volume earn what they did: under `retroactive` while the same band is reached, otherwise while
 * the deals that change come after all others.
 */
export function leavesOthersAlone(
  versions: readonly PlanVersion[],
  { volume, elsewhere, old, now }: VolumeChange,
): boolean {
  const { sum, last } = elsewhere;
  if (last === null) return true;
  const [before, after] = [old, now].map((entries) => entries.reduce((total, { size }) => add(total, size), sum));
  const tables = tablesOf(versions, volume);
  if (before === undefined || after === undefined || tables.length === 0) return false;
  const isLast = [...old, ...now].every(({ place }) => place > last);
  return tables.every((tiers) =>
    tiers.mode === 'retroactive'
      ? bandOf(tiers, before, volume.measure) === bandOf(tiers, after, volume.measure)
      : isLast,
  );
}

/** Every table that lines of the volume may be paid by, whichever version each of them follows. */
function tablesOf(versions: readonly PlanVersion[], { slug, ruleId, measure }: Volume): readonly TierTable[] {
  return versions.flatMap(({ plan }) =>
    plan.slug !== slug
      ? []
      : plan.rules.flatMap(({ id, pay }) => {
          if (id !== ruleId || pay.kind !== 'tiers') return [];
          return (pay.tiers.by === 'count') === (measure === 'deals') ? [pay.tiers] : [];
        }),
  );
}

function bandOf({ bands, by, boundary, opening }: TierTable, volume: Ratio, measure: string): unknown {
  const inMinor = (value: Ratio): Ratio => inVolume(value, by, measure as Currency);
  const whole = opening?.kind === 'number' ? add(volume, inMinor(opening.value)) : volume;
  return bandReached(bands, whole, boundary, ({ from }) => inMinor(from));
}
