import type { Composition } from './compose.js';
import type { Foundations } from './foundations.js';
import { classifyFailure } from './failure.js';
import { createWorkRunner, type WorkRunner } from './platform/work-runner.js';
import { freeAllFeeds } from './watch/change-feed.store.js';
import { freeAllClaims } from './watch/pending-deal.store.js';

/** The CRM takes its time over a call, so that several leave before the first is answered; its own limit of calls still holds. */
const readsAtOnce = 6;

export interface Worker {
  start(): Promise<void>;
  /** Lets what was begun end, and begins nothing more. */
  close(): Promise<void>;
}

/** Does the work that rows in the database say is to be done. */
export function createWorker(foundations: Foundations, composition: Composition, longestGatherMs?: number): Worker {
  const { database, clock, log, queue } = foundations;
  // The lock on DATA_DIR proves that nobody else works on the embedded database.
  const soleWorker = database.engine === 'embedded';
  const runner: WorkRunner = createWorkRunner({
    db: database.db,
    transact: composition.transact,
    queue,
    clock,
    log,
    classify: classifyFailure,
    observe: composition.meters.batch,
    soleWorker,
    longestGatherMs,
  });
  for (const job of composition.jobs) runner.register(job);
  for (const feed of composition.feeds) queue.onWake(feed.topic, feed.wake);
  for (const reader of composition.readers) runner.drain(reader, { concurrency: readsAtOnce });
  return {
    start: async () => {
      if (soleWorker) await Promise.all([freeAllClaims(database.db), freeAllFeeds(database.db)]);
      await runner.start();
      for (const feed of composition.feeds) feed.start();
    },
    // First what brings new work.
    close: async () => {
      await Promise.all(composition.feeds.map((feed) => feed.close()));
      await runner.close();
    },
  };
}
