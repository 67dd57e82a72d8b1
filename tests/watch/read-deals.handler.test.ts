import type { CrmDeal } from '../../connectors/contract.js';
import { migrations } from '../../src/migrations.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import type { Queue } from '../../src/platform/queue.js';
import { createTransact } from '../../src/platform/unit-of-work.js';
import { ensureConnection } from '../../src/sync/connection.store.js';
import { ensureDeals } from '../../src/sync/crm-link.store.js';
import { claimPending, markPending } from '../../src/watch/pending-deal.store.js';
import { createReadDeals } from '../../src/watch/read-deals.handler.js';
import { dealReaderTopic } from '../../src/watch/topics.js';
import { openTestDatabase } from '../support/databases.js';
import { createTestClock } from '../support/test-clock.js';

const wonWithoutHistory: CrmDeal = {
  crmDealId: '7',
  name: 'Acme',
  pipelineId: 'default',
  stageId: 'signed',
  stageLabel: 'Signed',
  outcome: 'won',
  amount: '100.00',
  currency: 'EUR',
  closeDate: null,
  ownerId: null,
  registrationId: null,
  partner: null,
  mergedIds: [],
  createdAt: null,
  modifiedAt: null,
  stageHistory: null,
  fields: {},
};

describe('reading deals', () => {
  let database: OpenDatabase;
  const clock = createTestClock();
  const woken: string[] = [];
  const dealsChanged = () => Promise.resolve();
  const queue: Queue = {
    wake: (topic) => void woken.push(topic),
    onWake: () => undefined,
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };

  beforeAll(async () => {
    database = await openTestDatabase({ migrations });
  });
  afterAll(() => database.close());

  it('calls the reader of won deals at once when a deal turns out to be won and its history was not asked for', async () => {
    const { db } = database;
    const transact = createTransact({ db, queue, clock });
    const connection = { id: 'hubspot', crm: 'hubspot', name: 'HubSpot' } as const;
    const now = clock.now();
    await transact(async (uow) => {
      await ensureConnection(uow.trx, connection, now);
      await ensureDeals(uow.trx, connection, ['7'], now);
      await markPending(uow.trx, [{ connectionId: 'hubspot', crmDealId: '7', stageHint: null }], now);
    });
    const plain = { connectionId: 'hubspot', history: false, wonStageIds: [] };
    const claimed = await claimPending(db, plain, 10, now, new Date(now.getTime() + 60_000));
    const connector = {
      readDeals: () => Promise.resolve([{ kind: 'found', requestedId: '7', deal: wonWithoutHistory } as const]),
    };
    const summary = await createReadDeals({ db, clock, transact, dealsChanged })(
      { id: 'hubspot', connector },
      claimed,
      false,
    );
    expect(summary).toMatchObject({ changed: 0, historyNeeded: 1 });
    expect(woken).toEqual([dealReaderTopic('hubspot', true)]);
    const won = await claimPending(db, { ...plain, history: true }, 10, now, new Date(now.getTime() + 60_000));
    expect(won.map((deal) => deal.crmDealId)).toEqual(['7']);
  });

  it('believes a deal whose modified time was set back, unless somebody wrote about it while it was read', async () => {
    const { db } = database;
    const transact = createTransact({ db, queue, clock });
    const read = async (
      modifiedAt: string,
      amount: string,
      meanwhile: () => Promise<void> = () => Promise.resolve(),
    ) => {
      const now = clock.now();
      await transact((uow) =>
        markPending(uow.trx, [{ connectionId: 'hubspot', crmDealId: '8', stageHint: null }], now),
      );
      const plain = { connectionId: 'hubspot', history: false, wonStageIds: [] };
      const claimed = await claimPending(db, plain, 10, now, new Date(now.getTime() + 60_000));
      const deal: CrmDeal = { ...wonWithoutHistory, crmDealId: '8', outcome: 'open', amount, modifiedAt };
      const connector = {
        readDeals: async () => {
          await meanwhile();
          return [{ kind: 'found', requestedId: '8', deal } as const];
        },
      };
      const { changed } = await createReadDeals({ db, clock, transact, dealsChanged })(
        { id: 'hubspot', connector },
        claimed,
        false,
      );
      clock.advanceMs(10_000);
      return changed;
    };
    await transact((uow) =>
      ensureDeals(uow.trx, { id: 'hubspot', crm: 'hubspot' }, ['8'], uow.now).then(() => undefined),
    );
    expect(await read('2026-03-02T10:00:00.000Z', '100.00')).toBe(1);
    expect(await read('2026-03-01T10:00:00.000Z', '200.00')).toBe(1);
    const overtaken = read('2026-03-03T10:00:00.000Z', '300.00', async () => {
      clock.advanceMs(10_000);
      expect(await read('2026-03-04T10:00:00.000Z', '400.00')).toBe(1);
    });
    expect(await overtaken).toBe(0);
  });
});
