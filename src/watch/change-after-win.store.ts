import { sql, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { isOurs, watchedFields, type ChangeStatus, type WatchedField } from './change-after-win.js';

export interface ChangesAfterWinTable {
  id: string;
  deal_id: string;
  revision: number;
  field: WatchedField;
  before_value: string | null;
  after_value: string | null;
  changed_by: string | null;
  changed_how: string | null;
  changed_at: Date | null;
  status: ChangeStatus;
  observed_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  reason: string | null;
}

declare module '../platform/database.js' {
  interface Tables {
    changes_after_win: ChangesAfterWinTable;
  }
}

export type ChangeAfterWin = Selectable<ChangesAfterWinTable>;

export async function insertChange(trx: Tx, change: Omit<ChangeAfterWin, 'id'>): Promise<void> {
  await trx
    .insertInto('changes_after_win')
    .values({ id: newId('chg'), ...change })
    .onConflict((conflict) => conflict.columns(['deal_id', 'revision', 'field']).doNothing())
    .execute();
}

export async function findChange(db: Reader, id: string): Promise<ChangeAfterWin | undefined> {
  return db.selectFrom('changes_after_win').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The same, kept from being decided by somebody else until the transaction ends. */
export async function lockChange(trx: Tx, id: string): Promise<ChangeAfterWin | undefined> {
  return trx.selectFrom('changes_after_win').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function updateChange(
  trx: Tx,
  id: string,
  patch: Partial<Omit<ChangeAfterWin, 'id' | 'deal_id' | 'field' | 'before_value'>>,
): Promise<void> {
  await trx.updateTable('changes_after_win').set(patch).where('id', '=', id).execute();
}

/** What happened last to each watched field of these deals. */
export async function lastChanges(db: Reader, dealIds: readonly string[]): Promise<readonly ChangeAfterWin[]> {
  if (dealIds.length === 0) return [];
  return db
    .selectFrom('changes_after_win')
    .distinctOn(['deal_id', 'field'])
    .selectAll()
    .where('deal_id', '=', sql<string>`any(${[...dealIds]}::text[])`)
    .orderBy('deal_id')
    .orderBy('field')
    .orderBy('revision', 'desc')
    .execute();
}

export interface HeldValues {
  /** With its currency: `1000.00 EUR`. */
  readonly amount?: string | null;
  readonly closeDate?: string | null;
}

/** The values that go on counting for these deals although the CRM says something else. */
export async function heldValues(db: Reader, dealIds: readonly string[]): Promise<ReadonlyMap<string, HeldValues>> {
  const held = new Map<string, HeldValues>();
  for (const { deal_id: dealId, field, status, before_value: value } of await lastChanges(db, dealIds)) {
    if (isOurs(field) || (status !== 'open' && status !== 'restored')) continue;
    held.set(dealId, { ...held.get(dealId), [field]: value });
  }
  return held;
}

const creditedFields = watchedFields.filter((field) => !isOurs(field));

/** What was held of an earlier win holds no more: these deals were won anew, or are not won. */
export async function endHeld(trx: Tx, dealIds: readonly string[], now: Date): Promise<void> {
  await trx
    .updateTable('changes_after_win')
    .set({ status: 'undone', decided_by: 'program', decided_at: now })
    .where('deal_id', '=', sql<string>`any(${[...dealIds]}::text[])`)
    .where('field', 'in', creditedFields)
    .where('status', 'in', ['open', 'restored'])
    .execute();
}

/** How often each of these deals had a field restored since a moment. */
export async function countRestores(db: Reader, dealId: string, field: WatchedField, since: Date): Promise<number> {
  const row = await db
    .selectFrom('changes_after_win')
    .select(({ fn }) => fn.countAll<string>().as('restores'))
    .where('deal_id', '=', dealId)
    .where('field', '=', field)
    .where('status', '=', 'restored')
    .where('observed_at', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(row.restores);
}

export interface ChangeFilter {
  readonly status?: ChangeStatus | undefined;
  readonly dealId?: string | undefined;
  readonly before?: string | undefined;
}

/** The newest first. */
export async function listChanges(
  db: Reader,
  { status, dealId, before }: ChangeFilter,
  limit: number,
): Promise<readonly ChangeAfterWin[]> {
  let query = db.selectFrom('changes_after_win').selectAll().orderBy('id', 'desc').limit(limit);
  if (status !== undefined) query = query.where('status', '=', status);
  if (dealId !== undefined) query = query.where('deal_id', '=', dealId);
  if (before !== undefined) query = query.where('id', '<', before);
  return query.execute();
}

export async function countOpenChanges(db: Reader): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from changes_after_win where status = 'open'`.execute(db);
  return rows[0]?.count ?? 0;
}
