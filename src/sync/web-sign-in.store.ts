import type { Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';

/** A sign-in on its way through somebody's browser. */
export interface WebSignInsTable {
  state_hash: string;
  connection_id: string;
  person_id: string;
  /** What PKCE keeps back until the code comes, encrypted; null where the vendor wants none. */
  verifier_sealed: string | null;
  redirect_uri: string;
  begun_at: Date;
  expires_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    web_sign_ins: WebSignInsTable;
  }
}

export type WebSignInRow = Selectable<WebSignInsTable>;

/** Notes a sign-in that begins. What the same person began before for it counts no longer; what ran out is forgotten. */
export async function insertWebSignIn(trx: Tx, row: WebSignInRow): Promise<void> {
  await trx
    .deleteFrom('web_sign_ins')
    .where((where) =>
      where.or([
        where('expires_at', '<=', row.begun_at),
        where.and([where('connection_id', '=', row.connection_id), where('person_id', '=', row.person_id)]),
      ]),
    )
    .execute();
  await trx.insertInto('web_sign_ins').values(row).execute();
}

/** Takes a sign-in out, so that its state works once, whatever becomes of it. */
export async function takeWebSignIn(db: Reader, stateHash: string): Promise<WebSignInRow | undefined> {
  return db.deleteFrom('web_sign_ins').where('state_hash', '=', stateHash).returningAll().executeTakeFirst();
}

/** Whatever is on its way for a connection counts no longer. */
export async function forgetWebSignIns(trx: Tx, connectionId: string): Promise<void> {
  await trx.deleteFrom('web_sign_ins').where('connection_id', '=', connectionId).execute();
}
