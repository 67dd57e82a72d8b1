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
  /** Whether its tokens come from the environment, or of a person who connected it in the browser. */
  sign_in: Generated<'environment' | 'web'>;
  /** The sign-in its tokens are of; null: of the environment, or nobody has connected it. */
  sign_in_id: string | null;
  connected_at: Date | null;
  /** Ids of people; null where a program did it. */
  connected_by: string | null;
  disconnected_at: Date | null;
  disconnected_by: string | null;
  disconnect_reason: string | null;
  /** When the CRM last told of a change, within some seconds. */
  last_signal_at: Date | null;
  created_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    connections: ConnectionsTable;
  }
}

export type ConnectionRow = Selectable<ConnectionsTable>;

/** Whether there is a way into the account. */
export function isConnected(row: Pick<ConnectionRow, 'sign_in' | 'sign_in_id'>): boolean {
  return row.sign_in === 'environment' || row.sign_in_id !== null;
}

/** What a connection has of a sign-in that is over: nothing. */
export const signedOut = {
  tokens_sealed: null,
  sign_in_id: null,
  connected_at: null,
  connected_by: null,
  refresh_lease_until: null,
  refresh_lease_owner: null,
} as const;

/**
 * Makes the connection known; one that is there keeps its cursor and tokens, unless they were a person's and the environment
 * gives others now.
 */
export async function ensureConnection(
  trx: Tx,
  connection: Pick<ConnectionRow, 'id' | 'crm' | 'name'> & { readonly signIn?: ConnectionRow['sign_in'] },
  now: Date,
): Promise<void> {
  const { id, crm, name, signIn: sign_in = 'environment' } = connection;
  await trx
    .insertInto('connections')
    .values({ id, crm, name, sign_in, created_at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ sign_in }))
    .execute();
  if (sign_in === 'web') return;
  await trx
    .updateTable('connections')
    .set(signedOut)
    .where('id', '=', id)
    .where('sign_in_id', 'is not', null)
    .execute();
}

/** Keeps one connection from being changed by others until the transaction ends. */
export async function lockConnection(trx: Tx, id: string): Promise<ConnectionRow | undefined> {
  return trx.selectFrom('connections').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Stores tokens unless those of another sign-in are there by now. @param signInId null: the environment's */
export async function saveTokens(db: Reader, id: string, signInId: string | null, sealed: string): Promise<void> {
  await db
    .updateTable('connections')
    .set({ tokens_sealed: sealed })
    .where('id', '=', id)
    .where('sign_in_id', signInId === null ? 'is' : '=', signInId)
    .execute();
}

/** Notes that the CRM told of a change. */
export async function noteSignal(db: Reader, id: string, at: Date): Promise<void> {
  await db
    .updateTable('connections')
    .set({ last_signal_at: at })
    .where('id', '=', id)
    .where((where) => where.or([where('last_signal_at', 'is', null), where('last_signal_at', '<', at)]))
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

/**
 * Notes which account our fields were made in, unless another sign-in, or none, is there by now.
 * @param signInId of the sign-in they were made with; null: the environment's
 * @returns whether it was noted
 */
export async function noteProvisioned(
  trx: Tx,
  id: string,
  signInId: string | null,
  { accountId, at }: { readonly accountId: string | null; readonly at: Date },
): Promise<boolean> {
  const noted = await trx
    .updateTable('connections')
    .set({ account_id: accountId, provisioned_at: at })
    .where('id', '=', id)
    .where('sign_in_id', signInId === null ? 'is' : '=', signInId)
    .returning('id')
    .execute();
  return noted.length === 1;
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
