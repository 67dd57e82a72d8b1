import { createPublicKey, verify } from 'node:crypto';
import { workMigration } from '../../src/platform/0001-work.migration.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { createSecrets } from '../../src/platform/secrets.js';
import { openSigner, verifySignature, type SignerDependencies } from '../../src/platform/signing.js';
import { eachDatabase, emptyTables } from '../support/databases.js';
import { createTestClock } from '../support/test-clock.js';

const statement = { registrationId: 'reg_1', submittedAt: '2026-03-02T09:00:00.000Z', result: 'clear' };

eachDatabase('signatures', (open) => {
  let database: OpenDatabase;
  let deps: SignerDependencies;
  const clock = createTestClock();

  beforeAll(async () => {
    database = await open({ migrations: [workMigration] });
    deps = { db: database.db, clock, secrets: createSecrets('0f'.repeat(32)) };
  });
  afterAll(() => database.close());
  beforeEach(() => emptyTables(database.db));

  it('can be verified by anyone with the published key, whatever the order of the fields', async () => {
    const signer = await openSigner(deps);
    const signature = signer.sign(statement);
    const [key] = await signer.publicKeys();
    const reordered = { result: 'clear', submittedAt: statement.submittedAt, registrationId: 'reg_1' };
    expect(key!.keyId).toBe(signature.keyId);
    expect(verifySignature(reordered, signature, key!)).toBe(true);
    expect(verifySignature({ ...statement, result: 'taken' }, signature, key!)).toBe(false);
  });

  it('can be verified without our code', async () => {
    const signer = await openSigner(deps);
    const { value } = signer.sign(statement);
    const [key] = await signer.publicKeys();
    const text = '{"registrationId":"reg_1","result":"clear","submittedAt":"2026-03-02T09:00:00.000Z"}';
    const publicKey = createPublicKey({ key: Buffer.from(key!.publicKey, 'base64url'), format: 'der', type: 'spki' });
    expect(verify(null, Buffer.from(text), publicKey, Buffer.from(value, 'base64url'))).toBe(true);
  });

  it('come from the same key after a restart, and in every process', async () => {
    const signers = await Promise.all([1, 2, 3].map(() => openSigner(deps)));
    const ids = new Set(signers.map((signer) => signer.sign(statement).keyId));
    expect(ids.size).toBe(1);
  });

  it('made with an old key stay verifiable after a new one is put in use', async () => {
    const signer = await openSigner(deps);
    const old = signer.sign(statement);
    clock.advanceDays(1);
    const made = await signer.rotate();
    const fresh = signer.sign(statement);
    const keys = await signer.publicKeys();
    expect(fresh.keyId).toBe(made.keyId);
    expect(keys.map((key) => key.keyId)).toEqual([fresh.keyId, old.keyId]);
    expect(keys.map((key) => key.retiredAt)).toEqual([null, clock.now()]);
    expect(verifySignature(statement, old, keys[1]!)).toBe(true);
    expect(verifySignature(statement, fresh, keys[1]!)).toBe(false);
  });

  it('leave no private key in the clear, and none at all of a retired key', async () => {
    const signer = await openSigner(deps);
    await signer.rotate();
    const rows = await database.db.selectFrom('signing_keys').selectAll().execute();
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(row.private_sealed === null).toBe(row.retired_at !== null);
      expect(row.private_sealed ?? 'v1.').toMatch(/^v1\./);
    }
  });

  it('keep to one key in use when it is changed twice at once', async () => {
    const [one, two] = await Promise.all([openSigner(deps), openSigner(deps)]);
    await Promise.all([one.rotate(), two.rotate()]);
    const keys = await one.publicKeys();
    expect(keys).toHaveLength(3);
    expect(keys.filter((key) => key.retiredAt === null)).toHaveLength(1);
  });
});
