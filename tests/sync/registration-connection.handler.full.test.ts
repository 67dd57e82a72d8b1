import { migrations } from '../../src/migrations.js';
import { assertDefined } from '../../src/platform/assert.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { changeProgram } from '../../src/program/change-program.handler.js';
import type { ProgramChange } from '../../src/program/program.api.js';
import { findRegistration } from '../../src/registration/registration.store.js';
import { ensureConnection } from '../../src/sync/connection.store.js';
import { ensureDeals, openLink } from '../../src/sync/crm-link.store.js';
import { connectionOfRegistration } from '../../src/sync/registration-connection.handler.js';
import { startGuardWorld, type GuardWorld } from '../guard/guard-world.js';
import { eachDatabase, emptyTables } from '../support/databases.js';

eachDatabase('the CRM of a registration', (open) => {
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
    await world.register('reg_1');
  });

  const route = (crmRoutes: ProgramChange['crmRoutes']) =>
    world.transact((uow) =>
      changeProgram(uow, { kind: 'system' }, { crmRoutes }, () =>
        Promise.resolve(['crm', 'newer'].map((id) => ({ id, hasLeads: true }))),
      ),
    );
  const connectionId = async (changes: object = {}): Promise<string | undefined> => {
    const registration = assertDefined(await findRegistration(database.db, 'reg_1'), 'just registered');
    return (await connectionOfRegistration(database.db, { ...registration, ...changes }, world.clock.now()))?.id;
  };

  it('is the oldest one unless a rule fits', async () => {
    expect(await connectionId()).toBe('crm');
    await route([{ connection: 'newer', currencies: ['USD'] }]);
    expect(await connectionId()).toBe('crm');
    await route([{ connection: 'newer', currencies: ['EUR'] }]);
    expect(await connectionId()).toBe('newer');
  });

  it('stays the one it is in, whatever the rules say later', async () => {
    const link = { registrationId: 'reg_1', connectionId: 'crm', watchedFrom: world.clock.now() };
    await world.transact((uow) => openLink(uow.trx, link, uow.now));
    await route([{ connection: 'newer' }]);
    expect(await connectionId()).toBe('crm');
  });

  it('is that of the deal it was approved for', async () => {
    const newer = { id: 'newer', crm: 'hubspot' } as const;
    const ids = await world.transact((uow) => ensureDeals(uow.trx, newer, ['7'], uow.now));
    expect(await connectionId({ attach_deal_id: ids.get('7') })).toBe('newer');
  });
});
