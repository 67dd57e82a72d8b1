import { sql, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import { likePart } from '../platform/like-part.js';

export interface PartnerApplicationsTable {
  id: string;
  company_name: string;
  website: string;
  company_key: string;
  country: string;
  contact_name: string;
  /** In lower case. */
  contact_email: string;
  type: string;
  message: string | null;
  status: 'open' | 'accepted' | 'rejected';
  partner_id: string | null;
  reason: string | null;
  submitted_at: Date;
  decided_at: Date | null;
  /** Whoever decided, by the name they had. */
  decided_by: string | null;
}

export interface PartnerApplicationRepeatsTable {
  id: string;
  application_id: string;
  company_name: string;
  contact_name: string;
  contact_email: string;
  message: string | null;
  at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    partner_applications: PartnerApplicationsTable;
    partner_application_repeats: PartnerApplicationRepeatsTable;
  }
}

export type ApplicationRow = Selectable<PartnerApplicationsTable>;
export type RepeatRow = Selectable<PartnerApplicationRepeatsTable>;
type Applicant = Pick<ApplicationRow, 'company_key' | 'contact_email'>;

/** Lets one application at a time come in: of two from one company at once, the second finds the first. */
export async function lockApplications(trx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('partner_applications', 0))`.execute(trx);
}

export async function countApplicationsSince(db: Reader, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (
      (select count(*) from partner_applications where submitted_at > ${since})
      + (select count(*) from partner_application_repeats where at > ${since})
    )::int as count`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Applications of the same company or address, oldest first. */
export async function applicationsOf(db: Reader, applicant: Applicant): Promise<readonly ApplicationRow[]> {
  return db
    .selectFrom('partner_applications')
    .selectAll()
    .where((where) =>
      where.or([
        where('company_key', '=', applicant.company_key),
        where('contact_email', '=', applicant.contact_email),
      ]),
    )
    .orderBy('id')
    .limit(mostShown)
    .execute();
}

const mostShown = 100;

export async function insertApplication(trx: Tx, application: ApplicationRow): Promise<void> {
  await trx.insertInto('partner_applications').values(application).execute();
}

export async function insertRepeat(trx: Tx, repeat: RepeatRow): Promise<void> {
  await trx.insertInto('partner_application_repeats').values(repeat).execute();
}

export async function repeatsOf(db: Reader, applicationId: string): Promise<readonly RepeatRow[]> {
  return db
    .selectFrom('partner_application_repeats')
    .selectAll()
    .where('application_id', '=', applicationId)
    .orderBy('id')
    .limit(mostShown)
    .execute();
}

export async function findApplication(db: Reader, id: string): Promise<ApplicationRow | undefined> {
  return db.selectFrom('partner_applications').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The same, kept from being decided by somebody else until the transaction ends. */
export async function lockApplication(trx: Tx, id: string): Promise<ApplicationRow | undefined> {
  return trx.selectFrom('partner_applications').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function updateApplication(
  trx: Tx,
  id: string,
  decision: Pick<ApplicationRow, 'status' | 'partner_id' | 'reason' | 'decided_at' | 'decided_by'>,
): Promise<void> {
  await trx.updateTable('partner_applications').set(decision).where('id', '=', id).execute();
}

export interface ApplicationFilter {
  readonly status?: ApplicationRow['status'] | undefined;
  /** A part of what was typed, also in what was sent again. */
  readonly search?: string | undefined;
  readonly order: 'oldest' | 'newest';
  readonly after?: string | undefined;
}

/** Applications that match, in the order they came in. */
export async function listApplications(
  db: Reader,
  { status, search, order, after }: ApplicationFilter,
  limit: number,
): Promise<readonly ApplicationRow[]> {
  let query = db.selectFrom('partner_applications').selectAll();
  if (status !== undefined) query = query.where('status', '=', status);
  if (search !== undefined && search !== '') {
    query = query.where(holding(likePart(search)));
  }
  const newestFirst = order === 'newest';
  if (after !== undefined) query = query.where('id', newestFirst ? '<' : '>', after);
  return query
    .orderBy('id', newestFirst ? 'desc' : 'asc')
    .limit(limit)
    .execute();
}

function holding(part: string) {
  return sql<boolean>`(
    company_name ilike ${part} or website ilike ${part} or contact_name ilike ${part} or contact_email ilike ${part}
    or exists (
      select 1 from partner_application_repeats as repeat where repeat.application_id = partner_applications.id
      and (repeat.company_name ilike ${part} or repeat.contact_name ilike ${part} or repeat.contact_email ilike ${part})
    ))`;
}
