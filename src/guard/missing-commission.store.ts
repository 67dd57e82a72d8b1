import { sql, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { JsonColumn } from '../platform/platform-tables.js';
import type { WinFacts } from '../watch/unclaimed-win.store.js';
import type { MissingEvidence } from './missing-commission.js';
import type { MissingStatus } from './missing-commission-status.js';

export interface MissingCommissionsTable {
  id: string;
  deal_id: string;
  registration_id: string;
  status: MissingStatus;
  likelihood: number;
  deal: JsonColumn<WinFacts>;
  evidence: JsonColumn<MissingEvidence>;
  found_at: Date;
  updated_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  reason: string | null;
}

declare module '../platform/database.js' {
  interface Tables {
    missing_commissions: MissingCommissionsTable;
  }
}

export type MissingCommission = Selectable<MissingCommissionsTable>;

export interface Found {
  readonly registrationId: string;
  readonly likelihood: number;
  readonly evidence: MissingEvidence;
}

/**
 * Makes these what is open about a deal. What was dismissed is opened again only by other evidence, what was linked never.
 */
export async function keepFound(
  trx: Tx,
  deal: { readonly id: string; readonly facts: WinFacts },
  found: readonly Found[],
  now: Date,
): Promise<void> {
  const registrationIds = found.map((one) => one.registrationId);
  await sql`
    update missing_commissions set status = 'obsolete', updated_at = ${now}
    where deal_id = ${deal.id} and status = 'open' and registration_id <> all(${registrationIds}::text[])`.execute(trx);
  for (const { registrationId, likelihood, evidence } of found) {
    await sql`
      insert into missing_commissions as known (
        id, deal_id, registration_id, status, likelihood, deal, evidence, found_at, updated_at)
      values (${newId('mis')}, ${deal.id}, ${registrationId}, 'open', ${likelihood}, ${JSON.stringify(deal.facts)}::jsonb,
        ${JSON.stringify(evidence)}::jsonb, ${now}, ${now})
      on conflict (deal_id, registration_id) do update set
        status = 'open', likelihood = excluded.likelihood, deal = excluded.deal, evidence = excluded.evidence,
        updated_at = excluded.updated_at, decided_by = null, decided_at = null, reason = null,
        found_at = case when known.status = 'open' then known.found_at else excluded.found_at end
      where known.status in ('open', 'obsolete')
        or (known.status = 'dismissed' and known.evidence <> excluded.evidence)`.execute(trx);
  }
}

export async function findMissing(db: Reader, id: string): Promise<MissingCommission | undefined> {
  return db.selectFrom('missing_commissions').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function decideMissing(
  trx: Tx,
  id: string,
  decision: { readonly status: 'linked' | 'dismissed'; readonly by: string; readonly reason: string | null },
  now: Date,
): Promise<void> {
  await trx
    .updateTable('missing_commissions')
    .set({
      status: decision.status,
      decided_by: decision.by,
      decided_at: now,
      reason: decision.reason,
      updated_at: now,
    })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .execute();
}

/** A registration has the deal now: what was open about the two is settled, as linked for this pair and otherwise as needless. */
export async function settleFound(
  trx: Tx,
  moved: { readonly registrationId: string; readonly dealId: string; readonly by: string; readonly reason: string },
  now: Date,
): Promise<void> {
  const isPair = sql`registration_id = ${moved.registrationId} and deal_id = ${moved.dealId}`;
  await sql`
    update missing_commissions set status = case when ${isPair} then 'linked' else 'obsolete' end,
      decided_by = ${moved.by}, decided_at = ${now}, reason = ${moved.reason}, updated_at = ${now}
    where status = 'open' and (registration_id = ${moved.registrationId} or deal_id = ${moved.dealId})`.execute(trx);
}

/** Deals among these about which something is open. */
export async function dealsWithFound(db: Reader, dealIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ deal_id: string }>`
    select distinct deal_id from missing_commissions
    where status = 'open' and deal_id = any(${[...dealIds]}::text[])`.execute(db);
  return rows.map((row) => row.deal_id);
}

/** The deals that may be owed to a registration. */
export async function openDealsOf(db: Reader, registrationId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('missing_commissions')
    .select('deal_id')
    .where('registration_id', '=', registrationId)
    .where('status', '=', 'open')
    .execute();
  return rows.map((row) => row.deal_id);
}

/** A registration is over: nothing is owed to it. */
export async function retireFoundOf(trx: Tx, registrationId: string, now: Date): Promise<void> {
  await trx
    .updateTable('missing_commissions')
    .set({ status: 'obsolete', updated_at: now })
    .where('registration_id', '=', registrationId)
    .where('status', '=', 'open')
    .execute();
}

/** These deals are not won any more. */
export async function retireFound(trx: Tx, dealIds: readonly string[], now: Date): Promise<void> {
  if (dealIds.length === 0) return;
  await sql`
    update missing_commissions set status = 'obsolete', updated_at = ${now}
    where status = 'open' and deal_id = any(${[...dealIds]}::text[])`.execute(trx);
}

export interface MissingFilter {
  readonly status?: MissingStatus | undefined;
  readonly after?: { readonly likelihood: number; readonly id: string } | undefined;
}

/** The likeliest first. */
export async function listMissing(
  db: Reader,
  { status, after }: MissingFilter,
  limit: number,
): Promise<readonly MissingCommission[]> {
  let query = db.selectFrom('missing_commissions').selectAll();
  if (status !== undefined) query = query.where('status', '=', status);
  if (after !== undefined) {
    query = query.where((row) =>
      row.or([
        row('likelihood', '<', after.likelihood),
        row.and([row('likelihood', '=', after.likelihood), row('id', '<', after.id)]),
      ]),
    );
  }
  return query.orderBy('likelihood', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

export async function countOpenMissing(db: Reader): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from missing_commissions where status = 'open'`.execute(db);
  return rows[0]?.count ?? 0;
}
