import { z } from 'zod';
import { workMigration } from '../../src/platform/0001-work.migration.js';
import { systemClock } from '../../src/platform/clock.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { createInProcessQueue } from '../../src/platform/in-process-queue.js';
import { createLog } from '../../src/platform/log.js';
import { listProblems, type Problem } from '../../src/platform/problems.store.js';
import type { Queue } from '../../src/platform/queue.js';
import { createTransact, type Transact } from '../../src/platform/unit-of-work.js';
import type { WorkFailure } from '../../src/platform/work-failure.js';
import { createWorkRunner, type WorkRunner } from '../../src/platform/work-runner.js';
import type { BatchObservation } from '../../src/platform/work-source.js';
import type { WorkKind } from '../../src/platform/work.js';
import { emptyTables, type OpenTestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';

/** A failure that says itself what it means. */
export class Trouble extends Error {
  readonly failure: WorkFailure;

  constructor(failure: WorkFailure) {
    super(failure.detail);
    this.failure = failure;
  }
}

export const words = { title: 'The CRM said no', detail: 'VALIDATION_ERROR: no such stage' };
export const refused = new Trouble({ retry: 'never', ...words });
export const mayBeOurs: WorkFailure = { retry: 'later', countsAsAttempt: true, afterMs: 1, ...words };
export const outage: WorkFailure = { retry: 'later', countsAsAttempt: false, afterMs: 1, ...words };

function classify(error: unknown): WorkFailure {
  return error instanceof Trouble ? error.failure : mayBeOurs;
}

export type Run = WorkKind<{ n: number }>['run'];

export function pushing(run: Run, change: Partial<WorkKind<{ n: number }>> = {}): WorkKind<{ n: number }> {
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

/** A work runner over an empty database, with one kind of work. */
export interface RunnerUnderTest {
  readonly database: OpenDatabase;
  readonly transact: Transact;
  readonly observed: readonly BatchObservation[];
  /** Starts it with this kind of work. */
  readonly begin: (kind: WorkKind<{ n: number }>, options?: { readonly soleWorker?: boolean }) => Promise<void>;
  readonly enqueue: (...keys: string[]) => Promise<void>;
  readonly allDone: () => Promise<void>;
  readonly problems: () => Promise<readonly Problem[]>;
}

/** Opens the database once for a suite, and empties it and stops the runner around each test. */
export function useRunner(open: OpenTestDatabase): RunnerUnderTest {
  let database: OpenDatabase;
  let queue: Queue;
  let transact: Transact;
  let runner: WorkRunner | null = null;
  let observed: BatchObservation[] = [];

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
    await runner?.close();
    runner = null;
    await queue.close();
  });

  return {
    get database() {
      return database;
    },
    get transact() {
      return transact;
    },
    get observed() {
      return observed;
    },
    begin: async (kind, { soleWorker = false } = {}) => {
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
        soleWorker,
      });
      runner.register(kind);
      await runner.start();
    },
    enqueue: (...keys) => transact((uow) => uow.enqueue(keys.map((key, n) => ({ kind: 'push', key, payload: { n } })))),
    allDone: () =>
      eventually(
        'no work is left',
        async () => (await database.db.selectFrom('work').select('key').execute()).length === 0,
      ),
    problems: async () => (await listProblems(database.db, { state: 'open' }, { limit: 50 })).items,
  };
}
