import Bull from 'bull';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { assert } from './assert.js';
import type { Log } from './log.js';
import type { Queue } from './queue.js';

export interface BullQueueOptions {
  readonly redisUrl: string;
  readonly log: Log;
  /** Of every key in Redis; two installations on one Redis database need two. */
  readonly prefix?: string | undefined;
}

const queueName = 'wake';
const defaultPrefix = 'introducer';
const connectTimeoutMs = 5_000;
/** Without an answer for this long Redis counts as away, although the connection still stands. */
const answerWithinMs = 5_000;
const keepAliveMs = 10_000;
const longestReconnectMs = 2_000;
/** After Bull lost a job (Redis was emptied) it rests this long before it takes the next. */
const restAfterFaultMs = 500;
/**
 * Wake-ups of one topic within this time are one job. Never one job for good: when Redis is emptied while Bull works on a job,
 * a remainder of it stays there, and under an id that is used again it would swallow every later wake-up.
 */
const sameJobMs = 500;
const closeWithinMs = 2_000;

class RedisSilent extends Error {
  override readonly name = 'RedisSilent';
}

const wakeUp = z.object({ topic: z.string() });
type WakeUp = z.output<typeof wakeUp>;

/** One wake-up as a job: the same id while it waits means the same wake-up. */
interface Job {
  readonly id: string;
  readonly topic: string;
  /** Epoch milliseconds; 0 for now. */
  readonly dueMs: number;
}

/**
 * Wakes the workers of all processes through Redis. Works without Redis too, as far as this process goes: its own wake-ups
 * are then delivered directly, other processes find the work at their fallback tick, and Redis is joined when it is there.
 */
export function createBullQueue(options: BullQueueOptions): Queue {
  return new BullQueue(options);
}

class BullQueue implements Queue {
  readonly #log: Log;
  readonly #bull: Bull.Queue<WakeUp>;
  readonly #clients: Redis[] = [];
  readonly #listeners = new Map<string, (() => void)[]>();
  /** Wake-ups to be sent when Redis is there, by job id. */
  readonly #unsent = new Map<string, Job>();
  /** Wake-ups on their way to Redis by job id; true when another one came meanwhile and must follow. */
  readonly #sending = new Map<string, boolean>();
  readonly #sends = new Set<Promise<void>>();
  #state: 'waiting' | 'delivering' | 'closed' = 'waiting';
  #consuming = false;
  #reachable = false;
  #metBefore = false;
  #faultNoted = false;
  #callAll: NodeJS.Timeout | undefined;

