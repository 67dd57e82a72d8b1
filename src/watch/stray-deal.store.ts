import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';

export interface StrayDealsTable {
  connection_id: string;
  crm_deal_id: string;
  stage_id: string | null;
  due: boolean;
  tied: boolean;
  checked_at: Date | null;
  noted_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    stray_deals: StrayDealsTable;
  }
}

/** A deal of no registration, as it was seen. */
export interface Stray {
  readonly crmDealId: string;
  readonly stageId: string | null;
}

/** One that was about nobody is asked about again when it is seen this long after. */
const untiedAgainMs = 60_000;

/**
 * Notes strays: one seen for the first time, in another stage than before, or while it was about nobody, is to be asked about.
 * One statement for all. @returns whether any is
 */
export async function noteStrays(trx: Tx, connectionId: string, strays: readonly Stray[], now: Date): Promise<boolean> {
  if (strays.length === 0) return false;
  const distinct = [...new Map(strays.map((stray) => [stray.crmDealId, stray])).values()];
  // Ordered, because two reads that see the same deals in another order would deadlock.
  const { rows } = await sql<{ due: boolean }>`
    insert into stray_deals as known (connection_id, crm_deal_id, stage_id, due, tied, noted_at)
    select ${connectionId}, seen.crm_deal_id, seen.stage_id, true, false, ${now}
    from unnest(
      ${distinct.map((stray) => stray.crmDealId)}::text[], ${distinct.map((stray) => stray.stageId)}::text[]
    ) as seen(crm_deal_id, stage_id)
    order by 2
    on conflict (connection_id, crm_deal_id) do update set
      due = known.due or known.stage_id is distinct from excluded.stage_id
        or (not known.tied and known.checked_at < ${new Date(now.getTime() - untiedAgainMs)}),
      stage_id = excluded.stage_id,
      noted_at = excluded.noted_at
    returning due`.execute(trx);
  return rows.some((row) => row.due);
}

export async function dueStrays(db: Reader, connectionId: string, limit: number): Promise<readonly Stray[]> {
  const rows = await db
    .selectFrom('stray_deals')
    .select(['crm_deal_id', 'stage_id'])
    .where('connection_id', '=', connectionId)
    .where('due', '=', true)
    .orderBy('crm_deal_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ crmDealId: row.crm_deal_id, stageId: row.stage_id }));
}

/** Notes that strays were asked about; one that has moved on to another stage meanwhile stays due. */
export async function strayAsked(
  trx: Tx,
  connectionId: string,
  asked: readonly (Stray & { readonly tied: boolean })[],
  now: Date,
): Promise<void> {
  await sql`
    update stray_deals set due = stray_deals.stage_id is distinct from asked.stage_id, tied = asked.tied, checked_at = ${now}
    from unnest(
      ${asked.map((one) => one.crmDealId)}::text[], ${asked.map((one) => one.stageId)}::text[],
      ${asked.map((one) => one.tied)}::boolean[]
    ) as asked(crm_deal_id, stage_id, tied)
    where stray_deals.connection_id = ${connectionId} and stray_deals.crm_deal_id = asked.crm_deal_id`.execute(trx);
}

/** Forgets strays that nobody has seen since: seen again, they are new. */
export async function forgetStrays(trx: Tx, connectionId: string, seenBefore: Date): Promise<void> {
  await trx
    .deleteFrom('stray_deals')
    .where('connection_id', '=', connectionId)
    .where('noted_at', '<', seenBefore)
    .execute();
}
