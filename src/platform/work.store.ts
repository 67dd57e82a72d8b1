import { sql } from 'kysely';
import type { Database, Reader, Tx } from './database.js';
import type { Json } from './json.js';
import type { NewWork } from './work.js';

/** A row as a worker took it. `gen` and `leaseUntil` say later whether it is still that row and still that worker's. */
export interface ClaimedWork {
  readonly key: string;
  readonly payload: Json;
  readonly gen: string;
  readonly attempts: number;
  readonly failures: number;
  readonly leaseUntil: Date;
}

/** A claimed row that is to run again: later because it failed, or because there will be more to do. */
export interface PostponedWork {
  readonly work: ClaimedWork;
  readonly dueAt: Date;
  readonly attempts: number;
  /** Failures in a row; 0 after a success. */
  readonly failures: number;
  readonly lastError: string | null;
}

export interface EnqueueOptions {
  /** Forgets earlier failures of a row that is there already, and its waiting time with them. */
  readonly afresh?: boolean;
}

/**
 * Writes work rows, one statement for all. A row that is there already gets the new payload, a higher generation (so that a
 * worker busy with the old one knows to look again) and the earlier due time; a row that waits after a failure keeps its
 * waiting time, or a busy partner would defeat the back-off.
 */
export async function enqueueWork(
  trx: Tx,
  items: readonly NewWork[],
  now: Date,
  options: EnqueueOptions = {},
): Promise<void> {
  if (items.length === 0) return;
  const rows = [...lastOfEach(items).values()].map((item) => ({
    kind: item.kind,
    key: item.key,
    payload: item.payload ?? null,
    due_at: (item.dueAt ?? now).toISOString(),
  }));
  const afresh = options.afresh === true;
  // Ordered by key: two transactions that write the same rows in another order would deadlock.
  await sql`
    insert into work (kind, key, payload, due_at, created_at)
    select kind, key, coalesce(payload, 'null'::jsonb), due_at, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as item(kind text, key text, payload jsonb, due_at timestamptz)
    order by kind, key
    on conflict (kind, key) do update set
      payload = excluded.payload,
      gen = work.gen + 1,
      due_at = case when work.failures > 0 and not ${afresh} then work.due_at else least(work.due_at, excluded.due_at) end,
      attempts = case when ${afresh} then 0 else work.attempts end,
      failures = case when ${afresh} then 0 else work.failures end
  `.execute(trx);
}

/** One upsert may touch a row once, so of two items with one key the later payload and the earlier due time stand. */
function lastOfEach(items: readonly NewWork[]): Map<string, NewWork> {
  const byRow = new Map<string, NewWork>();
  for (const item of items) {
    const row = JSON.stringify([item.kind, item.key]);
    byRow.set(row, earlierDue(byRow.get(row), item));
  }
  return byRow;
}

function earlierDue(previous: NewWork | undefined, item: NewWork): NewWork {
  if (previous === undefined || item.dueAt === undefined) return item;
  if (previous.dueAt !== undefined) return previous.dueAt < item.dueAt ? { ...item, dueAt: previous.dueAt } : item;
  return { kind: item.kind, key: item.key, ...(item.payload === undefined ? {} : { payload: item.payload }) };
}

export interface Claim {
  readonly kind: string;
  readonly limit: number;
  readonly leaseMs: number;
  readonly now: Date;
}

/**
 * Takes up to `limit` due rows for this worker, the longest waiting first. Rows another worker is just taking are passed
 * over; rows whose worker is gone (its lease ran out) are taken too, and that counts as a failed try.
 */
export async function claimWork(db: Database, claim: Claim): Promise<readonly ClaimedWork[]> {
  const leaseUntil = new Date(claim.now.getTime() + claim.leaseMs);
  const { rows } = await sql<Omit<ClaimedWork, 'leaseUntil'>>`
    with free as (
      select key from work
      where kind = ${claim.kind} and lease_until is null and due_at <= ${claim.now}
      order by due_at, key limit ${claim.limit} for update skip locked
    ), abandoned as (
      select key from work
      where kind = ${claim.kind} and lease_until <= ${claim.now}
      order by lease_until, key limit (select ${claim.limit} - count(*) from free) for update skip locked
    ), claimed as (
      update work set
        lease_until = ${leaseUntil},
        attempts = attempts + case when lease_until is null then 0 else 1 end,
        failures = failures + case when lease_until is null then 0 else 1 end
      where kind = ${claim.kind} and key in (select key from free union all select key from abandoned)
      returning key, payload, gen, attempts, failures, due_at
    )
    select key, payload, gen, attempts, failures from claimed order by due_at, key`.execute(db);
  return rows.map((row) => ({ ...row, leaseUntil }));
}

/**
 * Removes rows that were done, in one statement, and closes what was open about them. A row that was enqueued again
 * meanwhile stays and becomes free.
 */
