import type { Selectable } from 'kysely';
import type { Database, Reader, Tx } from '../platform/database.js';

export interface ApiKeysTable {
  id: string;
  prefix: string | null;
  key_hash: string;
  role: 'operator' | 'partner';
  partner_id: string | null;
  name: string;
  source: 'issued' | 'environment';
  /** Of an operator key; null: all. */
  rights: string[] | null;
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

declare module '../platform/database.js' {
  interface Tables {
    api_keys: ApiKeysTable;
  }
}

export type ApiKeyRow = Selectable<ApiKeysTable>;
export type NewApiKey = Omit<ApiKeyRow, 'last_used_at' | 'revoked_at'>;

export async function insertApiKey(trx: Tx, key: NewApiKey): Promise<void> {
  await trx.insertInto('api_keys').values(key).execute();
}

/** The keys in force that a presented key might be: the one with its prefix, and the one of the environment. */
export async function candidateApiKeys(db: Reader, prefix: string | null): Promise<readonly ApiKeyRow[]> {
  return db
    .selectFrom('api_keys')
    .selectAll()
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('prefix', '=', prefix), where('source', '=', 'environment')]))
    .execute();
}

/** Notes that the key was used, unless that was noted after `before`. */
export async function touchApiKey(db: Database, id: string, now: Date, before: Date): Promise<void> {
  await db
    .updateTable('api_keys')
    .set({ last_used_at: now })
    .where('id', '=', id)
    .where((where) => where.or([where('last_used_at', 'is', null), where('last_used_at', '<', before)]))
    .execute();
}

export async function findApiKey(db: Reader, id: string): Promise<ApiKeyRow | undefined> {
  return db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function markRevoked(trx: Tx, id: string, now: Date): Promise<void> {
  await trx.updateTable('api_keys').set({ revoked_at: now }).where('id', '=', id).execute();
}

/** Makes `key` the environment's only key in force, when it is not so already. Returns whether anything changed. */
export async function replaceEnvironmentKey(trx: Tx, key: NewApiKey): Promise<boolean> {
  await trx
    .updateTable('api_keys')
    .set({ revoked_at: key.created_at })
    .where('source', '=', 'environment')
    .where('revoked_at', 'is', null)
    .where('key_hash', '!=', key.key_hash)
    .execute();
  const added = await trx
    .insertInto('api_keys')
    .values(key)
    // Another process that starts with the same key may have been faster.
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

export interface ApiKeyFilter {
  readonly role?: ApiKeyRow['role'] | undefined;
  readonly partnerId?: string | undefined;
  readonly afterId?: string | undefined;
}

/** Keys that match, revoked ones too, oldest first. */
export async function listApiKeys(db: Reader, filter: ApiKeyFilter, limit: number): Promise<readonly ApiKeyRow[]> {
  let query = db.selectFrom('api_keys').selectAll().orderBy('id').limit(limit);
  if (filter.role !== undefined) query = query.where('role', '=', filter.role);
  if (filter.partnerId !== undefined) query = query.where('partner_id', '=', filter.partnerId);
  if (filter.afterId !== undefined) query = query.where('id', '>', filter.afterId);
  return query.execute();
}
