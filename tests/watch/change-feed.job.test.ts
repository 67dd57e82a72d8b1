import { pino } from 'pino';
import {
  CrmRejected,
  CrmUnauthorised,
  type CrmFailure,
  type FeedBatch,
  type FeedListener,
} from '../../connectors/contract.js';
import { migrations } from '../../src/migrations.js';
import type { Database, OpenDatabase } from '../../src/platform/database.js';
import { listProblems } from '../../src/platform/problems.store.js';
import { createTransact } from '../../src/platform/unit-of-work.js';
import { ensureConnection } from '../../src/sync/connection.store.js';
import { listenToFeed, type FeedListening } from '../../src/watch/change-feed.job.js';
import { ensureFeed, findFeed, forgetRefusal, freeAllFeeds } from '../../src/watch/change-feed.store.js';
import { createConnectionTrouble } from '../../src/watch/connection-trouble.handler.js';
import { feedView } from '../../src/watch/feed-standing.js';
import { createKeepFeed } from '../../src/watch/keep-feed.handler.js';
import { countPending } from '../../src/watch/pending-deal.store.js';
import { eachDatabase, emptyTables } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { createTestClock } from '../support/test-clock.js';

/** A feed of which the test says what happens. */
interface OpenedFeed {
  readonly listener: FeedListener;
  readonly end: (failure: CrmFailure) => void;
  closed: boolean;
}

const silentQueue = { wake: () => undefined, onWake: () => undefined, start: unasked, close: unasked };

function unasked(): Promise<void> {
  return Promise.resolve();
}

const batch = (position: string, crmDealId?: string): FeedBatch => ({
  signals: crmDealId === undefined ? [] : [{ objectType: 'deal', accountId: null, crmDealId, stageHint: null }],
  ...{ reread: null, echoes: 0, ignored: 0, position },
});

