import { sql } from 'kysely';
import { migrations } from '../../src/migrations.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { freshDeal, startGuardWorld, type GuardWorld } from '../guard/guard-world.js';
import { eachDatabase, emptyTables } from '../support/databases.js';

eachDatabase('the lead of a claim that ended', (open) => {
  let database: OpenDatabase;
  let world: GuardWorld;

  beforeAll(async () => {
    database = await open({ migrations });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await emptyTables(database.db);
    world = await startGuardWorld(database.db);
    await world.register('reg_1');
    await world.push('reg_1');
    world.clock.advanceMs(60_000);
  });

  const expire = async () => {
    await sql`update registrations set status = 'expired', holds_company = false where id = 'reg_1'`.execute(
      database.db,
    );
  };
  /** The next claim on the same person is approved, and not in the CRM yet. */
  const succeed = async () => {
    await world.register('reg_2');
    await sql`update registrations set contact_key = 'reg_1', company_key = 'reg_1' where id = 'reg_2'`.execute(
      database.db,
    );
  };
  const convert = () => {
    const requestedId = 'lead-reg_1';
    world.around.push(freshDeal('d1', world.clock));
    world.leads.set(requestedId, { kind: 'converted', requestedId, contactId: 'c1', companyId: 'a1', dealId: 'd1' });
  };
  const dealOf = async (id: string) => {
    const { rows } = await sql<{ deal: string | null }>`
      select deals.crm_deal_id as deal from crm_links left join deals on deals.id = deal_id
      where registration_id = ${id}`.execute(database.db);
    return rows[0]?.deal ?? null;
  };
  const leadsMade = () => world.ensured.map(({ registrationId }) => registrationId);

  it('is followed to its deal by the next one, also where its conversion was noticed just before', async () => {
    await expire();
    await succeed();
    convert();
    await world.follow('reg_1');
    expect(await dealOf('reg_1')).toBe('d1');
    await world.push('reg_2');
    await world.follow('reg_2');
    expect(await dealOf('reg_2')).toBe('d1');
    expect(leadsMade()).toEqual(['reg_1']);
  });

  it('stays with the old claim where its deal was there to be chosen when the next one was approved', async () => {
    convert();
    await world.follow('reg_1');
    await expire();
    world.clock.advanceMs(60_000);
    await succeed();
    await world.push('reg_2');
    expect(leadsMade()).toEqual(['reg_1', 'reg_2']);
    expect(await dealOf('reg_2')).toBeNull();
  });
});
