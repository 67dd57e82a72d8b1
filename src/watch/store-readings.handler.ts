import type { CrmDeal, DealReading } from '../../connectors/contract.js';
import type { Tx } from '../platform/database.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { plansPayOn } from '../plans/plan.store.js';
import { loadProgram } from '../program/program.store.js';
import { recordOutcomes } from '../registration/registration.store.js';
import {
  findDealsByCrmIds,
  idAfterMerge,
  linksOfDeals,
  moveDeal,
  moveLinks,
  type DealRow,
} from '../sync/crm-link.store.js';
import { guardLinkWork } from '../sync/guard-work.js';
import {
  concernsCrediting,
  observeAbsence,
  observeDeal,
  toldOutcome,
  type DealPresence,
  type DealState,
} from './deal-change.js';
import { findDealStates, saveRevisions, type KnownDeal, type NewRevision } from './deal-state.store.js';
import { keepChanges, type EditedRevision } from './keep-changes.handler.js';
import { watchStrays } from './note-strays.handler.js';
import { noteOwnWins, noteStrangersWins } from './note-wins.handler.js';

/** Kind of the work that credits partners after a deal changed; done by the crediting stage. Key: our deal id. */
export const creditDealsWork = 'credit-deals';

/** What was read, and since when it may be out of date. */
export interface ReadingsOfDeals {
  readonly connectionId: string;
  readonly askedAt: Date;
  readonly readings: readonly DealReading[];
}

/** Told of deals of ours that have changed: somebody may think about taking one for a registration's. */
export type DealsChanged = (uow: UnitOfWork, dealIds: readonly string[]) => Promise<void>;

export interface StoredReadings {
  /** Our ids of the deals that differ from what was known. */
  readonly changedIds: readonly string[];
  /**
   * Ids in the CRM of deals that have to be read again, with their stage history: it has to say when they were won, or another
   * worker read them at the same time and nobody can tell which reading is the later one.
   */
  readonly readAgain: readonly string[];
  /** Readings that are not about a deal of ours. */
  readonly unknown: number;
  /** What was known of deals of ours before, by the ids they now have in the CRM. */
  readonly before: ReadonlyMap<string, DealState>;
}

/**
 * Compares readings with what was known, and writes what differs together with the work that follows from it.
 */
export async function storeReadings(
  uow: UnitOfWork,
  { connectionId, askedAt, readings }: ReadingsOfDeals,
  dealsChanged: DealsChanged,
): Promise<StoredReadings> {
  const rows = await findDealsByCrmIds(uow.trx, connectionId, [...new Set(readings.flatMap(namesOf))]);
  const { sightings, heirs } = await follow(uow.trx, rows, readings);
  const known = await findDealStates(
    uow.trx,
    sightings.map((sighting) => sighting.deal.id),
  );
  const { revisions, readAgain } = compare(sightings, known, { askedAt, now: uow.now });
  await saveRevisions(uow.trx, revisions, uow.now);
  await keepChanges(uow, edited(sightings, revisions), known);
  await passOn(uow, revisions, known, heirs);
  const nobodys = strangers(rows, readings);
  await watchStrays(uow, connectionId, nobodys);
  await noteStrangersWins(uow, connectionId, nobodys);
  await noteOwnWins(uow, connectionId, justWon(sightings, revisions));
  const changedIds = revisions.map((revision) => revision.dealId);
  if (changedIds.length > 0) await dealsChanged(uow, changedIds);
  return { changedIds, readAgain, unknown: readings.length - sightings.length, before: statesBefore(sightings, known) };
}

/** A deal of ours with what the CRM says of it now: the record, or where it went. */
type Sighting =
  | { readonly deal: DealRow; readonly seen: CrmDeal }
  | { readonly deal: DealRow; readonly absent: Exclude<DealPresence, 'present'> };

function statesBefore(
  sightings: readonly Sighting[],
  known: ReadonlyMap<string, KnownDeal>,
): ReadonlyMap<string, DealState> {
  const entries = sightings.flatMap((sighting): [string, DealState][] => {
    const state = known.get(sighting.deal.id)?.state;
    return state === undefined || !('seen' in sighting) ? [] : [[sighting.seen.crmDealId, state]];
  });
  return new Map(entries);
}

