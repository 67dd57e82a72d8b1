import type { Reader, Tx } from '../platform/database.js';
import { assertDefined } from '../platform/assert.js';
import type { Facts } from '../plans/facts.js';
import { volumeEntries } from '../plans/position.js';
import { nameOfVolume, type Volume } from '../plans/volume.js';
import { canBeSummed, leavesOthersAlone, type VolumeEntry } from '../plans/volume-entries.js';
import { VolumesMoved } from './crediting-errors.js';
import { entriesOfDeals, knownVolumes, markComplete, saveEntries } from './volume-entry.store.js';

/** Deals whose partners' volumes nobody else changes meanwhile. */
export interface HeldScope {
  readonly dealIds: readonly string[];
  /** Whose volumes are locked. */
  readonly partnerIds: readonly string[];
}

/** What deals add to volumes, as it is stored and as the facts have it. */
interface Entries {
  readonly stored: readonly VolumeEntry[];
  readonly wanted: readonly VolumeEntry[];
}

/**
 * The facts of some deals with what all others add to their volumes, when crediting them leaves what the others earn as it is;
 * null when the others have to be credited with them. @throws VolumesMoved
 */
export async function factsAlone(db: Reader, scope: HeldScope, facts: Facts): Promise<(Facts & Entries) | null> {
  const entries = await entriesOf(db, scope, facts);
  const volumes = volumesOf([...entries.stored, ...entries.wanted]);
  const known = await knownVolumes(db, volumes, scope.dealIds);
  const elsewhere = new Map(volumes.map((volume) => [nameOfVolume(volume), knownOf(known, volume).sum]));
  const isAlone = volumes.every((volume) => {
    const { isComplete, ...rest } = knownOf(known, volume);
    const [old, now] = [entries.stored, entries.wanted].map((all) => all.filter((one) => isOf(one, volume)));
    return (
      isComplete && leavesOthersAlone(facts.planVersions, { volume, elsewhere: rest, old: old ?? [], now: now ?? [] })
    );
  });
  return isAlone ? { ...facts, ...entries, elsewhere } : null;
}

/**
 * Keeps what the deals of a scope add to volumes. Those of the deals that were asked for are complete then: the scope has every
 * deal that bears on them. @throws VolumesMoved
 */
export async function keepVolumes(trx: Tx, scope: HeldScope, facts: Facts, askedFor: readonly string[]): Promise<void> {
  if (scope.partnerIds.length === 0 || !canBeSummed(facts.planVersions)) return;
  const entries = await entriesOf(trx, scope, facts);
  await saveEntries(trx, entries);
  const asked = new Set(askedFor);
  const touched = [...entries.stored, ...entries.wanted].filter(({ dealId }) => asked.has(dealId));
  await markComplete(trx, volumesOf(touched));
}

async function entriesOf(db: Reader, scope: HeldScope, facts: Facts): Promise<Entries> {
  const wanted = volumeEntries(facts);
  const stored = await entriesOfDeals(db, scope.dealIds);
  const held = new Set(scope.partnerIds);
  if ([...wanted, ...stored].some(({ volume }) => !held.has(volume.partnerId))) throw new VolumesMoved();
  return { stored, wanted };
}

function volumesOf(entries: readonly VolumeEntry[]): readonly Volume[] {
  return [...new Map(entries.map(({ volume }) => [nameOfVolume(volume), volume])).values()];
}

function isOf(entry: VolumeEntry, volume: Volume): boolean {
  return nameOfVolume(entry.volume) === nameOfVolume(volume);
}

function knownOf<T>(known: ReadonlyMap<string, T>, volume: Volume): T {
  return assertDefined(known.get(nameOfVolume(volume)), 'every volume that was asked for is answered');
}
