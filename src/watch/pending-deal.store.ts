import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { BigintColumn } from '../platform/platform-tables.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { dealReaderTopics } from './topics.js';

export interface PendingDealsTable {
  connection_id: string;
  object_type: string;
  crm_id: string;
  due_at: Date | null;
  gen: BigintColumn;
  lease_until: Date | null;
  attempts: number;
  stage_hint: string | null;
  read_at: Date | null;
}

declare module '../platform/database.js' {
  interface Tables {
    pending_deals: PendingDealsTable;
  }
}

/** A hint about one deal. `stageHint` is the stage it is said to be in, or `historyWanted`. */
export interface DealHint {
  readonly connectionId: string;
  readonly crmDealId: string;
  readonly stageHint: string | null;
}

/** Stands in `stage_hint` when the won date could not be told without the stage history. */
export const historyWanted = '*';

/** The object type of the pending key. Ids are unique only per type, and other types will come. */
const dealType = 'deal';

/** Further signals for a deal within this time of its last read wait for one trailing read. */
const trailingReadMs = 1_000;
/** How long a row without work is kept, so that it can hold its trailing read back. */
const restMs = 10_000;

/**
 * Puts deals into the pending set, one statement for all. A deal that is pending already costs a counter; one read within
 * the last second becomes due a second after that read, so a burst of signals ends in exactly one more read.
 */
export async function markPending(trx: Reader, hints: readonly DealHint[], now: Date): Promise<void> {
  if (hints.length === 0) return;
  const distinct = [...lastOfEach(hints).values()];
  // Ordered, because two deliveries naming the same deals in another order would deadlock.
  await sql`
    insert into pending_deals (connection_id, object_type, crm_id, due_at, stage_hint)
    select hint.connection_id, ${dealType}, hint.crm_id, ${now}, hint.stage_hint
    from unnest(
      ${distinct.map((hint) => hint.connectionId)}::text[],
      ${distinct.map((hint) => hint.crmDealId)}::text[],
      ${distinct.map((hint) => hint.stageHint)}::text[]
    ) as hint(connection_id, crm_id, stage_hint)
    order by 1, 3
    on conflict (connection_id, object_type, crm_id) do update set
      gen = pending_deals.gen + 1,
      stage_hint = coalesce(excluded.stage_hint, pending_deals.stage_hint),
      due_at = coalesce(
        pending_deals.due_at,
        greatest(excluded.due_at, pending_deals.read_at + ${trailingReadMs} * interval '1 millisecond')
      )
  `.execute(trx);
}

/** One upsert may touch a row once; a hint with a stage tells more than one without. */
function lastOfEach(hints: readonly DealHint[]): Map<string, DealHint> {
  const byDeal = new Map<string, DealHint>();
  for (const hint of hints) {
    const key = JSON.stringify([hint.connectionId, hint.crmDealId]);
    const stageHint = hint.stageHint ?? byDeal.get(key)?.stageHint ?? null;
    byDeal.set(key, { ...hint, stageHint });
  }
  return byDeal;
}

/** Which pending deals to take: those whose hint names a won stage are read with their history, the others without. */
export interface Lane {
  readonly connectionId: string;
  readonly history: boolean;
  readonly wonStageIds: readonly string[];
}

export interface ClaimedDeal {
  readonly crmDealId: string;
  readonly gen: string;
  readonly attempts: number;
}

function inLane(lane: Lane) {
  const wantsHistory = sql<boolean>`coalesce(stage_hint = any(${[historyWanted, ...lane.wonStageIds]}::text[]), false)`;
  return lane.history ? wantsHistory : sql<boolean>`not ${wantsHistory}`;
}

/**
 * Takes up to `limit` due deals, oldest first, and keeps other workers off them until `leaseUntil`. The rows are found by the
 * index in which they wait and written by their place: a planner that knows nothing of the table yet would read all of it.
 */
export async function claimPending(
  trx: Reader,
  lane: Lane,
  limit: number,
  now: Date,
  leaseUntil: Date,
): Promise<readonly ClaimedDeal[]> {
  const claimed = await sql<{ crm_id: string; gen: string; attempts: number }>`
    update pending_deals set lease_until = ${leaseUntil}
    where ctid = any(array(
      select ctid from pending_deals
      where connection_id = ${lane.connectionId} and object_type = ${dealType}
        and due_at <= ${now} and (lease_until is null or lease_until < ${now}) and ${inLane(lane)}
      order by connection_id, object_type, due_at, crm_id limit ${limit} for update skip locked
    ))
    returning crm_id, gen, attempts
  `.execute(trx);
  return claimed.rows.map((row) => ({ crmDealId: row.crm_id, gen: row.gen, attempts: row.attempts }));
}

