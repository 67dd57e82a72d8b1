import { sql } from 'kysely';
import type { Reader } from '../platform/database.js';
import type { CrmLinkRow } from './crm-link.store.js';

/** The registrations whose lead is one of these; leads of nobody are left out. */
export async function registrationsOfLeads(
  db: Reader,
  connectionId: string,
  crmLeadIds: readonly string[],
): Promise<readonly string[]> {
  if (crmLeadIds.length === 0) return [];
  const rows = await db
    .selectFrom('crm_links')
    .select('registration_id')
    .where('connection_id', '=', connectionId)
    .where('crm_lead_id', '=', sql<string>`any(${[...crmLeadIds]}::text[])`)
    .orderBy('registration_id')
    .execute();
  return rows.map((row) => row.registration_id);
}

/** The links of every registration that is or was one of these leads, whichever connection they are in. */
export async function linksOfLeads(db: Reader, crmLeadIds: readonly string[]): Promise<readonly CrmLinkRow[]> {
  if (crmLeadIds.length === 0) return [];
  return db
    .selectFrom('crm_links')
    .selectAll()
    .where('crm_lead_id', '=', sql<string>`any(${[...crmLeadIds]}::text[])`)
    .orderBy('registration_id')
    .execute();
}

/** Registrations of a connection that have a lead and no deal yet, by id. */
export async function registrationsWithLead(db: Reader, connectionId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('crm_links')
    .select('registration_id')
    .where('connection_id', '=', connectionId)
    .where('crm_lead_id', 'is not', null)
    .where('deal_id', 'is', null)
    .orderBy('registration_id')
    .execute();
  return rows.map((row) => row.registration_id);
}

/**
 * The lead that ended claims left behind, the newest: one that waits for a seller, or one of which nobody knew before `since` that a
 * seller had made a deal of it. Null where there is none.
 */
export async function leadLeftBehind(
  db: Reader,
  { connectionId, registrationIds, since }: LeftBehind,
): Promise<{ readonly registrationId: string; readonly crmLeadId: string } | null> {
  const row = await db
    .selectFrom('crm_links')
    .select(['registration_id', 'crm_lead_id'])
    .where('registration_id', '=', sql<string>`any(${[...registrationIds]}::text[])`)
    .where('connection_id', '=', connectionId)
    .where((link) =>
      link.or([
        link.and([link('lead_state', '=', 'open'), link('deal_id', 'is', null)]),
        link.and([
          link('lead_state', '=', 'converted'),
          link('deal_id', 'is not', null),
          link('linked_at', '>=', since),
        ]),
      ]),
    )
    .where('crm_lead_id', 'is not', null)
    .orderBy('linked_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row?.crm_lead_id == null) return null;
  return { registrationId: row.registration_id, crmLeadId: row.crm_lead_id };
}

interface LeftBehind {
  readonly connectionId: string;
  readonly registrationIds: readonly string[];
  readonly since: Date;
}

/** Since when deals of this connection may be meant for a registration; null where none is watched. */
export async function watchedSince(db: Reader, connectionId: string): Promise<Date | null> {
  const row = await db
    .selectFrom('crm_links')
    .select('watched_from')
    .where('connection_id', '=', connectionId)
    .where('watched_from', 'is not', null)
    .orderBy('watched_from')
    .limit(1)
    .executeTakeFirst();
  return row?.watched_from ?? null;
}

/** Whether any registration is in this CRM. */
export async function hasLinks(db: Reader, connectionId: string): Promise<boolean> {
  const row = await db
    .selectFrom('crm_links')
    .select('registration_id')
    .where('connection_id', '=', connectionId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

interface Records {
  readonly contactIds: readonly string[];
  readonly companyIds: readonly string[];
}

/** Every link that hangs on one of these contacts or companies, watched or not, by registration. */
export async function linksOn(db: Reader, connectionId: string, records: Records): Promise<readonly CrmLinkRow[]> {
  return db
    .selectFrom('crm_links')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where((link) =>
      link.or([
        link('crm_contact_id', '=', sql<string>`any(${[...records.contactIds]}::text[])`),
        link('crm_company_id', '=', sql<string>`any(${[...records.companyIds]}::text[])`),
      ]),
    )
    .orderBy('registration_id')
    .execute();
}

/** Watched links that hang on one of these contacts or companies, by registration. */
export async function watchedLinksOn(
  db: Reader,
  connectionId: string,
  records: Records,
): Promise<readonly CrmLinkRow[]> {
  return db
    .selectFrom('crm_links')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('watched_from', 'is not', null)
    .where((link) =>
      link.or([
        link('crm_contact_id', '=', sql<string>`any(${[...records.contactIds]}::text[])`),
        link('crm_company_id', '=', sql<string>`any(${[...records.companyIds]}::text[])`),
      ]),
    )
    .orderBy('registration_id')
    .execute();
}
