import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import { assertDefined } from './assert.js';
import { canonicalJson } from './canonical-json.js';
import type { Clock } from './clock.js';
import type { Database } from './database.js';
import { newId } from './ids.js';
import type { Secrets } from './secrets.js';

/** An Ed25519 signature over the canonical JSON of a statement; `keyId` names the published key that verifies it. */
export interface Signature {
  readonly keyId: string;
  readonly algorithm: 'Ed25519';
  /** base64url */
  readonly value: string;
}

/** A published key: anyone can verify with it what was signed under its id. */
export interface PublicKey {
  readonly keyId: string;
  readonly algorithm: 'Ed25519';
  /** base64url of the key in SPKI DER */
  readonly publicKey: string;
  readonly createdAt: Date;
  /** Null for the key in use. */
  readonly retiredAt: Date | null;
}

export interface Signer {
  /** Signs with the key in use. Touches no database, so it may stand inside a transaction. */
  readonly sign: (statement: unknown) => Signature;
  /**
   * Puts a new key in use; the old one stays published and its private part is destroyed. Another process goes on with the
   * key it loaded until it restarts; what it signs verifies all the same.
   */
  readonly rotate: () => Promise<PublicKey>;
  /** Every key ever used, the newest first. */
  readonly publicKeys: () => Promise<readonly PublicKey[]>;
}

export interface SignerDependencies {
  readonly db: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
}

interface ActiveKey {
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

/** A signer with the installation's key, which is made the first time. */
export async function openSigner(deps: SignerDependencies): Promise<Signer> {
  let active = (await findActive(deps)) ?? (await makeFirst(deps));
  return {
    sign: (statement) => {
      const value = sign(null, Buffer.from(canonicalJson(statement)), active.privateKey).toString('base64url');
      return { keyId: active.keyId, algorithm: 'Ed25519', value };
    },
    rotate: async () => {
      const made = await replaceKey(deps);
      active = assertDefined(await findActive(deps), 'a signing key after a rotation');
      return made;
    },
    publicKeys: () => listKeys(deps.db),
  };
}

/** Whether `statement` is what was signed, byte for byte of its canonical form. */
export function verifySignature(statement: unknown, signature: Signature, key: Pick<PublicKey, 'publicKey'>): boolean {
  const publicKey = createPublicKey({ key: Buffer.from(key.publicKey, 'base64url'), format: 'der', type: 'spki' });
  const bytes = Buffer.from(signature.value, 'base64url');
  return verify(null, Buffer.from(canonicalJson(statement)), publicKey, bytes);
}

async function findActive(deps: SignerDependencies): Promise<ActiveKey | undefined> {
  const row = await deps.db
    .selectFrom('signing_keys')
    .select(['id', 'private_sealed'])
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const sealed = assertDefined(row.private_sealed, 'a private part in the signing key in use');
  const der = Buffer.from(deps.secrets.open(sealed), 'base64url');
  return { keyId: row.id, privateKey: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) };
}

/** Of several processes that find no key, one row wins (there is a unique index on the key in use) and all use it. */
async function makeFirst(deps: SignerDependencies): Promise<ActiveKey> {
  await deps.db
    .insertInto('signing_keys')
    .values(newKeyRow(deps))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return assertDefined(await findActive(deps), 'a signing key after making one');
}

async function replaceKey(deps: SignerDependencies): Promise<PublicKey> {
  const row = newKeyRow(deps);
  await deps.db.transaction().execute(async (trx) => {
    // Two rotations at once follow one another, so that exactly one key is in use at any time.
    await sql`lock table signing_keys in share row exclusive mode`.execute(trx);
    await trx
      .updateTable('signing_keys')
      .set({ retired_at: row.created_at, private_sealed: null })
      .where('retired_at', 'is', null)
      .execute();
    await trx.insertInto('signing_keys').values(row).execute();
  });
  return publicPart({ ...row, retired_at: null });
}

function newKeyRow(deps: SignerDependencies) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const privateDer = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');
  return {
    id: newId('sig'),
    public_key: publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
    private_sealed: deps.secrets.seal(privateDer),
    created_at: deps.clock.now(),
  };
}

async function listKeys(db: Database): Promise<readonly PublicKey[]> {
  const rows = await db
    .selectFrom('signing_keys')
    .select(['id', 'public_key', 'created_at', 'retired_at'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(publicPart);
}

function publicPart(row: {
  readonly id: string;
  readonly public_key: string;
  readonly created_at: Date;
  readonly retired_at: Date | null;
}): PublicKey {
  const { id, public_key, created_at, retired_at } = row;
  return { keyId: id, algorithm: 'Ed25519', publicKey: public_key, createdAt: created_at, retiredAt: retired_at };
}
