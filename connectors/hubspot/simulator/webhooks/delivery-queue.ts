import type { Random } from '../../../simulator/random.js';
import type { WebhookSettings } from '../settings.js';
import type { Poster } from './post.js';
import { webhookHeaders } from './signature.js';
import type { Timers } from './timers.js';
import type { WebhookEvent } from './webhook-event.js';

/** One try at a delivery. */
export interface DeliveryAttempt {
  readonly targetUrl: string;
  readonly attemptNumber: number;
  readonly events: readonly WebhookEvent[];
  /** The receiver's answer, or why there was none. */
  readonly outcome: number | 'timeout' | 'unreachable';
  readonly durationMs: number;
}

export interface DeliveryQueue {
  add(events: readonly WebhookEvent[]): void;
  /** Deliveries that wait for a place or are under way. */
  size(): number;
  counts(): { readonly attempts: number; readonly delivered: number; readonly givenUp: number };
  /** The latest attempts, oldest first. */
  attempts(): readonly DeliveryAttempt[];
  clear(): void;
}

export interface DeliveryQueueOptions {
  readonly settings: WebhookSettings;
  readonly timers: Timers;
  readonly poster: Poster;
  readonly random: Random;
  readonly clientSecret: () => string;
  /** Epoch milliseconds, for the signature. */
  readonly now: () => number;
  readonly onDone: () => void;
}

interface Delivery {
  readonly events: readonly WebhookEvent[];
  readonly attemptNumber: number;
}

const attemptsKept = 1000;

/** Sends deliveries, several at a time, and sees each one through its retries. */
export function createDeliveryQueue(options: DeliveryQueueOptions): DeliveryQueue {
  const { settings, timers, poster, random } = options;
  const tally = { attempts: 0, delivered: 0, givenUp: 0 };
  const log: DeliveryAttempt[] = [];
  let waiting: Delivery[] = [];
  let underWay = 0;

  const pump = (): void => {
    while (underWay < settings.maxConcurrentRequests) {
      const next = waiting.shift();
      if (next === undefined) return;
      underWay += 1;
      void deliver(next).finally(() => {
        underWay -= 1;
        pump();
        options.onDone();
      });
    }
  };
  const push = (delivery: Delivery): void => {
    waiting.push(delivery);
    pump();
  };
  const retry = ({ events, attemptNumber }: Delivery): void => {
    if (attemptNumber >= settings.maxRetries) {
      tally.givenUp += 1;
      return;
    }
    const waitMs = Math.min(settings.retryMaxMs, settings.retryBaseMs * 2 ** attemptNumber);
    timers.later(waitMs * (0.5 + random()), () => push({ events, attemptNumber: attemptNumber + 1 }));
  };
  const deliver = async (delivery: Delivery): Promise<void> => {
    const { targetUrl, timeoutMs, timestampSkewMs } = settings;
    // Switched off while it waited: there is nobody to send to.
    if (targetUrl === null) return;
    const { events, attemptNumber } = delivery;
    const body = JSON.stringify(events.map((event) => ({ ...event, attemptNumber })));
    // Each try is stamped and signed afresh; the event ids stay (whether HubSpot's do is not established).
    const headers = webhookHeaders(options.clientSecret(), targetUrl, body, options.now() + timestampSkewMs);
    const result = await poster.post({ url: targetUrl, headers, body, timeoutMs });
    const outcome = result.kind === 'answered' ? result.status : result.reason;
    tally.attempts += 1;
    log.push({ targetUrl, attemptNumber, events, outcome, durationMs: result.durationMs });
    if (log.length > attemptsKept) log.shift();
    if (typeof outcome === 'number' && outcome >= 200 && outcome < 300) tally.delivered += 1;
    else retry(delivery);
  };
  return {
    add: (events) => push({ events, attemptNumber: 0 }),
    size: () => waiting.length + underWay,
    counts: () => ({ ...tally }),
    attempts: () => [...log],
    clear: () => void (waiting = []),
  };
}
