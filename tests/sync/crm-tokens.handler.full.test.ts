import { CrmUnavailable } from '../../connectors/contract.js';
import { migrations } from '../../src/migrations.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { createSecrets } from '../../src/platform/secrets.js';
import { ensureConnection } from '../../src/sync/connection.store.js';
import { createTokenStore } from '../../src/sync/crm-tokens.handler.js';
import { eachDatabase } from '../support/databases.js';
import { createTestClock } from '../support/test-clock.js';

eachDatabase('renewing the tokens of a connection', (open) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open({ migrations });
    const connection = { id: 'hubspot', crm: 'hubspot', name: 'HubSpot' } as const;
    await database.db.transaction().execute((trx) => ensureConnection(trx, connection, new Date()));
  });
  afterAll(() => database.close());

  /** A store as each process has one. Waiting lets the time of all of them pass, and tells `whenWaiting`. */
  const processes = (whenWaiting: () => void = () => undefined) => {
    const clock = createTestClock();
    const sleep = (ms: number): Promise<void> => {
      clock.advanceMs(ms);
      whenWaiting();
      return Promise.resolve();
    };
    const secrets = createSecrets('5e'.repeat(32));
    const store = () => createTokenStore({ db: database.db, clock, secrets, connectionId: 'hubspot', sleep });
    return { clock, one: store(), two: store(), three: store() };
  };

  it('asks to come again later when another process does not end, and never renews beside it', async () => {
    const { one, two } = processes();
    const order: string[] = [];
    await one.exclusively(async () => {
      await holdForEver(database);
      await expect(two.exclusively(() => Promise.resolve(void order.push('two')))).rejects.toBeInstanceOf(
        CrmUnavailable,
      );
      order.push('one');
    });
    await two.exclusively(() => Promise.resolve(void order.push('two')));
    expect(order).toEqual(['one', 'two']);
  });

  it('does not give back the right that another process took over meanwhile', async () => {
    let letTwoEnd: () => void = () => undefined;
    const twoMayEnd = new Promise<void>((resolve) => (letTwoEnd = resolve));
    const { clock, one, two, three } = processes(() => {
      letTwoEnd();
    });
    const order: string[] = [];
    const ended: Promise<void>[] = [];
    await one.exclusively(async () => {
      clock.advanceMs(30_000);
      await new Promise<void>((begun) => {
        ended.push(
          two.exclusively(async () => {
            begun();
            await twoMayEnd;
            order.push('two');
          }),
        );
      });
    });
    // One has ended and two still renews: three has to wait for it, and only its waiting lets two end.
    await three.exclusively(() => Promise.resolve(void order.push('three')));
    letTwoEnd();
    await Promise.all(ended);
    expect(order).toEqual(['two', 'three']);
  });
});

async function holdForEver({ db }: OpenDatabase): Promise<void> {
  await db
    .updateTable('connections')
    .set({ refresh_lease_until: new Date('2999-01-01') })
    .execute();
}
