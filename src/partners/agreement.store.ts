import { sql, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { Day } from '../program/calendar.js';
import type { DatedAgreement } from './agreement.js';

export interface AgreementVersionsTable {
  version: number;
  text: string;
  effective_from: string;
  asks_acceptance: boolean;
  note: string | null;
  content_hash: string;
  published_at: Date;
  /** By the name they had. */
  published_by: string;
}

export interface AgreementAcceptancesTable {
  partner_id: string;
  version: number;
  content_hash: string;
  person_id: string;
  accepted_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    agreement_versions: AgreementVersionsTable;
    agreement_acceptances: AgreementAcceptancesTable;
  }
}

export type AgreementRow = Selectable<AgreementVersionsTable>;
export type AcceptanceRow = Selectable<AgreementAcceptancesTable>;

/** Lets one at a time publish. */
export async function lockAgreements(trx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('agreement_versions', 0))`.execute(trx);
}

/** When each version holds, oldest first; without the texts, which are long. */
export async function datedAgreements(db: Reader): Promise<readonly DatedAgreement[]> {
  const rows = await db
    .selectFrom('agreement_versions')
    .select(['version', 'effective_from', 'asks_acceptance'])
    .orderBy('version')
    .execute();
  return rows.map((row) => ({
    version: row.version,
    effectiveFrom: row.effective_from as Day,
    asksAcceptance: row.asks_acceptance,
  }));
}

export async function findAgreement(db: Reader, version: number): Promise<AgreementRow | undefined> {
  return db.selectFrom('agreement_versions').selectAll().where('version', '=', version).executeTakeFirst();
}

export async function latestAgreement(db: Reader): Promise<AgreementRow | undefined> {
  return db.selectFrom('agreement_versions').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst();
}

export async function insertAgreement(trx: Tx, agreement: AgreementRow): Promise<void> {
  await trx.insertInto('agreement_versions').values(agreement).execute();
}

/** Newest first, without the texts, with how many partners accepted each. */
export async function agreementSummaries(
  db: Reader,
): Promise<readonly (Omit<AgreementRow, 'text'> & { readonly accepted_by: number })[]> {
  const { rows } = await sql<Omit<AgreementRow, 'text'> & { accepted_by: number }>`
    select version, effective_from, asks_acceptance, note, content_hash, published_at, published_by,
      (select count(*)::int from agreement_acceptances as accepted where accepted.version = agreement_versions.version)
        as accepted_by
    from agreement_versions order by version desc`.execute(db);
  return rows;
}

/** What a partner accepted, newest first. */
export async function acceptancesOf(db: Reader, partnerId: string): Promise<readonly AcceptanceRow[]> {
  return db
    .selectFrom('agreement_acceptances')
    .selectAll()
    .where('partner_id', '=', partnerId)
    .orderBy('version', 'desc')
    .execute();
}

/** Whether this is the first acceptance of the version; of two at once one is. */
export async function insertAcceptance(trx: Tx, acceptance: AcceptanceRow): Promise<boolean> {
  const { rows } = await sql`
    insert into agreement_acceptances (partner_id, version, content_hash, person_id, accepted_at)
    values (${acceptance.partner_id}, ${acceptance.version}, ${acceptance.content_hash}, ${acceptance.person_id},
      ${acceptance.accepted_at})
    on conflict (partner_id, version) do nothing returning version`.execute(trx);
  return rows.length > 0;
}