  constructor(options: BullQueueOptions) {
    this.#log = options.log;
    this.#bull = new Bull(queueName, {
      prefix: options.prefix ?? defaultPrefix,
      createClient: (type) => this.#connect(options.redisUrl, type === 'client'),
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
      settings: { retryProcessDelay: restAfterFaultMs },
    });
    // Bull names its connection in a promise nobody catches; closing meanwhile would end the process.
    Object.defineProperty(this.#bull, 'setWorkerName', { value: () => Promise.resolve() });
    this.#bull.on('error', (error) => this.#noteLostJob(error));
    // Only now: a wake-up that came before this moment was taken for a repetition of this job and not added.
    this.#bull.on('completed', (job: Bull.Job<unknown>) => {
      const read = wakeUp.safeParse(job.data);
      if (read.success) this.#deliver(read.data.topic);
    });
  }

  wake(topic: string, options?: { readonly delayMs?: number | undefined }): void {
    if (this.#state === 'closed') return;
    const delayMs = options?.delayMs ?? 0;
    if (delayMs <= 0) {
      this.#send({ id: `${topic}!${Math.floor(Date.now() / sameJobMs)}`, topic, dueMs: 0 });
      if (!this.#reachable) setImmediate(() => this.#deliver(topic));
      return;
    }
    const steps = Math.ceil((Date.now() + delayMs) / sameJobMs);
    this.#send({ id: `${topic}@${steps}`, topic, dueMs: steps * sameJobMs });
  }

  onWake(topic: string, listener: () => void): void {
    this.#listeners.set(topic, [...(this.#listeners.get(topic) ?? []), listener]);
    this.#consume();
  }

  start(): Promise<void> {
    this.#state = 'delivering';
    this.#consume();
    return Promise.resolve();
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    clearTimeout(this.#callAll);
    if (this.#reachable) await withinTime(Promise.all(this.#sends), closeWithinMs);
    const closed = this.#bull.close().catch(() => undefined);
    // Without Redis Bull waits for a connection that no longer comes; nothing that matters is lost by not waiting along.
    if (this.#reachable) await withinTime(closed, closeWithinMs);
    for (const client of this.#clients) if (client.status !== 'end') client.disconnect();
  }

  /**
   * Takes jobs once Redis is there: before, Bull would wait for it with promises nobody catches. A process without
   * listeners only sends, as taking a job it cannot deliver would lose it for the others.
   */
  #consume(): void {
    if (this.#consuming || !this.#reachable || this.#state !== 'delivering' || this.#listeners.size === 0) return;
    this.#consuming = true;
    void this.#bull.process(() => Promise.resolve()).catch((error: unknown) => this.#noteFault(error));
  }

  /** One command per job is under way at a time, however many wake-ups come: a burst costs Redis next to nothing. */
  #send(job: Job): void {
    if (!this.#reachable) {
      this.#unsent.set(job.id, job);
      return;
    }
    if (this.#sending.has(job.id)) {
      this.#sending.set(job.id, true);
      return;
    }
    this.#sending.set(job.id, false);
    const send = this.#add(job).finally(() => {
      const again = this.#sending.get(job.id) === true;
      this.#sending.delete(job.id);
      this.#sends.delete(send);
      if (again && this.#state !== 'closed') this.#send(job);
    });
    this.#sends.add(send);
  }

  async #add(job: Job): Promise<void> {
    const delay = Math.max(0, job.dueMs - Date.now());
    try {
      const added = this.#bull.add({ topic: job.topic }, { jobId: job.id, delay });
      if ((await withinTime(added, answerWithinMs)) === undefined) throw new RedisSilent('Redis does not answer');
      this.#noteReturn();
    } catch (error) {
      this.#noteFault(error);
      if (delay === 0) this.#deliver(job.topic);
    }
  }

  #deliver(topic: string): void {
    if (this.#state !== 'delivering') return;
    for (const listener of this.#listeners.get(topic) ?? []) listener();
  }

  #connect(redisUrl: string, sendsCommands: boolean): Redis {
    const settings = {
      keepAlive: keepAliveMs,
      // Bull needs commands that wait for the connection to return.
      maxRetriesPerRequest: null,
      enableReadyCheck: false,
      connectTimeout: connectTimeoutMs,
      retryStrategy: (times: number) => (this.#state === 'closed' ? null : Math.min(times * 100, longestReconnectMs)),
      // Missing from ioredis' types. A closed connection leaves this timer behind, which holds the process up.
      disconnectTimeout: 200,
    };
    const client = new Redis(redisUrl, settings);
    // Bull leaves some of what it waits for uncaught; a connection lost while the queue closes would end the process.
    forgettingWhen(client, () => this.#state === 'closed');
    client.on('error', (error) => this.#noteFault(error));
    client.on('close', () => {
      if (sendsCommands) this.#reachable = false;
    });
    client.on('ready', () => {
      if (sendsCommands) this.#resume();
    });
    this.#clients.push(client);
    return client;
  }

  /** Once per outage: a connection that is down says so many times a second. */
  #noteFault(error: unknown): void {
    if (this.#state === 'closed' || this.#faultNoted) return;
    this.#faultNoted = true;
    this.#log.warn({ err: error }, 'Redis cannot be used; work is found at the fallback tick until it returns');
  }

  #noteReturn(): void {
    if (!this.#faultNoted) return;
    this.#faultNoted = false;
    this.#log.info({}, 'Redis is back');
  }

  /** Connections report their own faults; the rest is a job that vanished. What its remainder swallows is called here. */
  #noteLostJob(error: unknown): void {
    this.#log.debug({ err: error }, 'Bull could not finish a wake-up');
    if (this.#state === 'closed') return;
    this.#callAll ??= setTimeout(() => {
      this.#callAll = undefined;
      this.#deliverToAll();
    }, 2 * sameJobMs);
  }

  #deliverToAll(): void {
    for (const topic of this.#listeners.keys()) this.#deliver(topic);
  }

  #resume(): void {
    const returned = this.#metBefore || this.#faultNoted;
    this.#metBefore = true;
    this.#reachable = true;
    this.#noteReturn();
    const unsent = [...this.#unsent.values()];
    this.#unsent.clear();
    for (const job of unsent) this.#send(job);
    this.#consume();
    // What other processes called while the connection was away never arrived.
    if (returned) setImmediate(() => this.#deliverToAll());
  }
}

/** Lets what is under way on the connection rest, neither kept nor refused, from the moment `isOver` says so. */
function forgettingWhen(client: Redis, isOver: () => boolean): void {
  const connect = client.connect.bind(client);
  client.connect = () =>
    connect().catch((error: unknown) => {
      if (!isOver()) throw error;
      return new Promise<void>(() => undefined);
    });
  // ioredis refuses every unanswered command through this method of its own, which its types do not tell.
  const refuseAll: unknown = Reflect.get(client, 'flushQueue');
  assert(typeof refuseAll === 'function', 'ioredis refuses its unanswered commands by flushQueue');
  Object.defineProperty(client, 'flushQueue', {
    value: (...reason: unknown[]) => {
      if (!isOver()) Reflect.apply(refuseAll, client, reason);
    },
  });
}

/** What the promise gives, or undefined when it takes longer. */
async function withinTime<T>(ending: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([ending, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
