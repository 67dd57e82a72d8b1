import { migrations } from '../../src/migrations.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { openProblems, type NewProblem } from '../../src/platform/problems.store.js';
import { ensureConnection } from '../../src/sync/connection.store.js';
import { ensureDeals, openLink } from '../../src/sync/crm-link.store.js';
import { takeUpRefused } from '../../src/sync/take-up-refused.handler.js';
import { startGuardWorld, type GuardWorld } from '../guard/guard-world.js';
import { eachDatabase, emptyTables } from '../support/databases.js';

const title = 'The CRM does not accept our credentials';

eachDatabase('what was set aside because the CRM took its access back', (open) => {
  let database: OpenDatabase;
  let world: GuardWorld;
  beforeAll(async () => {
    database = await open({ migrations });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await emptyTables(database.db);
    world = await startGuardWorld(database.db);
    world.clock.advanceMs(1_000);
    const newer = { id: 'newer', crm: 'hubspot', name: 'The newer one' } as const;
    await world.transact((uow) => ensureConnection(uow.trx, newer, uow.now));
  });

  const setAside = (workKind: string, [subjectType, subjectId]: readonly [string, string], changes = {}) =>
    world.transact((uow) => {
      const about = { workKind, workKey: subjectId, subjectType, subjectId, payload: { n: 1 } };
      const problem: NewProblem = { kind: 'refused', title, detail: 'revoked', ...about, ...changes };
      return openProblems(uow.trx, [problem], uow.now);
    });
  const takeUp = (connectionId: string) =>
    world.transact((uow) => takeUpRefused(uow, connectionId, { workKinds: ['push', 'show', 'find'], title }));
  const takenUp = async () => {
    const rows = await database.db
      .selectFrom('work')
      .select(['kind', 'key', 'payload'])
      .orderBy('kind')
      .orderBy('key')
      .execute();
    return rows.map(({ kind, key, payload }) => [kind, key, payload]);
  };
  const linked = (id: string, connectionId: string) =>
    world.transact((uow) => openLink(uow.trx, { registrationId: id, connectionId, watchedFrom: uow.now }, uow.now));
  const dealIn = async (id: string, crm: 'hubspot' | 'salesforce') =>
    (await world.transact((uow) => ensureDeals(uow.trx, { id, crm }, ['7'], uow.now))).get('7') ?? '';

  it('is taken up once the same account lets us in again, with what it was about', async () => {
    await world.register('reg_1');
    await world.register('reg_2');
    await linked('reg_2', 'newer');
    const deals = { crm: await dealIn('crm', 'salesforce'), newer: await dealIn('newer', 'hubspot') };
    await setAside('push', ['registration', 'reg_1']);
    await setAside('push', ['registration', 'reg_2']);
    await setAside('show', ['deal', deals.crm]);
    await setAside('show', ['deal', deals.newer]);
    await setAside('find', ['connection', 'crm']);
    await takeUp('newer');
    expect(await takenUp()).toEqual([
      ['push', 'reg_2', { n: 1 }],
      ['show', deals.newer, { n: 1 }],
    ]);
    await takeUp('crm');
    const taken = await takenUp();
    expect(taken).toHaveLength(5);
    expect(taken).toContainEqual(['find', 'crm', { n: 1 }]);
  });

  it('leaves alone what was refused for another reason, is done, or is no such work', async () => {
    await world.register('reg_1');
    await world.register('reg_2');
    await setAside('push', ['registration', 'reg_1'], { title: 'The CRM refused' });
    await setAside('other', ['registration', 'reg_1']);
    await setAside('push', ['registration', 'reg_2']);
    await database.db
      .updateTable('problems')
      .set({ resolved_at: new Date() })
      .where('work_key', '=', 'reg_2')
      .execute();
    await setAside('push', ['registration', 'reg_gone']);
    await takeUp('crm');
    expect(await takenUp()).toEqual([]);
  });

  it('is taken up whole, however much it is', async () => {
    const ids = Array.from({ length: 1_001 }, (_, index) => `deal_${String(index)}`);
    const id = await dealIn('crm', 'salesforce');
    for (const key of ids) await setAside('show', ['deal', id], { workKey: key });
    await takeUp('crm');
    expect(await takenUp()).toHaveLength(ids.length);
  });
});