export async function finishWork(db: Database, kind: string, done: readonly ClaimedWork[], now: Date): Promise<void> {
  if (done.length === 0) return;
  await sql`
    with settled as (
      select work.key, work.gen = was.gen as unchanged
      from work join ${claimedRows(done)} on work.kind = ${kind} and work.key = was.key
      order by work.key for update of work
    ), removed as (
      delete from work using settled where work.kind = ${kind} and work.key = settled.key and settled.unchanged
    ), freed as (
      update work set lease_until = null, attempts = 0, failures = 0, last_error = null
      from settled where work.kind = ${kind} and work.key = settled.key and not settled.unchanged
    )
    update problems set resolved_at = ${now}
    where work_kind = ${kind} and work_key = any(${done.map((row) => row.key)}::text[]) and resolved_at is null
  `.execute(db);
}

/** Frees rows for a later run. What was enqueued meanwhile keeps its earlier due time unless the row waits after a failure. */
export async function postponeWork(trx: Tx, kind: string, postponed: readonly PostponedWork[]): Promise<void> {
  if (postponed.length === 0) return;
  const rows = postponed.map((row) => ({
    key: row.work.key,
    gen: row.work.gen,
    lease_until: row.work.leaseUntil.toISOString(),
    due_at: row.dueAt.toISOString(),
    attempts: row.attempts,
    failures: row.failures,
    last_error: row.lastError,
  }));
  await sql`
    with later as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
        key text, gen bigint, lease_until timestamptz, due_at timestamptz, attempts integer, failures integer, last_error text)
    ), mine as (
      select work.key from work join later on work.kind = ${kind} and work.key = later.key
      order by work.key for update of work
    )
    update work set
      lease_until = null,
      due_at = case when later.failures = 0 and work.gen <> later.gen then work.due_at else later.due_at end,
      attempts = later.attempts,
      failures = later.failures,
      last_error = later.last_error
    from later join mine using (key)
    where work.kind = ${kind} and work.key = later.key and work.lease_until = later.lease_until
  `.execute(trx);
}

/**
 * Removes rows that will not work as they are.
 * @returns the keys removed; one that was enqueued again meanwhile is freed instead, as its cause may be mended
 */
export async function withdrawWork(
  trx: Tx,
  kind: string,
  failed: readonly ClaimedWork[],
): Promise<ReadonlySet<string>> {
  if (failed.length === 0) return new Set();
  const { rows } = await sql<{ key: string }>`
    with settled as (
      select work.key, work.gen = was.gen as unchanged
      from work join ${claimedRows(failed)} on work.kind = ${kind} and work.key = was.key
      where work.lease_until = was.lease_until
      order by work.key for update of work
    ), freed as (
      update work set lease_until = null, attempts = 0, failures = 0
      from settled where work.kind = ${kind} and work.key = settled.key and not settled.unchanged
    )
    delete from work using settled where work.kind = ${kind} and work.key = settled.key and settled.unchanged
    returning work.key`.execute(trx);
  return new Set(rows.map((row) => row.key));
}

/** When the next row of a kind can be claimed, by its due time or by the end of a lease; null when there is none. */
export async function nextWorkAt(db: Reader, kind: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select least(
      (select min(due_at) from work where kind = ${kind} and lease_until is null),
      (select min(lease_until) from work where kind = ${kind} and lease_until is not null)
    ) as at`.execute(db);
  return rows[0]?.at ?? null;
}

/** How many rows are due and free, counted up to `limit`. */
export async function countDueWork(db: Reader, kind: string, limit: number, now: Date): Promise<number> {
  const { rows } = await sql<{ waiting: string }>`
    select count(*) as waiting from (
      select 1 from work where kind = ${kind} and lease_until is null and due_at <= ${now} limit ${limit}
    ) as due`.execute(db);
  return Number(rows[0]?.waiting ?? 0);
}

/** Frees every row at once. Only for a process that knows it is the only worker, at its start. */
export async function freeAllWork(db: Database): Promise<void> {
  await db.updateTable('work').set({ lease_until: null }).where('lease_until', 'is not', null).execute();
}

/** Claimed rows as `was(key, gen, lease_until)`, to be joined with what the table holds now. */
function claimedRows(claimed: readonly ClaimedWork[]) {
  return sql`unnest(
    ${claimed.map((row) => row.key)}::text[],
    ${claimed.map((row) => row.gen)}::bigint[],
    ${claimed.map((row) => row.leaseUntil)}::timestamptz[]
  ) as was(key, gen, lease_until)`;
}

/**
 * What waits of these kinds is due now: whatever it waited for may be over. What a worker is busy with is run once more instead of being
 * set aside, should it fail: it may have begun before.
 */
export async function hurryWork(trx: Tx, kinds: readonly string[], now: Date): Promise<void> {
  await sql`
    update work set
      gen = gen + case when lease_until is null then 0 else 1 end,
      due_at = case when lease_until is null then ${now}::timestamptz else due_at end,
      failures = case when lease_until is null then 0 else failures end
    where (kind, key) in (
      select kind, key from work
      where kind = any(${[...kinds]}::text[]) and (lease_until is not null or due_at > ${now})
      order by kind, key for update
    )`.execute(trx);
}
