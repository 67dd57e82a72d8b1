import { sql } from 'kysely';
import { moveLink } from '../../src/guard/move-link.handler.js';
import { migrations } from '../../src/migrations.js';
import { openDatabase, type OpenDatabase } from '../../src/platform/database.js';
import { migrate } from '../../src/platform/migration.js';
import { lockDeal } from '../../src/registration/prospect.store.js';
import { ensureDeals, linksOfRegistrations } from '../../src/sync/crm-link.store.js';
import { createTestSchema, type TestSchema } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { describeWith } from '../support/services.js';
import { freshDeal, startGuardWorld, type GuardWorld } from './guard-world.js';

// Two transactions at once are what this is about, and the embedded database has one at a time.
describeWith('postgres', 'a deal that is certain to be a registration’s', () => {
  let schema: TestSchema;
  let database: OpenDatabase;
  let world: GuardWorld;

  beforeAll(async () => {
    schema = await createTestSchema();
    database = await openDatabase({ databaseUrl: schema.databaseUrl, dataDir: '' });
    await migrate(database.db, migrations);
    world = await startGuardWorld(database.db);
  });
  afterAll(async () => {
    await database.close();
    await schema.drop();
  });

  const convertedWithoutDeal = async (id: string, companyId: string, contactId: string) => {
    await world.register(id);
    await world.push(id);
    const requestedId = `lead-${id}`;
    world.leads.set(requestedId, { kind: 'converted', requestedId, contactId, companyId, dealId: null });
    await world.follow(id);
  };
  const dealOf = async (id: string) => (await linksOfRegistrations(database.db, [id]))[0]?.deal_id ?? null;
  const isWaitedFor = async (dealId: string): Promise<boolean> => {
    const { rows } = await sql`
      select 1 from pg_locks where locktype = 'advisory' and not granted
        and (classid::bigint << 32 | objid::bigint) = hashtextextended(${dealId}, 0)`.execute(database.db);
    return rows.length > 0;
  };

  it('stays with whom a person gave it to while the guard was waiting for it', async () => {
    await convertedWithoutDeal('reg_1', 'a1', 'c1');
    await convertedWithoutDeal('reg_2', 'a2', 'c2');
    world.clock.advanceMs(60_000);
    world.around.push(freshDeal('d1', world.clock));
    const made = await world.transact((uow) => ensureDeals(uow.trx, { id: 'crm', crm: 'salesforce' }, ['d1'], uow.now));
    const dealId = made.get('d1') ?? '';
    let guarding = Promise.resolve();
    await world.transact(async (uow) => {
      await lockDeal(uow.trx, dealId);
      guarding = world.guard('reg_1');
      await eventually('the guard waits for the deal', () => isWaitedFor(dealId));
      const [link] = await linksOfRegistrations(uow.trx, ['reg_2']);
      const by = { actor: { kind: 'operator', id: 'key_1', name: 'Rev ops' }, reason: 'accepted' } as const;
      await moveLink(uow, { link: link!, dealId, ...by, proposalId: null });
    });
    await guarding;
    expect([await dealOf('reg_1'), await dealOf('reg_2')]).toEqual([null, dealId]);
    const { rows } = await sql<{ key: string }>`select key from work where kind = 'guard-link'`.execute(database.db);
    expect(rows).toContainEqual({ key: 'reg_1' });
  });
});
