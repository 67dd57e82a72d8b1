import { z } from 'zod';
import { workMigration } from '../../src/platform/0001-work.migration.js';
import { systemClock } from '../../src/platform/clock.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { createInProcessQueue } from '../../src/platform/in-process-queue.js';
import { createLog } from '../../src/platform/log.js';
import { countOpenProblems, listProblems, type Problem } from '../../src/platform/problems.store.js';
import type { Queue } from '../../src/platform/queue.js';
import { createRetryProblem } from '../../src/platform/retry-problem.js';
import { createTransact, type Transact } from '../../src/platform/unit-of-work.js';
import type { WorkFailure } from '../../src/platform/work-failure.js';
import { createWorkRunner, type WorkRunner } from '../../src/platform/work-runner.js';
import type { BatchObservation } from '../../src/platform/work-source.js';
import type { WorkKind, WorkOutcome } from '../../src/platform/work.js';
import { eachDatabase, emptyTables } from '../support/databases.js';
import { eventually } from '../support/eventually.js';

/** A failure that says itself what it means. */
class Trouble extends Error {
  readonly failure: WorkFailure;

  constructor(failure: WorkFailure) {
    super(failure.detail);
    this.failure = failure;
  }
}

const words = { title: 'The CRM said no', detail: 'VALIDATION_ERROR: no such stage' };
const refused = new Trouble({ retry: 'never', ...words });
const mayBeOurs: WorkFailure = { retry: 'later', countsAsAttempt: true, afterMs: 1, ...words };
const outage: WorkFailure = { retry: 'later', countsAsAttempt: false, afterMs: 1, ...words };

function classify(error: unknown): WorkFailure {
  return error instanceof Trouble ? error.failure : mayBeOurs;
}

type Run = WorkKind<{ n: number }>['run'];

function pushing(run: Run, change: Partial<WorkKind<{ n: number }>> = {}): WorkKind<{ n: number }> {
  return {
    kind: 'push',
    payload: z.strictObject({ n: z.number() }),
    batch: 10,
    gatherMs: 0,
    concurrency: 1,
    leaseMs: 10_000,
    maxAttempts: 3,
    run,
    subject: (item) => ({ type: 'registration', id: item.key }),
    ...change,
  };
}

