import { sql, type Generated, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { BigintColumn } from '../platform/platform-tables.js';
import type { FeedStanding } from './feed-standing.js';

export interface ChangeFeedsTable {
  connection_id: string;
  position: string | null;
  lease_owner: string | null;
  lease_until: Date | null;
  retry_at: Date | null;
  state: FeedStanding;
  state_since: Date;
  detail: string | null;
  reread_since: Date | null;
  reread_cursor: string | null;
  reread_gen: Generated<BigintColumn>;
}

declare module '../platform/database.js' {
  interface Tables {
    change_feeds: ChangeFeedsTable;
  }
}

export type ChangeFeedRow = Selectable<ChangeFeedsTable>;

/** Who listens, and until when it need not say so again. */
export interface FeedLease {
  readonly connectionId: string;
  readonly owner: string;
  readonly now: Date;
  readonly until: Date;
}

/** Makes the feed known; one that is there keeps its position. */
export async function ensureFeed(trx: Tx, connectionId: string, now: Date): Promise<void> {
  await trx
    .insertInto('change_feeds')
    .values({ connection_id: connectionId, state: 'connecting', state_since: now })
    .onConflict((conflict) => conflict.column('connection_id').doNothing())
    .execute();
}

/** A connection that is not listened to any more: what it would go on from is of no use. */
export async function forgetFeed(trx: Tx, connectionId: string): Promise<void> {
  await trx.deleteFrom('change_feeds').where('connection_id', '=', connectionId).execute();
}

export async function findFeed(db: Reader, connectionId: string): Promise<ChangeFeedRow | undefined> {
  return db.selectFrom('change_feeds').selectAll().where('connection_id', '=', connectionId).executeTakeFirst();
}

export async function listFeeds(db: Reader): Promise<readonly ChangeFeedRow[]> {
  return db.selectFrom('change_feeds').selectAll().orderBy('connection_id').execute();
}

/** Takes the right to listen, unless another process has it or the CRM has refused and it is not time to ask again. */
export async function takeFeedLease(db: Reader, { connectionId, owner, now, until }: FeedLease): Promise<boolean> {
  const taken = await db
    .updateTable('change_feeds')
    .set({ lease_owner: owner, lease_until: until, state: 'connecting', state_since: now, detail: null })
    .where('connection_id', '=', connectionId)
    .where((row) => row.or([row('lease_until', 'is', null), row('lease_until', '<', now)]))
    .where((row) => row.or([row('retry_at', 'is', null), row('retry_at', '<=', now)]))
    .returning('connection_id')
    .execute();
  return taken.length === 1;
}

/** @returns whether it is still ours; one that ran out without anybody taking it is */
export async function renewFeedLease(
  db: Reader,
  { connectionId, owner, until }: Omit<FeedLease, 'now'>,
): Promise<boolean> {
  const renewed = await db
    .updateTable('change_feeds')
    .set({ lease_until: until })
    .where('connection_id', '=', connectionId)
    .where('lease_owner', '=', owner)
    .returning('connection_id')
    .execute();
  return renewed.length === 1;
}

/**
 * Gives the right back, unless another process has it by now.
 * @param refused where the CRM does not let us listen: why, and when to ask again
 */
export async function giveBackFeedLease(
  db: Reader,
  { connectionId, owner, now }: Omit<FeedLease, 'until'>,
  refused: { readonly detail: string; readonly retryAt: Date } | null,
): Promise<void> {
  await db
    .updateTable('change_feeds')
    .set({
      lease_owner: null,
      lease_until: null,
      state: refused === null ? 'connecting' : 'refused',
      state_since: now,
      detail: refused?.detail ?? null,
      retry_at: refused?.retryAt ?? null,
    })
    .where('connection_id', '=', connectionId)
    .where('lease_owner', '=', owner)
    .execute();
}

/** Frees what a process that died had taken. Only for the embedded database, whose lock proves that nobody else listens. */
export async function freeAllFeeds(db: Reader): Promise<void> {
  await db.updateTable('change_feeds').set({ lease_owner: null, lease_until: null }).execute();
}

/** A person has mended what the CRM refused for: it is asked again at once. */
export async function forgetRefusal(db: Reader, connectionId: string): Promise<void> {
  await db.updateTable('change_feeds').set({ retry_at: null }).where('connection_id', '=', connectionId).execute();
}

/** Notes how the feed of `owner` stands. */
export async function noteFeedState(
  db: Reader,
  { connectionId, owner, now }: Omit<FeedLease, 'until'>,
  { state, detail }: { readonly state: FeedStanding; readonly detail: string | null },
): Promise<void> {
  await db
    .updateTable('change_feeds')
    .set({ state, state_since: now, detail, retry_at: null })
    .where('connection_id', '=', connectionId)
    .where('lease_owner', '=', owner)
    .execute();
}

/** @returns false where another process listens by now: its position must not be set back */
export async function storeFeedPosition(
  trx: Tx,
  { connectionId, owner }: Pick<FeedLease, 'connectionId' | 'owner'>,
  position: string,
): Promise<boolean> {
  const stored = await trx
    .updateTable('change_feeds')
    .set({ position })
    .where('connection_id', '=', connectionId)
    .where('lease_owner', '=', owner)
    .returning('connection_id')
    .execute();
  return stored.length === 1;
}

/** Has everything since `since` looked for, from its beginning, also where an earlier wish is under way. */
export async function wishReread(trx: Tx, connectionId: string, since: Date): Promise<void> {
  await trx
    .updateTable('change_feeds')
    .set({
      reread_since: sql<Date>`least(${since}, reread_since)`,
      reread_cursor: null,
      reread_gen: sql<string>`reread_gen + 1`,
    })
    .where('connection_id', '=', connectionId)
    .execute();
}

/** Notes how far the re-read has come; `cursor` null: it has ended. Changes nothing where a later wish began it anew. */
export async function storeRereadCursor(
  trx: Tx,
  { connectionId, gen }: { readonly connectionId: string; readonly gen: string },
  cursor: string | null,
): Promise<void> {
  await trx
    .updateTable('change_feeds')
    .set(cursor === null ? { reread_since: null, reread_cursor: null } : { reread_cursor: cursor })
    .where('connection_id', '=', connectionId)
    .where('reread_gen', '=', gen)
    .execute();
}