eachDatabase('listening to a change feed', (open) => {
  let database: OpenDatabase;
  let db: Database;
  const clock = createTestClock();
  const opened: OpenedFeed[] = [];
  let processes: FeedListening[] = [];

  beforeAll(async () => {
    database = await open({ migrations });
    db = database.db;
  });
  beforeEach(async () => {
    const connection = { id: 'crm', crm: 'salesforce', name: 'CRM' } as const;
    await db.transaction().execute(async (trx) => {
      await ensureConnection(trx, connection, clock.now());
      await ensureFeed(trx, 'crm', clock.now());
    });
  });
  afterEach(async () => {
    await Promise.all(processes.map((one) => one.close()));
    processes = [];
    opened.splice(0);
    await emptyTables(db);
  });
  afterAll(() => database.close());

  const startProcess = (): FeedListening => {
    const log = pino({ level: 'silent' });
    const transact = createTransact({ db, queue: silentQueue, clock });
    const one = listenToFeed(
      {
        ...{ db, clock, log, observe: () => undefined },
        keep: createKeepFeed({ transact }),
        trouble: createConnectionTrouble({ transact, clock, log }),
      },
      {
        id: 'crm',
        feed: {
          remedy: 'Switch it on.',
          open: (listener) => {
            let end: (failure: CrmFailure | null) => void = () => undefined;
            const ended = new Promise<CrmFailure | null>((resolve) => (end = resolve));
            const feed: OpenedFeed = { listener, end, closed: false };
            opened.push(feed);
            const close = async (): Promise<void> => {
              feed.closed = true;
              end(null);
              await ended;
            };
            return { ended, close };
          },
        },
      },
    );
    processes.push(one);
    one.start();
    return one;
  };
  const isOpened = (count: number) => eventually(`${count} feeds were opened`, () => opened.length === count);
  const standing = async () => feedView((await findFeed(db, 'crm'))!, clock.now()).state;
  const stands = (state: string) => eventually(`it is ${state}`, async () => (await standing()) === state);
  const problems = async () => (await listProblems(db, { state: 'open' }, { limit: 10 })).items;
  /** Time for a process to have done what it is not to do. */
  const looksInVain = async (one: FeedListening): Promise<void> => {
    one.wake();
    one.wake();
    await new Promise((resolve) => setTimeout(resolve, 50));
  };

  it('is done by one process at a time, and taken over when that one stops', async () => {
    const first = startProcess();
    await isOpened(1);
    const second = startProcess();
    await looksInVain(second);
    expect(opened).toHaveLength(1);
    await opened[0]!.listener.keep(batch('p1'));
    await first.close();
    expect(opened[0]?.closed).toBe(true);
    second.wake();
    await isOpened(2);
    expect(await opened[1]?.listener.position()).toBe('p1');
  });

  it('is taken over from a process that died, which stores nothing more should it live after all', async () => {
    startProcess();
    await isOpened(1);
    clock.advanceMs(21_000);
    startProcess();
    await isOpened(2);
    await opened[1]!.listener.keep(batch('p2', '1'));
    await expect(opened[0]!.listener.keep(batch('p1', '2'))).rejects.toThrow('Another process listens');
    // Sooner than it would look by itself.
    await eventually('the first one stops', () => opened[0]!.closed, 2_000);
    expect((await findFeed(db, 'crm'))?.position).toBe('p2');
    expect(await countPending(db)).toBe(1);
  });

  it('goes on while it says that it is alive', async () => {
    const first = startProcess();
    await isOpened(1);
    for (let minute = 0; minute < 3; minute += 1) {
      clock.advanceMs(15_000);
      const before = (await findFeed(db, 'crm'))?.lease_until;
      first.wake();
      await eventually(
        'it says so',
        async () => (await findFeed(db, 'crm'))?.lease_until?.getTime() !== before?.getTime(),
      );
    }
    await looksInVain(startProcess());
    expect(opened).toHaveLength(1);
  });

  it('begins at once when the process before is known to be gone', async () => {
    startProcess();
    await isOpened(1);
    await freeAllFeeds(db);
    startProcess();
    await isOpened(2);
  });

  it('says how it stands, and that nobody listens once a lease ran out', async () => {
    startProcess();
    await isOpened(1);
    const { onState } = opened[0]!.listener;
    onState({ kind: 'live' });
    await stands('live');
    onState({ kind: 'waiting', detail: 'torn', failures: 1, retryAt: clock.now().toISOString() });
    await stands('waiting');
    expect((await findFeed(db, 'crm'))?.detail).toBe('torn');
    expect(await problems()).toEqual([]);
    onState({ kind: 'live' });
    await stands('live');
    clock.advanceMs(20_001);
    expect(await standing()).toBe('connecting');
  });

  it('is not tried again soon where the CRM refuses, which a person reads and may have tried again at once', async () => {
    const one = startProcess();
    await isOpened(1);
    opened[0]!.end(new CrmRejected({ operation: 'subscribe', vendorMessage: 'View All Data is missing' }));
    await stands('refused');
    await eventually('a person reads of it', async () => (await problems()).length === 1);
    expect(await problems()).toMatchObject([
      { workKind: 'change-feed', subjectId: 'crm', detail: 'subscribe: View All Data is missing' },
    ]);
    clock.advanceMs(14 * 60_000);
    await looksInVain(one);
    await looksInVain(startProcess());
    expect(opened).toHaveLength(1);

    await forgetRefusal(db, 'crm');
    one.wake();
    await isOpened(2);
    opened[1]!.listener.onState({ kind: 'live' });
    await eventually('the problem is closed', async () => (await problems()).length === 0);
  });

  it('is tried again by itself a quarter of an hour after a refusal, and a minute after refused credentials', async () => {
    const one = startProcess();
    await isOpened(1);
    opened[0]!.end(new CrmRejected({ operation: 'subscribe', vendorMessage: 'no' }));
    await stands('refused');
    clock.advanceMs(15 * 60_000);
    one.wake();
    await isOpened(2);
    opened[1]!.end(new CrmUnauthorised({ operation: 'sign in', vendorMessage: 'no' }));
    await stands('refused');
    clock.advanceMs(60_000);
    one.wake();
    await isOpened(3);
  });
});
