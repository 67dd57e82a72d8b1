import { whyForDeal, whyForRegistration, type Why } from '../../src/crediting/why.handler.js';
import type { Database, OpenDatabase } from '../../src/platform/database.js';
import { openTestDatabase } from '../support/databases.js';
import { creditingMigrations, creditingWorld, type CreditingWorld } from './crediting-world.js';

const reasons = (why: Why | null): readonly string[] =>
  why?.report.gates.flatMap((gate) => (gate.kind === 'blocked' ? [gate.reason] : [])) ?? ['nothing found'];

describe('why there is no commission', () => {
  let database: OpenDatabase;
  let db: Database;
  let world: CreditingWorld;

  beforeAll(async () => {
    database = await openTestDatabase({ migrations: creditingMigrations });
    db = database.db;
    await creditingWorld(db).putPlan();
  });
  beforeEach(() => {
    world = creditingWorld(db);
  });
  afterAll(() => database.close());

  const ofRegistration = (id: string): Promise<Why | null> => whyForRegistration(world, db, world.clock.now(), id);
  const ofDeal = (id: string, partnerId: string): Promise<Why | null> =>
    whyForDeal(world, db, world.clock.now(), id, partnerId);

  it('is said for a registration with a deal, with what a person should mend', async () => {
    world.win('deal_1', { amount: '0' });
    world.clock.set('2026-03-31T00:00:00.000Z');
    const why = await ofRegistration('reg_deal_1');
    expect(reasons(why)).toEqual(['amount-zero']);
    expect(why?.flags).toMatchObject([{ kind: 'amount-zero', about: 'amount' }]);
  });

  it('is said for a registration that has no deal yet', async () => {
    world.win();
    const [registration] = world.registrations.values();
    world.registrations.set('reg_deal_1', { ...registration!, dealId: null, approvedAt: null, protectedUntil: null });
    expect(reasons(await ofRegistration('reg_deal_1'))).toEqual([
      'not-linked',
      'not-approved',
      'not-approved',
      'not-approved',
    ]);
  });

  it('is said for a partner and a deal, registered or not', async () => {
    world.win();
    expect(reasons(await ofDeal('deal_1', 'par_1'))).toEqual(['hold-runs']);
    expect(reasons(await ofDeal('deal_1', 'par_2'))).toEqual(['not-registered']);
  });

  it('counts days in the time zone of the program', async () => {
    world.win('deal_1', { wonAt: '2026-03-01T23:30:00.000Z' });
    const facts = await world.loadFacts(db, world.clock.now(), {
      dealIds: ['deal_1'],
      registrationIds: [],
      decisionIds: [],
    });
    expect(facts.deals[0]?.wonOn).toBe('2026-03-01');
  });

  it('is nothing for what does not exist', async () => {
    expect(await ofRegistration('reg_9')).toBeNull();
    expect(await ofDeal('deal_9', 'par_1')).toBeNull();
    world.win();
    expect(await ofDeal('deal_1', 'par_9')).toBeNull();
  });
});
