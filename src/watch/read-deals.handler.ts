import type { CrmConnector, CrmDeal, DealReading } from '../../connectors/contract.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Tx } from '../platform/database.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
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
import {
  concernsCrediting,
  observeAbsence,
  observeDeal,
  toldOutcome,
  type DealPresence,
  type DealState,
} from './deal-change.js';
import { findDealStates, saveRevisions, type KnownDeal, type NewRevision } from './deal-state.store.js';
import { completePending, historyWanted, returnPending, type ClaimedDeal } from './pending-deal.store.js';
import { dealReaderTopic } from './topics.js';

/** Kind of the work that credits partners after a deal changed; done by the crediting stage. Key: our deal id. */
export const creditDealsWork = 'credit-deals';

export interface ReadDealsDependencies {
  readonly db: Database;
  readonly clock: Clock;
  readonly transact: Transact;
}

export interface ReadDealsSummary {
  readonly changed: number;
  readonly unknown: number;
  readonly historyNeeded: number;
}

/**
 * Reads claimed deals from the CRM in one call, compares them with what was known, and writes what differs together with
 * the work that follows from it. The claims are settled in the same transaction: dying before its end leaves them pending.
 * @throws the connector's failures, with the claims still held
 */
export function createReadDeals(deps: ReadDealsDependencies) {
  return async (
    connection: { readonly id: string; readonly connector: Pick<CrmConnector, 'readDeals'> },
    claimed: readonly ClaimedDeal[],
    history: boolean,
  ): Promise<ReadDealsSummary> => {
    const askedAt = deps.clock.now();
    const readings = await connection.connector.readDeals(
      claimed.map((deal) => deal.crmDealId),
      { history, worthFollowing: (crmDealIds) => ourDeals(deps.db, connection.id, crmDealIds) },
    );
    return deps.transact((uow) => settle(uow, { connectionId: connection.id, askedAt }, claimed, readings));
  };
}

/** A deal of ours with what the CRM says of it now: the record, or where it went. */
type Sighting =
  | { readonly deal: DealRow; readonly seen: CrmDeal }
  | { readonly deal: DealRow; readonly absent: Exclude<DealPresence, 'present'> };

/** Deals of no registration may go wherever they like. */
async function ourDeals(db: Database, connectionId: string, crmDealIds: readonly string[]): Promise<readonly string[]> {
  return (await findDealsByCrmIds(db, connectionId, crmDealIds)).map((deal) => deal.crm_deal_id);
}

async function settle(
  uow: UnitOfWork,
  { connectionId, askedAt }: { readonly connectionId: string; readonly askedAt: Date },
  claimed: readonly ClaimedDeal[],
  readings: readonly DealReading[],
): Promise<ReadDealsSummary> {
  const rows = await findDealsByCrmIds(uow.trx, connectionId, [...new Set(readings.flatMap(namesOf))]);
  const { sightings, heirs } = await follow(uow.trx, rows, readings);
  const known = await findDealStates(
    uow.trx,
    sightings.map((sighting) => sighting.deal.id),
  );
  const { revisions, historyNeeded } = compare(sightings, known, { askedAt, now: uow.now });
  await saveRevisions(uow.trx, revisions, uow.now);
  await passOn(uow, revisions, known, heirs);
  await completePending(uow.trx, connectionId, claimed, uow.now);
  await returnPending(uow.trx, connectionId, historyNeeded, {
    dueAt: uow.now,
    stageHint: historyWanted,
    failed: false,
  });
  if (historyNeeded.length > 0) uow.wake(dealReaderTopic(connectionId, true));
  return {
    changed: revisions.length,
    unknown: readings.length - sightings.length,
    historyNeeded: historyNeeded.length,
  };
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
  for (const reading of readings) {
    const names = new Set(namesOf(reading));
    const [survivor, ...eaten] = rows.filter((row) => names.has(row.crm_deal_id)).sort(olderFirst);
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
): { readonly revisions: readonly NewRevision[]; readonly historyNeeded: readonly string[] } {
  const revisions: NewRevision[] = [];
  const historyNeeded: string[] = [];
  for (const sighting of sightings) {
    const before = known.get(sighting.deal.id);
    if (isOvertaken(sighting, before, askedAt)) continue;
    const state: DealState | null = before?.state ?? null;
    const observation =
      'seen' in sighting
        ? observeDeal(state, sighting.seen, now.toISOString())
        : observeAbsence(state, sighting.absent);
    if (observation.kind === 'history-needed' && 'seen' in sighting) historyNeeded.push(sighting.seen.crmDealId);
    if (observation.kind !== 'changed') continue;
    revisions.push({
      dealId: sighting.deal.id,
      revision: (before?.revision ?? 0) + 1,
      state: observation.state,
      changes: observation.changes,
      crmModifiedAt: 'seen' in sighting ? sighting.seen.modifiedAt : (before?.crmModifiedAt?.toISOString() ?? null),
    });
  }
  return { revisions, historyNeeded };
}

/**
 * Another worker may have read the deal later and written first: something was written since we asked, and the CRM's own
 * modified time says that it is newer. An older time alone says nothing: imports set it back.
 */
function isOvertaken(sighting: Sighting, before: KnownDeal | undefined, askedAt: Date): boolean {
  if (before === undefined || before.readAt < askedAt) return false;
  const known = before.crmModifiedAt;
  const seen = 'seen' in sighting ? sighting.seen.modifiedAt : null;
  return known !== null && seen !== null && Date.parse(seen) < known.getTime();
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
