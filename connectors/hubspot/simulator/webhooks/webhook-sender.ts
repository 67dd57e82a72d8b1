import type { Random } from '../../../simulator/random.js';
import type { WebhookSettings } from '../settings.js';
import type { DeliveryAttempt } from './delivery-queue.js';
import { createDeliveryQueue } from './delivery-queue.js';
import { createEventGatherer } from './event-gatherer.js';
import type { Poster } from './post.js';
import { createTimers } from './timers.js';
import type { WebhookEvent } from './webhook-event.js';

export interface WebhookCounts {
  readonly events: number;
  readonly lostEvents: number;
  readonly attempts: number;
  readonly delivered: number;
  readonly givenUp: number;
  /** Events being gathered, deliveries under way or waiting, and everything that is to happen later. */
  readonly waiting: number;
}

/** Tells the target address of events. */
export interface WebhookSender {
  enqueue(events: readonly WebhookEvent[]): void;
  /** Resolves when nothing is gathered, late, under way or waiting for a retry. */
  idle(): Promise<void>;
  counts(): WebhookCounts;
  /** The latest attempts, oldest first. */
  attempts(): readonly DeliveryAttempt[];
  close(): void;
}

export interface WebhookSenderOptions {
  readonly settings: WebhookSettings;
  readonly poster: Poster;
  readonly random: Random;
  readonly clientSecret: () => string;
  /** Epoch milliseconds, for the signature. */
  readonly now: () => number;
}

export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { settings, random } = options;
  let events = 0;
  let resting: (() => void)[] = [];

  const waiting = (): number => gatherer.gathered() + queue.size() + timers.pending();
  const tellIdle = (): void => {
    if (waiting() > 0) return;
    const told = resting;
    resting = [];
    for (const tell of told) tell();
  };
  const timers = createTimers(tellIdle);
  const queue = createDeliveryQueue({ ...options, timers, onDone: tellIdle });
  const gatherer = createEventGatherer({ settings, timers, random, onBatch: (batch) => queue.add(batch) });

  return {
    enqueue(added) {
      if (settings.targetUrl === null) return;
      events += added.length;
      for (const event of added) gatherer.add(event);
    },
    idle: () => (waiting() === 0 ? Promise.resolve() : new Promise((resolve) => void resting.push(resolve))),
    counts: () => ({ events, lostEvents: gatherer.lost(), ...queue.counts(), waiting: waiting() }),
    attempts: () => queue.attempts(),
    close() {
      timers.clear();
      gatherer.clear();
      queue.clear();
      tellIdle();
    },
  };
}
