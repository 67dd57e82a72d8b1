import type { ColumnType, Generated, Selectable, Updateable } from 'kysely';
import type { CrmFinding, CrmKind } from '../../connectors/contract.js';
import type { Reader, Tx } from '../platform/database.js';

export interface ConnectionsTable {
  id: string;
  crm: CrmKind;
  name: string;
  account_id: string | null;
  tokens_sealed: string | null;
  refresh_lease_until: Date | null;
  refresh_lease_owner: Generated<string | null>;
  sweep_cursor: string | null;
  swept_at: Date | null;
  full_read_at: Date | null;
  provisioned_at: Date | null;
  /** What the last examination found; empty before the first. */
  findings: ColumnType<readonly CrmFinding[], string | undefined, string>;
  examined_at: Date | null;
  created_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    connections: ConnectionsTable;
  }
}

export type ConnectionRow = Selectable<ConnectionsTable>;

/** Makes the connection known; one that is there keeps its cursor and tokens. */
export async function ensureConnection(
  trx: Tx,
  connection: { readonly id: string; readonly crm: CrmKind; readonly name: string },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('connections')
    .values({ ...connection, created_at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

export async function findConnection(db: Reader, id: string): Promise<ConnectionRow | undefined> {
  return db.selectFrom('connections').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function listConnections(db: Reader): Promise<readonly ConnectionRow[]> {
  return db.selectFrom('connections').selectAll().orderBy('created_at').orderBy('id').execute();
}

/** The connection new deals go to: the oldest one. */
export async function defaultConnection(db: Reader): Promise<ConnectionRow | undefined> {
  return db.selectFrom('connections').selectAll().orderBy('created_at').orderBy('id').limit(1).executeTakeFirst();
}

export async function updateConnection(
  trx: Reader,
  id: string,
  patch: Omit<Updateable<ConnectionsTable>, 'id' | 'crm' | 'created_at'>,
): Promise<void> {
  await trx.updateTable('connections').set(patch).where('id', '=', id).execute();
}

/** Takes the right to refresh this connection's tokens for `lease.owner`, unless another one has it. */
export async function takeRefreshLease(
  db: Reader,
  id: string,
  lease: { readonly owner: string; readonly now: Date; readonly until: Date },
): Promise<boolean> {
  const taken = await db
    .updateTable('connections')
    .set({ refresh_lease_until: lease.until, refresh_lease_owner: lease.owner })
    .where('id', '=', id)
    .where((where) =>
      where.or([where('refresh_lease_until', 'is', null), where('refresh_lease_until', '<', lease.now)]),
    )
    .returning('id')
    .execute();
  return taken.length === 1;
}

/** Gives that right back, unless it ran out and another one has it by now. */
export async function giveBackRefreshLease(db: Reader, id: string, owner: string): Promise<void> {
  await db
    .updateTable('connections')
    .set({ refresh_lease_until: null, refresh_lease_owner: null })
    .where('id', '=', id)
    .where('refresh_lease_owner', '=', owner)
    .execute();
}
