import { sql, type Generated, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { OperatorRole } from './rights.js';

/** What a person at a partner may do: an owner also says who else may come in. */
export type PartnerRole = 'owner' | 'member';

export interface PeopleTable {
  id: string;
  name: string;
  /** In lower case. */
  email: string;
  email_verified: boolean;
  image: string | null;
  two_factor_enabled: Generated<boolean>;
  kind: 'operator' | 'partner';
  role: OperatorRole | PartnerRole;
  partner_id: string | null;
  created_at: Date;
  updated_at: Date;
  ended_at: Date | null;
}

/** What lets people in. Only better-auth knows what stands in it; a password is kept as its scrypt hash. */
export interface SignInAccountsTable {
  id: string;
  accountId: string;
  providerId: string;
  userId: string;
  password: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface SignInSessionsTable {
  id: string;
  userId: string;
}

declare module '../platform/database.js' {
  interface Tables {
    people: PeopleTable;
    account: SignInAccountsTable;
    session: SignInSessionsTable;
  }
}

export type PersonRow = Selectable<PeopleTable>;

export async function findPerson(db: Reader, id: string): Promise<PersonRow | undefined> {
  return db.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findPersonByEmail(db: Reader, email: string): Promise<PersonRow | undefined> {
  return db.selectFrom('people').selectAll().where('email', '=', email.toLowerCase()).executeTakeFirst();
}

/** The names of those of these people who are known. */
export async function namesOfPeople(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('people')
    .select(['id', 'name'])
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The person as it was, kept from being changed by others until the transaction ends. */
export async function lockPerson(trx: Tx, id: string): Promise<PersonRow | undefined> {
  return trx.selectFrom('people').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function insertPerson(trx: Tx, person: Omit<PersonRow, 'two_factor_enabled'>): Promise<void> {
  await trx.insertInto('people').values(person).execute();
}

/** The password a person signs in with, as its hash. */
export async function insertPassword(
  trx: Tx,
  { id, personId, passwordHash }: { readonly id: string; readonly personId: string; readonly passwordHash: string },
  now: Date,
): Promise<void> {
  const account = { accountId: personId, providerId: 'credential', userId: personId, password: passwordHash };
  await trx
    .insertInto('account')
    .values({ id, ...account, createdAt: now, updatedAt: now })
    .execute();
}

export async function updatePerson(
  trx: Tx,
  id: string,
  patch: Partial<Pick<PersonRow, 'role' | 'ended_at'>>,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('people')
    .set({ ...patch, updated_at: now })
    .where('id', '=', id)
    .execute();
}

/** Ends every session of a person: whoever is signed in is so no more. */
export async function endSessions(trx: Tx, personId: string): Promise<void> {
  await trx.deleteFrom('session').where('userId', '=', personId).execute();
}

export interface PeopleFilter {
  readonly kind?: 'operator' | 'partner' | undefined;
  readonly partnerId?: string | undefined;
  readonly afterId?: string | undefined;
}

export async function listPeople(db: Reader, filter: PeopleFilter, limit: number): Promise<readonly PersonRow[]> {
  return db
    .selectFrom('people')
    .selectAll()
    .$if(filter.kind !== undefined, (query) => query.where('kind', '=', filter.kind ?? 'partner'))
    .$if(filter.partnerId !== undefined, (query) => query.where('partner_id', '=', filter.partnerId ?? ''))
    .$if(filter.afterId !== undefined, (query) => query.where('id', '>', filter.afterId ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** How many people still have one of these roles: the last administrator must not be shut out. */
export async function countActive(db: Reader, role: PersonRow['role']): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select count(*)::int as people from people where role = ${role} and ended_at is null`.execute(db);
  return rows[0]?.people ?? 0;
}

/** The vendor's people who may sign in. */
export async function activeOperators(db: Reader): Promise<readonly Pick<PersonRow, 'id' | 'email' | 'role'>[]> {
  return db
    .selectFrom('people')
    .select(['id', 'email', 'role'])
    .where('kind', '=', 'operator')
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
}
