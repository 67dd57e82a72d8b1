import type { ChangeEvent } from './change-event.js';

export interface RetainedEvent extends ChangeEvent {
  readonly replayId: number;
  /** Epoch milliseconds at which it came onto the bus. */
  readonly at: number;
}

/** Keeps events for those who come later. */
export interface EventBus {
  publish(event: ChangeEvent): void;
  /** Events of these entities behind a replay id, oldest first, `limit` at most. */
  after(replayId: number, entities: (entity: string) => boolean, limit: number): readonly RetainedEvent[];
  /** The replay id behind which only new events are; what `-1` stands for. */
  end(): number;
  /** The replay id behind which all retained events are; what `-2` stands for. */
  start(): number;
  /** Whether events can be replayed from behind this id: it must be that of an event still there, or of the very end. */
  isValid(replayId: number): boolean;
  /** Drops everything, as if the retention time had passed. */
  expire(): void;
}

export interface EventBusOptions {
  readonly now: () => number;
  readonly retentionMs: () => number;
  /** From 0 to 1: replay ids ascend without being contiguous. */
  readonly random: () => number;
}

const firstReplayId = 1_000;

export function createEventBus({ now, retentionMs, random }: EventBusOptions): EventBus {
  let retained: RetainedEvent[] = [];
  let last = firstReplayId;
  let expiredThrough = 0;
  const tidy = (): void => {
    const oldest = now() - retentionMs();
    const kept = retained.findIndex(({ at }) => at >= oldest);
    const dropped = retained.slice(0, kept === -1 ? retained.length : kept);
    expiredThrough = dropped.at(-1)?.replayId ?? expiredThrough;
    if (dropped.length > 0) retained = retained.slice(dropped.length);
  };
  return {
    publish(event) {
      tidy();
      last += 1 + Math.floor(random() * 3);
      retained.push({ ...event, replayId: last, at: now() });
    },
    after(replayId, hears, limit) {
      tidy();
      const found: RetainedEvent[] = [];
      for (const event of retained) {
        if (found.length >= limit) break;
        if (event.replayId > replayId && hears(event.entity)) found.push(event);
      }
      return found;
    },
    end: () => last,
    start: () => expiredThrough,
    isValid(replayId) {
      tidy();
      return replayId > expiredThrough && replayId >= firstReplayId && replayId <= last;
    },
    expire() {
      expiredThrough = retained.at(-1)?.replayId ?? expiredThrough;
      retained = [];
    },
  };
}
