import { sql } from 'kysely';
import type { Reader } from '../platform/database.js';
import { erasedMark, type Person } from '../platform/personal-data.js';
import { nameInParts, type PersonalPlace } from '../platform/personal-place.js';
import type { PersonRow } from './person.store.js';

/** Keeps what refers to somebody by id while nobody is there any more. */
function nobodyAt(id: string): string {
  return `${id}@erased.invalid`;
}

const people: PersonalPlace = {
  table: 'people',
  recognise: async (db, address) => {
    const rows = await peopleAt(db, [address]);
    return { names: rows.map(({ name }) => nameInParts(name)), ids: rows.map(({ id }) => id) };
  },
  find: async (db, { addresses }) =>
    (await peopleAt(db, addresses)).map((row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      kind: row.kind,
      role: row.role,
      partnerId: row.partner_id,
      createdAt: row.created_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
    })),
  erase: async ({ trx, now }, { addresses }) => {
    const rows = await peopleAt(trx, addresses);
    for (const { id } of rows) {
      await trx
        .updateTable('people')
        .set({ name: erasedMark, email: nobodyAt(id), image: null, two_factor_enabled: false, updated_at: now })
        .where('id', '=', id)
        .execute();
      await sql`delete from "session" where "userId" = ${id}`.execute(trx);
      await sql`delete from "account" where "userId" = ${id}`.execute(trx);
      await sql`delete from "twoFactor" where "userId" = ${id}`.execute(trx);
    }
    for (const address of addresses) {
      await sql`
        delete from "verification"
        where position(${address}::text in lower(identifier)) > 0 or position(${address}::text in lower(value)) > 0
      `.execute(trx);
    }
    return rows.length;
  },
};

const invitations: PersonalPlace = {
  table: 'invitations',
  recognise: async (db, address) => {
    const rows = await invitationsTo(db, [address]);
    return { names: rows.map(({ name }) => nameInParts(name)), ids: rows.map(({ id }) => id) };
  },
  find: async (db, { addresses }) =>
    (await invitationsTo(db, addresses)).map((row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      partnerId: row.partner_id,
      createdAt: row.created_at.toISOString(),
    })),
  erase: async ({ trx, now }, { addresses }) => {
    const rows = await invitationsTo(trx, addresses);
    for (const row of rows) {
      const isOpen = row.accepted_at === null && row.withdrawn_at === null;
      await trx
        .updateTable('invitations')
        .set({ name: erasedMark, email: nobodyAt(row.id), ...(isOpen ? { withdrawn_at: now } : {}) })
        .where('id', '=', row.id)
        .execute();
    }
    return rows.length;
  },
};

/** Those who sign in, or were asked to. */
export const peoplePlaces: readonly PersonalPlace[] = [people, invitations];

async function peopleAt(db: Reader, addresses: Person['addresses']): Promise<readonly PersonRow[]> {
  return db
    .selectFrom('people')
    .selectAll()
    .where('email', '=', sql<string>`any(${[...addresses]}::text[])`)
    .execute();
}

async function invitationsTo(db: Reader, addresses: Person['addresses']) {
  return db
    .selectFrom('invitations')
    .selectAll()
    .where('email', '=', sql<string>`any(${[...addresses]}::text[])`)
    .execute();
}
