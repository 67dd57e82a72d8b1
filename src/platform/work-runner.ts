import { assert } from './assert.js';
import { createDrainLoop, type DrainLoop, type DrainSource } from './drain-loop.js';
import type { Queue } from './queue.js';
import { createWorkSource, type BatchObservation, type WorkSourceDependencies } from './work-source.js';
import { freeAllWork } from './work.store.js';
import type { WorkKind } from './work.js';

export interface WorkRunnerOptions extends Omit<WorkSourceDependencies, 'observe' | 'random'> {
  readonly queue: Queue;
  readonly observe?: (batch: BatchObservation) => void;
  readonly random?: () => number;
  /** How often every source is looked at although nothing woke it; 5 seconds unless said. */
  readonly tickMs?: number;
  /** No source's batches fill longer than this. */
  readonly longestGatherMs?: number | undefined;
  /** No other process works on this database (the embedded one): what a killed process had taken is free at once. */
  readonly soleWorker?: boolean;
}

/** Does the work of this process: one drain loop per kind of work and per other source. */
export interface WorkRunner {
  register<P>(kind: WorkKind<P>): void;
  /** Adds a source that keeps its own rows, before or after `start`. */
  drain(source: DrainSource, options?: { readonly concurrency?: number }): void;
  /** Starts every loop with a first look. The queue is started by whoever made it. */
  start(): Promise<void>;
  /** Takes no more work and waits until what was begun has ended. */
  close(): Promise<void>;
}

export function createWorkRunner(options: WorkRunnerOptions): WorkRunner {
  const deps: WorkSourceDependencies = {
    ...options,
    observe: options.observe ?? (() => undefined),
    random: options.random ?? Math.random,
  };
  const loops = new Map<string, DrainLoop>();
  let started = false;

  const drain = (source: DrainSource, concurrency: number): void => {
    assert(!loops.has(source.topic), `one source for the topic ${source.topic}`);
    const { clock, log, tickMs, longestGatherMs } = options;
    const loop = createDrainLoop({
      source,
      clock,
      log,
      concurrency,
      ...(tickMs === undefined ? {} : { tickMs }),
      ...(longestGatherMs === undefined ? {} : { longestGatherMs }),
    });
    loops.set(source.topic, loop);
    options.queue.onWake(source.topic, loop.wake);
    if (started) loop.start();
  };

  return {
    register: (kind) => {
      drain(createWorkSource(deps, kind), kind.concurrency);
    },
    drain: (source, { concurrency = 1 } = {}) => {
      drain(source, concurrency);
    },
    start: async () => {
      if (options.soleWorker === true) await freeAllWork(options.db);
      started = true;
      for (const loop of loops.values()) loop.start();
    },
    close: async () => {
      started = false;
      await Promise.all([...loops.values()].map((loop) => loop.close()));
    },
  };
}
