import { sql, type Generated, type Selectable, type Updateable } from 'kysely';
import type { CrmKind } from '../../connectors/contract.js';
import { newId } from '../platform/ids.js';
import type { Reader, Tx } from '../platform/database.js';

export interface DealsTable {
  id: string;
  connection_id: string;
  crm: CrmKind;
  crm_deal_id: string;
  /** The deal that a merge left this one in. */
  merged_into: Generated<string | null>;
  created_at: Date;
}

export interface CrmLinksTable {
  registration_id: string;
  connection_id: string;
  crm_contact_id: string | null;
  crm_company_id: string | null;
  deal_id: string | null;
  deal_started_at: Date | null;
  linked_at: Date | null;
  created_at: Date;
  crm_lead_id: Generated<string | null>;
  lead_state: Generated<LeadState | null>;
  lead_started_at: Generated<Date | null>;
  watched_from: Generated<Date | null>;
  stamp_due: Generated<boolean>;
}

/** What became of the lead in the CRM, as far as we know. */
export type LeadState = 'open' | 'converted' | 'deleted';

declare module '../platform/database.js' {
  interface Tables {
    deals: DealsTable;
    crm_links: CrmLinksTable;
  }
}

export type DealRow = Selectable<DealsTable>;
export type CrmLinkRow = Selectable<CrmLinksTable>;