eachDatabase('a work runner', (open) => {
  let database: OpenDatabase;
  let queue: Queue;
  let transact: Transact;
  let runner: WorkRunner;
  let observed: BatchObservation[];

  beforeAll(async () => {
    database = await open({ migrations: [workMigration] });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await emptyTables(database.db);
    queue = createInProcessQueue();
    transact = createTransact({ db: database.db, queue, clock: systemClock });
    await queue.start();
  });
  afterEach(async () => {
    await runner.close();
    await queue.close();
  });

  const begin = async (kind: WorkKind<{ n: number }>): Promise<void> => {
    observed = [];
    runner = createWorkRunner({
      db: database.db,
      transact,
      queue,
      clock: systemClock,
      log: createLog({ level: 'silent' }),
      classify,
      observe: (batch) => observed.push(batch),
      random: () => 0,
    });
    runner.register(kind);
    await runner.start();
  };
  const enqueue = (...keys: string[]): Promise<void> =>
    transact((uow) => uow.enqueue(keys.map((key, n) => ({ kind: 'push', key, payload: { n } }))));
  const allDone = (): Promise<void> =>
    eventually(
      'no work is left',
      async () => (await database.db.selectFrom('work').select('key').execute()).length === 0,
    );
  const problems = async (): Promise<readonly Problem[]> =>
    (await listProblems(database.db, { state: 'open' }, { limit: 50 })).items;

  it('does what was enqueued right after the transaction that enqueued it, in one batch', async () => {
    const batches: string[][] = [];
    await begin(
      pushing((items) => {
        batches.push(items.map((item) => item.key));
        return Promise.resolve('done');
      }),
    );
    await enqueue('a', 'b', 'c');
    await allDone();
    expect(batches).toEqual([['a', 'b', 'c']]);
    expect(observed).toMatchObject([{ kind: 'push', done: 3, postponed: 0, setAside: 0 }]);
  });

  it('does nothing for a transaction that was rolled back', async () => {
    const seen: string[] = [];
    await begin(
      pushing((items) => {
        seen.push(...items.map((item) => item.key));
        return Promise.resolve('done');
      }),
    );
    await expect(
      transact(async (uow) => {
        await uow.enqueue([{ kind: 'push', key: 'a', payload: { n: 1 } }]);
        throw refused;
      }),
    ).rejects.toBe(refused);
    await enqueue('b');
    await allDone();
    expect(seen).toEqual(['b']);
  });

  it('tries again after an outage for as long as it takes', async () => {
    let calls = 0;
    await begin(
      pushing(() => {
        calls += 1;
        if (calls <= 6) throw new Trouble(outage);
        return Promise.resolve('done');
      }),
    );
    await enqueue('a');
    await allDone();
    expect(calls).toBe(7);
    expect(await problems()).toEqual([]);
  });

  it('sets aside what failed too often, with the words of the failure', async () => {
    await begin(
      pushing(() => {
        throw new Trouble(mayBeOurs);
      }),
    );
    await enqueue('reg_1');
    await allDone();
    expect(await problems()).toMatchObject([
      {
        kind: 'exhausted',
        workKind: 'push',
        workKey: 'reg_1',
        payload: { n: 0 },
        subjectType: 'registration',
        subjectId: 'reg_1',
        title: words.title,
        detail: `${words.detail} (3 tries)`,
        occurrences: 1,
      },
    ]);
  });

  it('sets aside only the one item that will never work, and does its neighbours', async () => {
    const done: string[] = [];
    await begin(
      pushing((items) => {
        if (items.some((item) => item.key === 'bad')) throw refused;
        done.push(...items.map((item) => item.key));
        return Promise.resolve('done');
      }),
    );
    await enqueue('a', 'b', 'bad', 'c', 'd', 'e');
    await allDone();
    expect(done.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await problems()).toMatchObject([{ kind: 'refused', workKey: 'bad', detail: words.detail }]);
  });

  it('sets aside only the one item that keeps failing for a reason nobody knows', async () => {
    const done: string[] = [];
    await begin(
      pushing((items) => {
        if (items.some((item) => item.key === 'bad')) throw new TypeError('x is not a function');
        done.push(...items.map((item) => item.key));
        return Promise.resolve('done');
      }),
    );
    await enqueue('a', 'bad', 'b');
    await allDone();
    expect(done.toSorted()).toEqual(['a', 'b']);
    expect(await problems()).toMatchObject([{ kind: 'exhausted', workKey: 'bad' }]);
  });

  it('follows what a run says of each item', async () => {
    let ran = 0;
    await begin(
      pushing((items, now) => {
        ran += items.length;
        const outcomeOf = (key: string): WorkOutcome => {
          if (key === 'refuse') return { kind: 'set-aside', title: 'No', detail: 'Why not' };
          return key === 'again' && ran < 4 ? { kind: 'again', at: new Date(now.getTime() + 50) } : { kind: 'done' };
        };
        return Promise.resolve(new Map(items.map((item) => [item.key, outcomeOf(item.key)])));
      }),
    );
    await enqueue('again', 'done', 'refuse');
    await allDone();
    expect(ran).toBe(4);
    expect(await problems()).toMatchObject([{ workKey: 'refuse', title: 'No', detail: 'Why not' }]);
  });

  it('sets aside a task it cannot read, and does the others', async () => {
    const done: string[] = [];
    await begin(
      pushing((items) => {
        done.push(...items.map((item) => item.key));
        return Promise.resolve('done');
      }),
    );
    await transact((uow) =>
      uow.enqueue([
        { kind: 'push', key: 'old', payload: { number: 'one' } },
        { kind: 'push', key: 'new', payload: { n: 1 } },
      ]),
    );
    await allDone();
    expect(done).toEqual(['new']);
    expect(await problems()).toMatchObject([
      { kind: 'unreadable', workKey: 'old', detail: expect.stringContaining('n') },
    ]);
  });

  it('does a task that is asked for again while it is being done once more', async () => {
    const seen: number[] = [];
    await begin(
      pushing(async (items) => {
        seen.push(items[0]!.payload.n);
        if (seen.length === 1) {
          await transact((uow) => uow.enqueue([{ kind: 'push', key: 'a', payload: { n: 7 } }]));
        }
        return 'done';
      }),
    );
    await enqueue('a');
    await allDone();
    expect(seen).toEqual([0, 7]);
  });

  it('does at start what a killed process had begun, when it is the only worker', async () => {
    await transact(async ({ trx, enqueue: add, now }) => {
      await add([{ kind: 'push', key: 'a', payload: { n: 1 } }]);
      await trx
        .updateTable('work')
        .set({ lease_until: new Date(now.getTime() + 60_000) })
        .execute();
    });
    runner = createWorkRunner({
      db: database.db,
      transact,
      queue,
      clock: systemClock,
      log: createLog({ level: 'silent' }),
      classify,
      soleWorker: true,
    });
    runner.register(pushing(() => Promise.resolve('done')));
    await runner.start();
    await allDone();
  });

  it('sets aside a task that ended its worker each time it was begun', async () => {
    await enqueue('deadly');
    await database.db
      .updateTable('work')
      .set({ lease_until: new Date(Date.now() - 1), attempts: 2, failures: 2 })
      .execute();
    await begin(pushing(() => Promise.resolve('done')));
    await allDone();
    expect(await problems()).toMatchObject([{ kind: 'exhausted', workKey: 'deadly' }]);
  });

  describe('when a problem is retried', () => {
    it('does the work again, and closes the problem once that works', async () => {
      let mended = false;
      await begin(
        pushing(() => {
          if (!mended) throw refused;
          return Promise.resolve('done');
        }),
      );
      const retry = createRetryProblem({ transact });
      await enqueue('a');
      await allDone();
      const [problem] = await problems();

      expect(await retry(problem!.id)).toMatchObject({ kind: 'retried' });
      await eventually('it failed again', async () => (await problems())[0]?.occurrences === 2);
      mended = true;
      expect(await retry(problem!.id)).toMatchObject({ kind: 'retried' });
      await eventually('it is closed', async () => (await problems()).length === 0);
      expect(await retry(problem!.id)).toMatchObject({ kind: 'already-resolved' });
      expect(await countOpenProblems(database.db)).toEqual(new Map());
    });

    it('says so when there is no such problem', async () => {
      await begin(pushing(() => Promise.resolve('done')));
      expect(await createRetryProblem({ transact })('prb_none')).toEqual({ kind: 'not-found' });
    });
  });
});
