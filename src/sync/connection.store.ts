import type { Selectable } from 'kysely';
import type { CrmKind } from '../../connectors/contract.js';
import type { Reader, Tx } from '../platform/database.js';

export interface ConnectionsTable {
  id: string;
  crm: CrmKind;
  name: string;
  account_id: string | null;
  tokens_sealed: string | null;
  refresh_lease_until: Date | null;
  sweep_cursor: string | null;
  swept_at: Date | null;
  full_read_at: Date | null;
  provisioned_at: Date | null;
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
  patch: Partial<Omit<ConnectionsTable, 'id' | 'crm' | 'created_at'>>,
): Promise<void> {
  await trx.updateTable('connections').set(patch).where('id', '=', id).execute();
}

/** Takes the right to refresh this connection's tokens, unless another process has it. */
export async function takeRefreshLease(db: Reader, id: string, now: Date, until: Date): Promise<boolean> {
  const taken = await db
    .updateTable('connections')
    .set({ refresh_lease_until: until })
    .where('id', '=', id)
    .where((where) => where.or([where('refresh_lease_until', 'is', null), where('refresh_lease_until', '<', now)]))
    .returning('id')
    .execute();
  return taken.length === 1;
}