/** Our ids of these CRM deals, made where they are new. Keyed by CRM deal id. */
export async function ensureDeals(
  trx: Tx,
  connection: { readonly id: string; readonly crm: CrmKind },
  crmDealIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(crmDealIds)].sort();
  if (ids.length === 0) return new Map();
  await trx
    .insertInto('deals')
    .values(
      ids.map((crmDealId) => ({
        id: newId('deal'),
        connection_id: connection.id,
        crm: connection.crm,
        crm_deal_id: crmDealId,
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.columns(['connection_id', 'crm_deal_id']).doNothing())
    .execute();
  const rows = await findDealsByCrmIds(trx, connection.id, ids);
  return new Map(rows.map((row) => [row.crm_deal_id, row.id]));
}

export async function findDealsByCrmIds(
  db: Reader,
  connectionId: string,
  crmDealIds: readonly string[],
): Promise<readonly DealRow[]> {
  if (crmDealIds.length === 0) return [];
  return db
    .selectFrom('deals')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('crm_deal_id', '=', sql<string>`any(${[...crmDealIds]}::text[])`)
    .execute();
}

export async function findDeals(db: Reader, dealIds: readonly string[]): Promise<readonly DealRow[]> {
  if (dealIds.length === 0) return [];
  return db
    .selectFrom('deals')
    .selectAll()
    .where('id', '=', sql<string>`any(${[...dealIds]}::text[])`)
    .execute();
}

/** Which CRM each of these deals is in, and its id there. */
export async function crmIdsOfDeals(
  db: Reader,
  dealIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly crm: CrmKind; readonly crmDealId: string }>> {
  const rows = await db
    .selectFrom('deals')
    .select(['id', 'crm', 'crm_deal_id'])
    .where('id', '=', sql<string>`any(${[...dealIds]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, { crm: row.crm, crmDealId: row.crm_deal_id }]));
}

const mergedAway = 'merged:';

/** What stands in place of the CRM id of a deal that a merge ate: no two deals may share one. */
export function idAfterMerge(dealId: string): string {
  return `${mergedAway}${dealId}`;
}

export function wasMergedAway(deal: DealRow): boolean {
  return deal.crm_deal_id.startsWith(mergedAway);
}

/** A merge gave the deal a new id in the CRM; ours stays. */
export async function moveDeal(trx: Tx, dealId: string, crmDealId: string): Promise<void> {
  await trx.updateTable('deals').set({ crm_deal_id: crmDealId }).where('id', '=', dealId).execute();
}

/** Registrations of deals that were merged away, and what else is told of them, belong to the surviving deal from now on. */
export async function moveLinks(trx: Tx, fromDealIds: readonly string[], toDealId: string): Promise<void> {
  if (fromDealIds.length === 0) return;
  await trx.updateTable('crm_links').set({ deal_id: toDealId }).where('deal_id', 'in', fromDealIds).execute();
  await trx.updateTable('deals').set({ merged_into: toDealId }).where('id', 'in', fromDealIds).execute();
}

/** @param link.watchedFrom since when deals may be meant for the registration: it was submitted then */
export async function openLink(
  trx: Tx,
  link: { readonly registrationId: string; readonly connectionId: string; readonly watchedFrom: Date },
  now: Date,
): Promise<CrmLinkRow> {
  const { registrationId, connectionId, watchedFrom } = link;
  await trx
    .insertInto('crm_links')
    .values({
      registration_id: registrationId,
      connection_id: connectionId,
      created_at: now,
      watched_from: watchedFrom,
    })
    .onConflict((conflict) => conflict.column('registration_id').doNothing())
    .execute();
  return trx
    .selectFrom('crm_links')
    .selectAll()
    .where('registration_id', '=', registrationId)
    .executeTakeFirstOrThrow();
}

export async function updateLink(
  trx: Tx,
  registrationId: string,
  patch: Omit<Updateable<CrmLinksTable>, 'registration_id' | 'connection_id' | 'created_at'>,
): Promise<void> {
  await trx.updateTable('crm_links').set(patch).where('registration_id', '=', registrationId).execute();
}

export async function linksOfRegistrations(db: Reader, ids: readonly string[]): Promise<readonly CrmLinkRow[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('crm_links')
    .selectAll()
    .where('registration_id', '=', sql<string>`any(${[...ids]}::text[])`)
    .execute();
}

/** The deals that these registrations are or were linked to. */
export async function dealIdsOfRegistrations(db: Reader, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ deal_id: string }>`
    select distinct deal_id from crm_links
    where registration_id = any(${[...ids]}::text[]) and deal_id is not null`.execute(db);
  return rows.map((row) => row.deal_id);
}

/** Registrations that are or were linked to these deals. */
export async function linksOfDeals(db: Reader, dealIds: readonly string[]): Promise<readonly CrmLinkRow[]> {
  if (dealIds.length === 0) return [];
  return db
    .selectFrom('crm_links')
    .selectAll()
    .where('deal_id', '=', sql<string>`any(${[...dealIds]}::text[])`)
    .orderBy('linked_at')
    .execute();
}

/** Which registrations are or were linked to these deals, and nothing else about them. */
export async function registrationIdsOfDeals(
  db: Reader,
  dealIds: readonly string[],
): Promise<readonly { readonly registrationId: string; readonly dealId: string }[]> {
  const { rows } = await sql<{ registration_id: string; deal_id: string }>`
    select registration_id, deal_id from crm_links where deal_id = any(${[...dealIds]}::text[])`.execute(db);
  return rows.map((row) => ({ registrationId: row.registration_id, dealId: row.deal_id }));
}

/** Deals linked to a registration on this connection, a page at a time by id. */
export async function linkedDealsAfter(
  db: Reader,
  connectionId: string,
  after: string,
  limit: number,
): Promise<readonly DealRow[]> {
  return db
    .selectFrom('deals')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('id', '>', after)
    .where((where) =>
      where.exists(
        where
          .selectFrom('crm_links')
          .select('crm_links.registration_id')
          .whereRef('crm_links.deal_id', '=', 'deals.id'),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Whether anything of a connection's account is known by its ids. */
export async function knowsRecords(db: Reader, connectionId: string): Promise<boolean> {
  const deal = await db.selectFrom('deals').select('id').where('connection_id', '=', connectionId).executeTakeFirst();
  if (deal !== undefined) return true;
  const link = await db
    .selectFrom('crm_links')
    .select('registration_id')
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  return link !== undefined;
}
