import { sql, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { JsonColumn } from '../platform/platform-tables.js';
import type { SignedCertificate } from './certificate.js';

export interface ErasuresTable {
  id: string;
  contact_key: string;
  cause: 'request' | 'crm';
  requested_by: string | null;
  requested_by_name: string | null;
  requested_at: Date;
  erased: JsonColumn<Readonly<Record<string, number>>>;
  certificate: JsonColumn<SignedCertificate>;
}

declare module '../platform/database.js' {
  interface Tables {
    erasures: ErasuresTable;
  }
}

export type ErasureRow = Selectable<ErasuresTable>;

/** Lets the transaction take words out of rows that are otherwise never changed. */
export async function beginErasing(trx: Tx): Promise<void> {
  await sql`select set_config('introducer.erasing', 'on', true)`.execute(trx);
}

export async function insertErasure(trx: Tx, { erased, certificate, ...row }: ErasureRow): Promise<void> {
  await trx
    .insertInto('erasures')
    .values({ ...row, erased: JSON.stringify(erased), certificate: JSON.stringify(certificate) })
    .execute();
}

export async function findErasure(db: Reader, id: string): Promise<ErasureRow | undefined> {
  return db.selectFrom('erasures').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The first erasure of a contact: what a repeated request is answered with. */
export async function firstErasureOf(db: Reader, contactKey: string): Promise<ErasureRow | undefined> {
  return db
    .selectFrom('erasures')
    .selectAll()
    .where('contact_key', '=', contactKey)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/** Newest first. */
export async function listErasures(
  db: Reader,
  before: string | undefined,
  limit: number,
): Promise<readonly ErasureRow[]> {
  return db
    .selectFrom('erasures')
    .selectAll()
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