/** How many deals of a lane could be claimed now, counted no further than `limit`. */
export async function countClaimable(db: Reader, lane: Lane, limit: number, now: Date): Promise<number> {
  const counted = await sql<{ waiting: number }>`
    select count(*)::int as waiting from (
      select 1 from pending_deals
      where connection_id = ${lane.connectionId} and object_type = ${dealType}
        and due_at <= ${now} and (lease_until is null or lease_until < ${now}) and ${inLane(lane)}
      limit ${limit}
    ) as due
  `.execute(db);
  return counted.rows[0]?.waiting ?? 0;
}

/** When the next deal of a lane becomes claimable; null when none waits. */
export async function nextPendingAt(db: Reader, lane: Lane): Promise<Date | null> {
  const next = await sql<{ at: Date | null }>`
    select min(greatest(due_at, coalesce(lease_until, due_at))) as at from pending_deals
    where connection_id = ${lane.connectionId} and object_type = ${dealType} and due_at is not null and ${inLane(lane)}
  `.execute(db);
  return next.rows[0]?.at ?? null;
}

/** Which of these deals wait to be read already. */
export async function pendingAmong(
  db: Reader,
  connectionId: string,
  crmDealIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (crmDealIds.length === 0) return new Set();
  const waiting = await sql<{ crm_id: string }>`
    select crm_id from pending_deals
    where connection_id = ${connectionId} and object_type = ${dealType} and due_at is not null
      and crm_id = any(${[...crmDealIds]}::text[])`.execute(db);
  return new Set(waiting.rows.map((row) => row.crm_id));
}

/** Deals that wait to be read, over all connections. */
export async function countPending(db: Reader): Promise<number> {
  const counted = await sql<{ waiting: number }>`
    select count(*)::int as waiting from pending_deals where due_at is not null`.execute(db);
  return counted.rows[0]?.waiting ?? 0;
}

/**
 * Notes that claimed deals were read. One that was named again meanwhile (its counter moved) is due once more. Written as an
 * upsert because that finds each row by its key and sees the counter as it is now, waiting for a signal just being written;
 * in the order in which signals lock rows.
 */
export async function completePending(
  trx: Tx,
  connectionId: string,
  claimed: readonly ClaimedDeal[],
  now: Date,
): Promise<void> {
  await sql`
    insert into pending_deals (connection_id, object_type, crm_id, gen, read_at)
    select ${connectionId}, ${dealType}, read.crm_id, read.gen, ${now}
    from unnest(
      ${claimed.map((deal) => deal.crmDealId)}::text[],
      ${claimed.map((deal) => deal.gen)}::bigint[]
    ) as read(crm_id, gen)
    order by 1, 3
    on conflict (connection_id, object_type, crm_id) do update set
      lease_until = null, attempts = 0, read_at = excluded.read_at,
      stage_hint = case when pending_deals.gen = excluded.gen then null else pending_deals.stage_hint end,
      due_at = case when pending_deals.gen = excluded.gen then null
        else excluded.read_at + ${trailingReadMs} * interval '1 millisecond' end
  `.execute(trx);
}

/** Gives claimed deals back: to be read at `dueAt`, with their history when `stageHint` says so. */
export async function returnPending(
  trx: Reader,
  connectionId: string,
  crmDealIds: readonly string[],
  again: { readonly dueAt: Date; readonly stageHint: string | null; readonly failed: boolean },
): Promise<void> {
  if (crmDealIds.length === 0) return;
  await sql`
    update pending_deals set
      lease_until = null, due_at = ${again.dueAt}, attempts = attempts + ${again.failed ? 1 : 0},
      stage_hint = coalesce(${again.stageHint}::text, stage_hint)
    where connection_id = ${connectionId} and object_type = ${dealType} and crm_id = any(${[...crmDealIds]}::text[])
  `.execute(trx);
}

/** Drops rows that have had nothing to do for a while. */
export async function dropRested(db: Reader, now: Date): Promise<void> {
  await sql`delete from pending_deals where due_at is null and read_at < ${new Date(now.getTime() - restMs)}`.execute(
    db,
  );
}

/** Frees what a process that died had claimed. Only for the embedded database, whose lock proves that nobody else works. */
export async function freeAllClaims(db: Reader): Promise<void> {
  await sql`update pending_deals set lease_until = null where lease_until is not null`.execute(db);
}

/** Makes every pending deal of a connection due now, because a person mended what kept it from being read. */
export async function makeDue(uow: UnitOfWork, connectionId: string): Promise<void> {
  await sql`
    update pending_deals set due_at = ${uow.now}, attempts = 0
    where connection_id = ${connectionId} and due_at is not null`.execute(uow.trx);
  dealReaderTopics(connectionId).forEach(uow.wake);
}
