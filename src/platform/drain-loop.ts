import { performance } from 'node:perf_hooks';
import { backoffMs } from './backoff.js';
import type { Clock } from './clock.js';
import type { Log } from './log.js';

/** Something that is emptied in batches: work rows of one kind, or a stage's own pending set. */
export interface DrainSource {
  readonly topic: string;
  /** While things keep coming, how long to let a batch fill before the next call. */
  readonly gatherMs: number;
  /** What a full batch holds; 100 unless said. */
  readonly batch?: number;
  /** Claims one batch and does it. `full`: there may be more right now. */
  drainOnce(): Promise<'empty' | 'partial' | 'full'>;
  /** When the next thing becomes due (in the past: now), null when nothing waits. */
  nextDueAt(): Promise<Date | null>;
  /** How many things are due and free, counted up to a full batch at least. With it, a full batch is taken without waiting. */
  waiting?(): Promise<number>;
}

export interface DrainLoopOptions {
  readonly source: DrainSource;
  readonly clock: Clock;
  readonly log: Log;
  /** Batches of this source that may run at once in this process; 1 unless said. */
  readonly concurrency?: number;
  /** How often to look although nobody called: what a lost wake-up costs at most. */
  readonly tickMs?: number;
  /** A batch fills no longer than this, whatever its source says. */
  readonly longestGatherMs?: number;
  /** 0 to 1; spreads the retries of several processes. */
  readonly random?: () => number;
}

/** Empties one source, in this process, whenever it is woken, something becomes due or the fallback tick comes. */
export interface DrainLoop {
  start(): void;
  /** Something may have come in. Never throws. */
  readonly wake: () => void;
  /** Starts nothing more and waits for the batches under way. */
  close(): Promise<void>;
}

const defaultTickMs = 5_000;
const defaultBatch = 100;
/** Between two looks at whether a full batch is waiting. */
const lookEveryMs = 25;
/** After an empty claim, rows that say they are due are in another worker's hands: do not spin on them. */
const emptyPauseMs = 200;

export function createDrainLoop(options: DrainLoopOptions): DrainLoop {
  const loop = new Loop(options);
  return { start: () => loop.start(), wake: () => loop.wake(), close: () => loop.close() };
}

/**
 * One state, one `step` that looks at it, acts and sets one timer for the next moment at which anything could change. Times
 * here are milliseconds of the monotonic clock.
 */
class Loop {
  readonly #source: DrainSource;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #concurrency: number;
  readonly #tickMs: number;
  readonly #gatherMs: number;
  readonly #random: () => number;
  readonly #running = new Set<Promise<void>>();

  #open = false;
  /** Something came in since the last claim began: one more claim is owed, whatever happens. */
  #owed = false;
  /** It is worth looking whether a full batch waits. */
  #unlooked = false;
  #look: Promise<void> | undefined;
  #failures = 0;
  #launchedAt = -Infinity;
  #lookedAt = -Infinity;
  #blockedUntil = -Infinity;
  #tickAt = Infinity;
  #dueAt = Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: DrainLoopOptions) {
    this.#source = options.source;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#concurrency = options.concurrency ?? 1;
    this.#tickMs = options.tickMs ?? defaultTickMs;
    this.#gatherMs = Math.min(options.source.gatherMs, options.longestGatherMs ?? Infinity);
    this.#random = options.random ?? Math.random;
  }

  start(): void {
    this.#open = true;
    this.wake();
  }

  wake(): void {
    this.#owed = true;
    this.#unlooked = true;
    this.#step();
  }

  async close(): Promise<void> {
    this.#open = false;
    clearTimeout(this.#timer);
    await Promise.all([...this.#running, this.#look]);
  }

  #step(): void {
    if (!this.#open) return;
    const now = performance.now();
    if (now >= this.#tickAt || now >= this.#dueAt) this.#owed = true;
    if (now >= this.#tickAt) this.#tickAt = now + this.#tickMs;
    if (now >= this.#dueAt) this.#dueAt = Infinity;
    if (this.#hasRoom() && now >= this.#blockedUntil) {
      if (this.#owed && now >= this.#gatheredAt()) this.#launch(now);
      else if (this.#mayLook() && now >= this.#lookedAt + lookEveryMs) this.#startLook(now);
    }
    this.#setTimer(now);
  }

  #hasRoom(): boolean {
    return this.#running.size < this.#concurrency;
  }

  #mayLook(): boolean {
    return this.#unlooked && this.#look === undefined && this.#source.waiting !== undefined;
  }

  /** The first call after a pause goes at once; later ones, and those beside a running batch, let a batch fill. */
  #gatheredAt(): number {
    const gatherMs = this.#running.size > 0 ? Math.max(this.#gatherMs, lookEveryMs) : this.#gatherMs;
    return this.#launchedAt + gatherMs;
  }

  #setTimer(now: number): void {
    const moments = [this.#tickAt, this.#dueAt];
    if (this.#hasRoom() && this.#owed) moments.push(Math.max(this.#gatheredAt(), this.#blockedUntil));
    if (this.#hasRoom() && this.#mayLook()) moments.push(Math.max(this.#lookedAt + lookEveryMs, this.#blockedUntil));
    clearTimeout(this.#timer);
    const next = Math.min(...moments);
    // Timers may fire a fraction early; rounding up keeps `step` from finding nothing to do and setting them again.
    this.#timer = setTimeout(() => this.#step(), Math.max(0, Math.ceil(next - now)));
  }

  #launch(now: number): void {
    this.#owed = false;
    // With room for another batch it is worth a look whether one is waiting already.
    this.#unlooked = this.#concurrency > 1;
    this.#launchedAt = now;
    this.#lookedAt = now;
    this.#tickAt = now + this.#tickMs;
    const batch = this.#drain().finally(() => {
      this.#running.delete(batch);
      this.#step();
    });
    this.#running.add(batch);
  }

  async #drain(): Promise<void> {
    try {
      const result = await this.#source.drainOnce();
      this.#failures = 0;
      if (result === 'full') this.#continue();
      else if (!this.#owed) await this.#planDue(result === 'empty' ? emptyPauseMs : 0);
    } catch (error) {
      this.#failures += 1;
      const pauseMs = backoffMs(this.#failures, this.#random());
      this.#blockedUntil = performance.now() + pauseMs;
      this.#owed = true;
      this.#log.error({ err: error, topic: this.#source.topic, pauseMs }, 'could not look for work, will look again');
    }
  }

  /** After a full batch: the next one goes at once if it is full too, else when it had time to fill. */
  #continue(): void {
    this.#owed = true;
    this.#unlooked = true;
    this.#lookedAt = -Infinity;
    if (this.#source.waiting === undefined) this.#launchedAt = -Infinity;
  }

  async #planDue(leastMs: number): Promise<void> {
    const due = await this.#source.nextDueAt();
    if (due === null) return;
    const waitMs = Math.max(leastMs, due.getTime() - this.#clock.now().getTime());
    this.#dueAt = Math.min(this.#dueAt, performance.now() + waitMs);
  }

  #startLook(now: number): void {
    this.#unlooked = false;
    this.#lookedAt = now;
    this.#look = this.#countWaiting().then((waiting) => {
      this.#look = undefined;
      const full = waiting >= (this.#source.batch ?? defaultBatch);
      if (full && this.#open && this.#hasRoom()) this.#launch(performance.now());
      this.#step();
    });
  }

  async #countWaiting(): Promise<number> {
    try {
      return (await this.#source.waiting?.()) ?? 0;
    } catch (error) {
      this.#log.warn({ err: error, topic: this.#source.topic }, 'could not count waiting work');
      return 0;
    }
  }
}