function edited(sightings: readonly Sighting[], revisions: readonly NewRevision[]): readonly EditedRevision[] {
  const edits = new Map(sightings.map((one) => [one.deal.id, 'seen' in one ? one.seen.edits : undefined]));
  return revisions.map((revision) => ({ revision, edits: edits.get(revision.dealId) }));
}

/** Deals of ours that are won since this reading. */
function justWon(sightings: readonly Sighting[], revisions: readonly NewRevision[]) {
  const won = new Set(
    revisions
      .filter(({ state, changes }) => state.outcome === 'won' && changes.includes('outcome'))
      .map(({ dealId }) => dealId),
  );
  return sightings.flatMap((sighting) =>
    'seen' in sighting && won.has(sighting.deal.id) ? [{ dealId: sighting.deal.id, seen: sighting.seen }] : [],
  );
}

/** What was read of deals that are not ours under any id. */
function strangers(rows: readonly DealRow[], readings: readonly DealReading[]): readonly CrmDeal[] {
  const ours = new Set(rows.map((row) => row.crm_deal_id));
  return readings.flatMap((reading) =>
    'deal' in reading && namesOf(reading).every((name) => !ours.has(name)) ? [reading.deal] : [],
  );
}

/** Every id under which this reading's deal may be known to us. */
function namesOf(reading: DealReading): readonly string[] {
  if (reading.kind === 'archived' || reading.kind === 'missing') return [reading.requestedId];
  return [reading.requestedId, reading.deal.crmDealId, ...reading.deal.mergedIds];
}

/**
 * Ties readings to deals of ours. After a merge our oldest deal takes over the surviving record and the registrations of the
 * eaten ones, so that the partner who was first is credited whichever record survived. Deals of no registration are left out.
 */
async function follow(
  trx: Tx,
  rows: readonly DealRow[],
  readings: readonly DealReading[],
): Promise<{ readonly sightings: readonly Sighting[]; readonly heirs: ReadonlySet<string> }> {
  const byDeal = new Map<string, Sighting>();
  const heirs = new Set<string>();
  const byName = new Map(rows.map((row) => [row.crm_deal_id, row]));
  for (const reading of readings) {
    const [survivor, ...eaten] = [...new Set(namesOf(reading))]
      .flatMap((name) => byName.get(name) ?? [])
      .sort(olderFirst);
    if (survivor === undefined) continue;
    if (reading.kind === 'archived' || reading.kind === 'missing') {
      byDeal.set(survivor.id, { deal: survivor, absent: reading.kind });
      continue;
    }
    for (const row of eaten) byDeal.set(row.id, { deal: row, absent: 'merged' });
    byDeal.set(survivor.id, { deal: survivor, seen: reading.deal });
    if (eaten.length > 0) heirs.add(survivor.id);
    await takeOver(trx, survivor, eaten, reading.deal.crmDealId);
  }
  const sightings = [...byDeal.values()].sort((a, b) => (a.deal.id < b.deal.id ? -1 : 1));
  return { sightings, heirs };
}

function olderFirst(a: DealRow, b: DealRow): number {
  return a.id < b.id ? -1 : 1;
}

async function takeOver(trx: Tx, survivor: DealRow, eaten: readonly DealRow[], crmDealId: string): Promise<void> {
  if (survivor.crm_deal_id === crmDealId && eaten.length === 0) return;
  await moveLinks(
    trx,
    eaten.map((row) => row.id),
    survivor.id,
  );
  // An eaten deal may hold the surviving record's id, and no two deals may share one.
  for (const row of eaten) await moveDeal(trx, row.id, idAfterMerge(row.id));
  await moveDeal(trx, survivor.id, crmDealId);
}

