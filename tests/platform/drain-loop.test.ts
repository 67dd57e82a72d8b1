import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/platform/clock.js';
import {
  createDrainLoop,
  type DrainLoop,
  type DrainLoopOptions,
  type DrainSource,
} from '../../src/platform/drain-loop.js';
import { createLog } from '../../src/platform/log.js';
import { eventually } from '../support/eventually.js';

const log = createLog({ level: 'silent' });
const never = 60_000;

/** A source that holds a number of things and notes when it was called and how much each call took. */
function pile(options: { batch?: number; gatherMs?: number; callMs?: number; counted?: boolean } = {}) {
  const batch = options.batch ?? 10;
  const calls: { at: number; took: number }[] = [];
  const state = { waiting: 0, dueAt: null as Date | null, running: 0, mostRunning: 0, fault: null as Error | null };
  const source: DrainSource = {
    topic: 'pile',
    gatherMs: options.gatherMs ?? 0,
    batch,
    drainOnce: async () => {
      if (state.fault !== null) throw state.fault;
      const took = Math.min(batch, state.waiting);
      state.waiting -= took;
      calls.push({ at: performance.now(), took });
      state.running += 1;
      state.mostRunning = Math.max(state.mostRunning, state.running);
      if (options.callMs !== undefined) await pause(options.callMs);
      state.running -= 1;
      return took === 0 ? 'empty' : took === batch ? 'full' : 'partial';
    },
    nextDueAt: () => Promise.resolve(state.waiting > 0 ? new Date(0) : state.dueAt),
    ...(options.counted === true ? { waiting: () => Promise.resolve(Math.min(batch, state.waiting)) } : {}),
  };
  return { source, calls, state };
}

describe('emptying a source', () => {
  const loops: DrainLoop[] = [];
  const begin = (source: DrainSource, options: Partial<DrainLoopOptions> = {}): DrainLoop => {
    const loop = createDrainLoop({ source, clock: systemClock, log, tickMs: never, random: () => 0, ...options });
    loops.push(loop);
    loop.start();
    return loop;
  };
  /** Started, looked once, idle since long enough that the next call counts as the first. */
  const beginIdle = async (source: DrainSource, options: Partial<DrainLoopOptions> = {}): Promise<DrainLoop> => {
    const loop = begin(source, options);
    await pause(source.gatherMs + 10);
    return loop;
  };
  afterEach(async () => {
    await Promise.all(loops.splice(0).map((loop) => loop.close()));
  });

  it('looks for what an earlier process left as soon as it starts', async () => {
    const { source, state } = pile();
    state.waiting = 3;
    begin(source);
    await eventually('the leftovers are done', () => state.waiting === 0);
  });

  it('answers the first call after a pause at once', async () => {
    const { source, calls, state } = pile({ gatherMs: 300 });
    const loop = await beginIdle(source);
    const wokenAt = performance.now();
    state.waiting = 1;
    loop.wake();
    await eventually('it was called', () => calls.some((call) => call.took === 1));
    expect(calls.at(-1)!.at - wokenAt).toBeLessThan(100);
  });

  it('gathers what follows within the gathering time into one call that is sure to come', async () => {
    const { source, calls, state } = pile({ gatherMs: 150, counted: true });
    const loop = await beginIdle(source);
    calls.length = 0;
    for (let i = 0; i < 6; i += 1) {
      state.waiting += 1;
      loop.wake();
      await pause(10);
    }
    await eventually('all are done', () => state.waiting === 0);
    expect(calls.map((call) => call.took)).toEqual([1, 5]);
  });

  it('does not wait for the gathering time when a full batch is there', async () => {
    const { source, calls, state } = pile({ gatherMs: 2_000, counted: true });
    const loop = await beginIdle(source, {});
    calls.length = 0;
    state.waiting = 1;
    loop.wake();
    await eventually('the first is taken', () => state.waiting === 0);
    const from = performance.now();
    state.waiting = 20;
    loop.wake();
    await eventually('both full batches are taken', () => state.waiting === 0);
    expect(performance.now() - from).toBeLessThan(500);
    expect(calls.map((call) => call.took)).toEqual([1, 10, 10]);
  });

  it('takes a long row of full batches one after the other, and the rest when it had time to fill', async () => {
    const { source, calls, state } = pile({ gatherMs: 100, counted: true });
    const loop = await beginIdle(source);
    calls.length = 0;
    state.waiting = 95;
    loop.wake();
    await eventually('everything is done', () => state.waiting === 0);
    expect(calls.map((call) => call.took)).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 5]);
    expect(calls.at(-1)!.at - calls.at(-2)!.at).toBeGreaterThan(80);
  });

  it('looks once more after a call that a wake-up came into', async () => {
    const { source, calls, state } = pile({ callMs: 60 });
    const loop = await beginIdle(source);
    await pause(60);
    calls.length = 0;
    state.waiting = 1;
    loop.wake();
    await pause(20);
    state.waiting = 1;
    loop.wake();
    loop.wake();
    await eventually('the late one is done', () => state.waiting === 0 && calls.length === 2);
    expect(state.mostRunning).toBe(1);
  });

  it('finds what lost its wake-up, because it asks when the next thing is due', async () => {
    const { source, state } = pile({ callMs: 20 });
    begin(source);
    await pause(5);
    state.waiting = 1;
    await eventually('it is found', () => state.waiting === 0, 1_000);
  });

  it('finds what lost its wake-up while nothing happened, at the fallback tick', async () => {
    const { source, state } = pile();
    await beginIdle(source, { tickMs: 80 });
    state.waiting = 1;
    await eventually('it is found', () => state.waiting === 0, 1_000);
  });

  it('wakes by itself when something becomes due', async () => {
    const { source, calls, state } = pile();
    state.dueAt = new Date(Date.now() + 120);
    begin(source);
    await eventually('it looked at the due time', () => calls.length === 2);
    expect(calls[1]!.at - calls[0]!.at).toBeGreaterThan(100);
  });

  it('runs as many batches side by side as it may, and no more', async () => {
    const { source, calls, state } = pile({ callMs: 150, counted: true, gatherMs: 50 });
    state.waiting = 60;
    begin(source, { concurrency: 3 });
    await eventually('everything is done', () => state.waiting === 0 && state.running === 0);
    expect(state.mostRunning).toBe(3);
    expect(calls.filter((call) => call.took === 10)).toHaveLength(6);
  });

  it('goes on after a fault, waiting longer each time', async () => {
    const { source, state } = pile();
    state.waiting = 1;
    state.fault = new Error('the database is away');
    begin(source);
    await pause(50);
    state.fault = null;
    await eventually('it works again', () => state.waiting === 0, 2_000);
  });

  it('lets the batch under way end when it is closed, and starts no other', async () => {
    const { source, calls, state } = pile({ callMs: 80, batch: 1 });
    state.waiting = 5;
    const loop = begin(source);
    await pause(10);
    await loop.close();
    loop.wake();
    expect(state.running).toBe(0);
    await pause(50);
    expect(calls).toHaveLength(1);
  });
});
