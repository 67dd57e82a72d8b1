import { CrmNotConnected, type CrmConnector } from '../../connectors/contract.js';
import { migrations } from '../../src/migrations.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { createInProcessQueue } from '../../src/platform/in-process-queue.js';
import { createTransact } from '../../src/platform/unit-of-work.js';
import { ensureConnection, findConnection, updateConnection } from '../../src/sync/connection.store.js';
import { createProvision } from '../../src/sync/provision.handler.js';
import { createFakeCrm } from '../guard/fake-crm.js';
import { eachDatabase } from '../support/databases.js';
import { createTestClock } from '../support/test-clock.js';

eachDatabase('making our fields in a CRM', (open) => {
  let database: OpenDatabase;
  const clock = createTestClock();
  beforeAll(async () => {
    database = await open({ migrations });
    const connection = { id: 'crm', crm: 'salesforce', name: 'CRM', signIn: 'web' } as const;
    await database.db.transaction().execute((trx) => ensureConnection(trx, connection, clock.now()));
  });
  afterAll(() => database.close());
  beforeEach(() => signIn('first'));

  const signIn = (id: string | null) =>
    updateConnection(database.db, 'crm', { sign_in_id: id, account_id: `of ${String(id)}`, provisioned_at: null });
  /** @param meanwhile happens while the CRM makes them */
  const provision = (meanwhile: () => Promise<unknown>) => {
    const connector: CrmConnector = {
      ...createFakeCrm().connector,
      account: () => Promise.resolve({ accountId: 'as the CRM says', currency: null }),
      provision: async () => {
        await meanwhile();
        return { created: ['a field'], existing: [] };
      },
    };
    const transact = createTransact({ db: database.db, queue: createInProcessQueue(), clock });
    return createProvision({ db: database.db, transact, connections: { connector: () => connector } })('crm');
  };
  const noted = () => findConnection(database.db, 'crm');
  const works = async () => (await database.db.selectFrom('work').select('kind').execute()).map(({ kind }) => kind);

  it.each(['second', null])('notes nothing of an account whose sign-in ended meanwhile (%s)', async (next) => {
    await expect(provision(() => signIn(next))).rejects.toBeInstanceOf(CrmNotConnected);
    expect(await noted()).toMatchObject({ account_id: `of ${String(next)}`, provisioned_at: null });
    expect(await works()).toEqual([]);
  });

  it('notes which account they are in, and has it examined', async () => {
    await expect(provision(() => Promise.resolve())).resolves.toMatchObject({ created: ['a field'] });
    expect(await noted()).toMatchObject({ account_id: 'as the CRM says', provisioned_at: clock.now() });
    expect(await works()).toEqual(['examine']);
  });
});
