import type { Random } from '../../../simulator/random.js';
import { shuffled } from '../../../simulator/random.js';
import type { WebhookSettings } from '../settings.js';
import type { Timers } from './timers.js';
import type { WebhookEvent } from './webhook-event.js';

export interface EventGatherer {
  add(event: WebhookEvent): void;
  gathered(): number;
  lost(): number;
  clear(): void;
}

export interface EventGathererOptions {
  readonly settings: WebhookSettings;
  readonly timers: Timers;
  readonly random: Random;
  readonly onBatch: (events: readonly WebhookEvent[]) => void;
}

/** A duplicate leaves in a later delivery than the event it repeats. */
const duplicateDelayMs = 25;

/** Joins events into deliveries and plays the tricks of the wire on them: lost, late, twice, out of order. */
export function createEventGatherer({ settings, timers, random, onBatch }: EventGathererOptions): EventGatherer {
  let gathered: WebhookEvent[] = [];
  let gathering = false;
  let lost = 0;

  const flush = (): void => {
    const events = settings.shuffle ? shuffled(gathered, random) : gathered;
    gathered = [];
    for (let start = 0; start < events.length; start += settings.batchSize) {
      onBatch(events.slice(start, start + settings.batchSize));
    }
  };
  const gather = (event: WebhookEvent): void => {
    gathered.push(event);
    if (gathered.length >= settings.batchSize) flush();
    if (gathering || gathered.length === 0) return;
    gathering = true;
    timers.later(settings.gatherMs, () => {
      gathering = false;
      flush();
    });
  };
  const send = (event: WebhookEvent): void => {
    if (settings.delayMs > 0) timers.later(settings.delayMs, () => gather(event));
    else gather(event);
  };
  return {
    add(event) {
      if (settings.lostShare > 0 && random() < settings.lostShare) {
        lost += 1;
        return;
      }
      send(event);
      if (settings.duplicateShare > 0 && random() < settings.duplicateShare) {
        timers.later(settings.gatherMs + duplicateDelayMs, () => send(event));
      }
    },
    gathered: () => gathered.length,
    lost: () => lost,
    clear: () => void (gathered = []),
  };
}
