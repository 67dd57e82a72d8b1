import type { StreamEvent } from './bayeux.js';
import type { ChangeBatch, EventReading, Reread } from './stream-batch.js';
import { before, readEvents } from './stream-batch.js';
import { StreamBroken } from './stream-fault.js';
import type { StreamPosition } from './stream-position.js';
import { writePosition } from './stream-position.js';

/**
 * Hands batches to be stored, each with the position behind it. Only events and a stream that begins anew move the position: that
 * nothing came proves nothing, since a subscription may be gone without a word (STREAMING.md).
 */
export interface PositionKeeper {
  /** Behind which replay id the stream goes on; `null`: there is none. */
  readonly replayId: string | null;
  /** A stream that begins anew: what came before `asOf` has to be read again. */
  begin(reason: 'started' | 'expired', asOf: string): Promise<void>;
  take(events: readonly StreamEvent[]): Promise<void>;
}

export interface PositionKeeperOptions {
  readonly from: StreamPosition | null;
  readonly reading: EventReading;
  readonly keep: (batch: ChangeBatch) => Promise<void>;
}

/** A batch must not grow with what an outage left behind: its rows are written in one transaction. */
const mostEventsAtOnce = 500;

/** @throws StreamBroken from each of its functions when `keep` fails; the position then stays what it was */
export function createPositionKeeper({ from, reading, keep }: PositionKeeperOptions): PositionKeeper {
  let position = from;

  const store = async (batch: Omit<ChangeBatch, 'position'>, next: StreamPosition): Promise<void> => {
    const { changes, rereads, echoes, ignored } = batch;
    try {
      await keep({ changes, rereads, echoes, ignored, position: writePosition(next) });
    } catch (error) {
      const words = error instanceof Error ? error.message : 'unknown fault';
      throw new StreamBroken('not-kept', `what the stream brought could not be stored: ${words}`, undefined, error);
    }
    position = next;
  };
  return {
    get replayId() {
      return position?.replayId ?? null;
    },
    async begin(reason, asOf) {
      const since = position === null ? null : before(position.asOf, reading.overlapMs);
      const reread: Reread = { object: null, since, reason };
      await store({ changes: [], rereads: [reread], echoes: 0, ignored: 0 }, { replayId: null, asOf });
    },
    async take(events) {
      for (let start = 0; start < events.length; start += mostEventsAtOnce) {
        const some = events.slice(start, start + mostEventsAtOnce);
        const asOf = position?.asOf ?? new Date(0).toISOString();
        const { lastCommitAt, ...batch } = readEvents(some, asOf, reading);
        const replayId = highest(some) ?? position?.replayId ?? null;
        // More may be waiting behind these, so no later moment than theirs is certain.
        await store(batch, { replayId, asOf: lastCommitAt !== null && lastCommitAt > asOf ? lastCommitAt : asOf });
      }
    },
  };
}

/** Within one answer only: an org that moves may begin anew with low ids, and must not be held against its old ones. */
function highest(events: readonly StreamEvent[]): string | null {
  let found: bigint | null = null;
  for (const { replayId } of events) {
    if (replayId !== null && (found === null || BigInt(replayId) > found)) found = BigInt(replayId);
  }
  return found === null ? null : String(found);
}
