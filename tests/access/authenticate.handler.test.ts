import { issueApiKey, keepAdminKey, revokeApiKey } from '../../src/access/api-key.handler.js';
import { createAuthenticate } from '../../src/access/authenticate.handler.js';
import { accessMigration } from '../../src/access/0120-access.migration.js';
import { keyRightsMigration } from '../../src/access/0621-key-rights.migration.js';
import { auditMigration } from '../../src/audit/0100-audit.migration.js';
import { auditPeopleMigration } from '../../src/audit/0795-audit-people.migration.js';
import { listAudit } from '../../src/audit/audit.store.js';
import { workMigration } from '../../src/platform/0001-work.migration.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { createTransact, type Transact } from '../../src/platform/unit-of-work.js';
import { eachDatabase, emptyTables } from '../support/databases.js';
import { createTestClock } from '../support/test-clock.js';

const system = { kind: 'system' } as const;
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

eachDatabase('an API key', (open) => {
  let database: OpenDatabase;
  let transact: Transact;
  let queries: string[] = [];
  const clock = createTestClock();

  beforeAll(async () => {
    const migrations = [workMigration, auditMigration, auditPeopleMigration, accessMigration, keyRightsMigration];
    database = await open({ migrations, onQuery: (statement) => queries.push(statement) });
    const queue = {
      wake: () => undefined,
      onWake: () => undefined,
      start: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
    transact = createTransact({ db: database.db, clock, queue });
  });
  beforeEach(() => emptyTables(database.db));
  afterAll(() => database.close());

  const signIn = () => createAuthenticate({ db: database.db, clock, sessionOf: () => Promise.resolve(null) });
  const issue = (partnerId: string | null) =>
    transact((uow) => issueApiKey(uow, { actor: system, name: 'K', partnerId }));

  it('says who calls', async () => {
    const [operator, partner] = [await issue(null), await issue('par_1')];
    expect(operator.key).toMatch(/^intk_[0-9a-f]{16}_[\w-]{43}$/);
    expect(await signIn()(bearer(operator.key))).toEqual({ kind: 'operator', id: operator.id, name: 'K' });
    expect(await signIn()(bearer(partner.key))).toEqual({ kind: 'partner', partnerId: 'par_1', keyId: partner.id });
  });

  it('is stored as a hash only', async () => {
    const { key } = await issue(null);
    // The secret may itself contain an underscore.
    const secret = key.slice(-43);
    expect(JSON.stringify(await database.db.selectFrom('api_keys').selectAll().execute())).not.toContain(secret);
    expect(JSON.stringify(await listAudit(database.db, {}, 10))).not.toContain(secret);
  });

  it('is nobody’s when it is altered, unknown, empty or sent another way', async () => {
    const { key } = await issue(null);
    const last = key.endsWith('A') ? 'B' : 'A';
    const wrong = [
      key.slice(0, -1) + last,
      `${key}x`,
      key.toUpperCase(),
      'intk_',
      '',
      `intk_${'0'.repeat(16)}_${'a'.repeat(43)}`,
    ];
    for (const one of wrong) expect(await signIn()(bearer(one))).toBeNull();
    expect(await signIn()({})).toBeNull();
    expect(await signIn()({ authorization: `Basic ${key}` })).toBeNull();
    expect(await signIn()({ authorization: key })).toBeNull();
    expect(await signIn()({ authorization: `bearer ${key}` })).not.toBeNull();
  });

  it('costs a busy caller neither a read nor a write per request', async () => {
    const { key, id } = await issue(null);
    const authenticate = signIn();
    await authenticate(bearer(key));
    queries = [];
    for (let call = 0; call < 100; call += 1) expect(await authenticate(bearer(key))).not.toBeNull();
    expect(queries).toEqual([]);
    clock.advanceMs(5 * 60_000);
    await authenticate(bearer(key));
    const used = await database.db
      .selectFrom('api_keys')
      .select('last_used_at')
      .where('id', '=', id)
      .executeTakeFirst();
    expect(used?.last_used_at?.getTime()).toBe(clock.now().getTime() - 5 * 60_000);
    clock.advanceMs(6 * 60_000);
    await authenticate(bearer(key));
    const later = await database.db
      .selectFrom('api_keys')
      .select('last_used_at')
      .where('id', '=', id)
      .executeTakeFirst();
    expect(later?.last_used_at).toEqual(clock.now());
  });

  it('stops working within seconds when it is revoked, and stays revoked', async () => {
    const { key, id } = await issue(null);
    const authenticate = signIn();
    await authenticate(bearer(key));
    await transact((uow) => revokeApiKey(uow, { actor: system, id }));
    await transact((uow) => revokeApiKey(uow, { actor: system, id }));
    expect(await signIn()(bearer(key))).toBeNull();
    clock.advanceMs(3_001);
    expect(await authenticate(bearer(key))).toBeNull();
    expect((await listAudit(database.db, { action: 'api-key.revoke' }, 10)).length).toBe(1);
  });

  it('from the environment is an operator’s until the environment names another', async () => {
    const [first, second] = ['first-admin-key-1', 'intk_looks_like_one_of_ours_but_is_not'];
    await keepAdminKey(transact, first);
    await keepAdminKey(transact, first);
    expect(await signIn()(bearer(first))).toMatchObject({ kind: 'operator', name: 'ADMIN_API_KEY' });
    expect((await listAudit(database.db, { action: 'api-key.from-environment' }, 10)).length).toBe(1);
    await keepAdminKey(transact, second);
    expect(await signIn()(bearer(first))).toBeNull();
    expect(await signIn()(bearer(second))).toMatchObject({ kind: 'operator' });
    await keepAdminKey(transact, first);
    expect(await signIn()(bearer(first))).toMatchObject({ kind: 'operator' });
    expect(await signIn()(bearer(second))).toBeNull();
  });

  it('from the environment is kept once when two processes start together', async () => {
    await Promise.all([keepAdminKey(transact, 'admin-key-of-both'), keepAdminKey(transact, 'admin-key-of-both')]);
    expect(await database.db.selectFrom('api_keys').selectAll().execute()).toHaveLength(1);
  });

  it('from the environment cannot be revoked by a call, as the next start would bring it back', async () => {
    await keepAdminKey(transact, 'admin-key-of-both');
    const { id } = await database.db.selectFrom('api_keys').select('id').executeTakeFirstOrThrow();
    await expect(transact((uow) => revokeApiKey(uow, { actor: system, id }))).rejects.toMatchObject({
      kind: 'conflict',
    });
  });
});