function compare(
  sightings: readonly Sighting[],
  known: ReadonlyMap<string, KnownDeal>,
  { askedAt, now }: { readonly askedAt: Date; readonly now: Date },
): { readonly revisions: readonly NewRevision[]; readonly readAgain: readonly string[] } {
  const revisions: NewRevision[] = [];
  const readAgain: string[] = [];
  for (const sighting of sightings) {
    const before = known.get(sighting.deal.id);
    const age = ageOf(sighting, before, askedAt);
    if (age === 'older') continue;
    const state: DealState | null = before?.state ?? null;
    const observation =
      'seen' in sighting
        ? observeDeal(state, sighting.seen, now.toISOString())
        : observeAbsence(state, sighting.absent);
    if (observation.kind === 'unchanged') continue;
    if ('seen' in sighting && (observation.kind === 'history-needed' || age === 'unclear')) {
      readAgain.push(sighting.seen.crmDealId);
      continue;
    }
    if (observation.kind !== 'changed') continue;
    revisions.push({
      dealId: sighting.deal.id,
      revision: (before?.revision ?? 0) + 1,
      state: observation.state,
      changes: observation.changes,
      crmModifiedAt: 'seen' in sighting ? sighting.seen.modifiedAt : (before?.crmModifiedAt?.toISOString() ?? null),
    });
  }
  return { revisions, readAgain };
}

/**
 * Another worker may have read the deal later and written first: something was written since we asked, and the CRM's own
 * modified time says that it is newer. An older time alone says nothing: imports set it back. The same time says nothing either
 * where a CRM tells whole seconds.
 */
function ageOf(sighting: Sighting, before: KnownDeal | undefined, askedAt: Date): 'later' | 'older' | 'unclear' {
  if (before === undefined || before.readAt < askedAt) return 'later';
  const known = before.crmModifiedAt?.getTime();
  const seen = 'seen' in sighting ? Date.parse(sighting.seen.modifiedAt ?? '') : Number.NaN;
  if (known === undefined || Number.isNaN(seen)) return 'later';
  if (seen === known) return 'unclear';
  return seen < known ? 'older' : 'later';
}

/** A deal that is not won may earn something by the stage it has entered, where a plan pays for that. */
async function creditStages(uow: UnitOfWork, revisions: readonly NewRevision[]): Promise<void> {
  const moved = revisions.filter(({ changes }) => changes.includes('stageId')).map(({ dealId }) => dealId);
  if (moved.length === 0 || !(await plansPayOn(uow.trx, 'stage'))) return;
  const linked = (await linksOfDeals(uow.trx, moved)).flatMap((link) => link.deal_id ?? []);
  await uow.enqueue([...new Set(linked)].map((dealId) => ({ kind: creditDealsWork, key: dealId })));
}

/** Tells the stages below: registrations follow their deal's outcome, and partners may have earned or lost something. */
async function passOn(
  uow: UnitOfWork,
  revisions: readonly NewRevision[],
  known: ReadonlyMap<string, KnownDeal>,
  heirs: ReadonlySet<string>,
): Promise<void> {
  const telling = revisions.filter(({ dealId, state }) => concernsCrediting(known.get(dealId)?.state ?? null, state));
  await creditStages(uow, revisions);
  if (telling.length === 0 && heirs.size === 0) return;
  const { timeZone } = (await loadProgram(uow.trx)).settings;
  const outcomes = new Map([
    // An heir has registrations it did not have before, even if nothing about the deal itself is new.
    ...[...heirs].flatMap((dealId) => {
      const state = known.get(dealId)?.state;
      return state === undefined ? [] : [[dealId, toldOutcome(state, timeZone)] as const];
    }),
    ...telling.map((revision) => [revision.dealId, toldOutcome(revision.state, timeZone)] as const),
  ]);
  if (outcomes.size === 0) return;
  const links = await linksOfDeals(uow.trx, [...outcomes.keys()]);
  // A deal that ended may have been given up for another one. A win costs no look: nothing else can be meant then.
  const watched = links.filter(
    (link) => link.watched_from !== null && outcomes.get(link.deal_id ?? '')?.outcome !== 'won',
  );
  await uow.enqueue(watched.map((link) => ({ kind: guardLinkWork, key: link.registration_id })));
  await recordOutcomes(
    uow.trx,
    links.flatMap((link) => {
      const told = outcomes.get(link.deal_id ?? '');
      return told === undefined ? [] : [{ registrationId: link.registration_id, ...told }];
    }),
    uow.now,
  );
  // A deal that lost its registrations in a merge may still hold lines, which now have to go.
  const merged = telling.filter((revision) => revision.state.presence === 'merged').map((revision) => revision.dealId);
  const linked = links.map((link) => link.deal_id).filter((dealId) => dealId !== null);
  await uow.enqueue([...new Set([...linked, ...merged])].map((dealId) => ({ kind: creditDealsWork, key: dealId })));
}
