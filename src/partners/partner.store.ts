import { sql, type Selectable, type Updateable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import { PartnerEmailTaken } from './partner-errors.js';

export interface PartnersTable {
  id: string;
  name: string;
  email: string;
  recruited_by: string | null;
  payout_currency: string | null;
  status: 'active' | 'inactive';
  personal_token: string;
  deactivated_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    partners: PartnersTable;
  }
}

export type PartnerRow = Selectable<PartnersTable>;
export type PartnerPatch = Omit<
  Updateable<PartnersTable>,
  'id' | 'personal_token' | 'deactivated_at' | 'created_at' | 'updated_at'
>;

/** @throws PartnerEmailTaken */
export async function insertPartner(trx: Tx, partner: PartnerRow): Promise<void> {
  await onceByEmail(partner.email, () => trx.insertInto('partners').values(partner).execute());
}

/** @throws PartnerEmailTaken */
export async function updatePartner(
  trx: Tx,
  id: string,
  patch: PartnerPatch,
  now: Date,
): Promise<PartnerRow | undefined> {
  const update = trx.updateTable('partners').set({ ...patch, ...deactivation(patch.status, now), updated_at: now });
  return onceByEmail(patch.email ?? '', () => update.where('id', '=', id).returningAll().executeTakeFirst());
}

/** A partner that is inactive already keeps the moment it became so. */
function deactivation(status: PartnerPatch['status'], now: Date) {
  if (status === undefined) return {};
  return { deactivated_at: status === 'active' ? null : sql<Date>`coalesce(deactivated_at, ${now})` };
}

async function onceByEmail<T>(email: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    // By name: the error classes of the two databases differ.
    const constraint = error instanceof Error && 'constraint' in error ? error.constraint : undefined;
    if (constraint === 'partners_one_per_email') throw new PartnerEmailTaken(email);
    throw error;
  }
}

export async function findPartner(db: Reader, id: string): Promise<PartnerRow | undefined> {
  return db.selectFrom('partners').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Those of the ids that are partners, in no particular order. */
export async function findPartners(db: Reader, ids: readonly string[]): Promise<readonly PartnerRow[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('partners')
    .selectAll()
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .execute();
}

/** The partners and those who recruited them, so many levels up, in no particular order. */
export async function findWithRecruiters(
  db: Reader,
  ids: readonly string[],
  levels: number,
): Promise<readonly PartnerRow[]> {
  const known = new Map<string, PartnerRow>();
  let wanted = [...new Set(ids)];
  for (let level = 0; level <= levels && wanted.length > 0; level += 1) {
    const found = await findPartners(db, wanted);
    for (const row of found) known.set(row.id, row);
    wanted = [...new Set(found.flatMap((row) => row.recruited_by ?? []))].filter((id) => !known.has(id));
  }
  return [...known.values()];
}

/** The partners and those whom they recruited, so many levels down. */
export async function idsWithRecruits(db: Reader, ids: readonly string[], levels: number): Promise<readonly string[]> {
  const known = new Set(ids);
  let above = [...known];
  for (let level = 1; level <= levels && above.length > 0; level += 1) {
    const rows = await db
      .selectFrom('partners')
      .select('id')
      .where('recruited_by', '=', sql<string>`any(${above}::text[])`)
      .execute();
    above = rows.map((row) => row.id).filter((id) => !known.has(id));
    for (const id of above) known.add(id);
  }
  return [...known];
}

/** The active partner behind a personal link. */
export async function findPartnerByToken(db: Reader, token: string): Promise<PartnerRow | undefined> {
  return db
    .selectFrom('partners')
    .selectAll()
    .where('personal_token', '=', token)
    .where('status', '=', 'active')
    .executeTakeFirst();
}

export interface PartnerFilter {
  readonly status?: PartnerRow['status'] | undefined;
  readonly email?: string | undefined;
  readonly afterId?: string | undefined;
}

/** Partners that match, oldest first. */
export async function listPartners(db: Reader, filter: PartnerFilter, limit: number): Promise<readonly PartnerRow[]> {
  let query = db.selectFrom('partners').selectAll().orderBy('id').limit(limit);
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.email !== undefined) query = query.where(sql`lower(email)`, '=', filter.email.toLowerCase());
  if (filter.afterId !== undefined) query = query.where('id', '>', filter.afterId);
  return query.execute();
}

/** Lets one transaction at a time change who recruited whom: two at once could close a loop that neither sees. */
export async function lockRecruiting(trx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('partners.recruited_by', 0))`.execute(trx);
}

/** The partner, who recruited it, who recruited that one, and so on. */
export async function recruiterLine(db: Reader, partnerId: string): Promise<readonly string[]> {
  // `union` instead of `union all` ends the recursion even if a loop got in.
  const line = await sql<{ id: string }>`
    with recursive line (id) as (
      select id from partners where id = ${partnerId}
      union
      select recruited_by from partners join line using (id) where recruited_by is not null
    )
    select id from line`.execute(db);
  return line.rows.map((row) => row.id);
}
