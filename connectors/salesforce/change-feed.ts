import type { ChangeFeed, CrmSignal, FeedBatch } from '../contract.js';
import type { RecordChange } from './change-events.js';
import { signalsAbout } from './hints.js';
import { clientName, type OrgAccess } from './org-access.js';
import { ourPrefix } from './our-fields.js';
import type { ChangeBatch } from './stream-batch.js';
import { openChangeStream } from './stream.js';
import type { StreamTiming } from './stream-timing.js';

export interface ChangeFeedOptions {
  readonly connect: OrgAccess['connect'];
  /** `/data/ChangeEvents`, or a channel that an administrator made. */
  readonly channel: string;
  readonly now: () => Date;
  readonly timing?: Partial<StreamTiming>;
}

/** Whose changes matter; others on the channel only move the position. */
const watched = ['Opportunity', 'Lead'] as const;

/** Change Data Capture as a feed of the contract (STREAMING.md says what is odd about it). */
export function createChangeFeed({ connect, channel, now, timing }: ChangeFeedOptions): ChangeFeed {
  // Another channel's replay ids mean nothing here.
  const mark = `${channel} `;
  return {
    remedy: `Select ${watched.join(' and ')} under Change Data Capture in Setup, or as members of the channel ${channel}.`,
    open: (listener) =>
      openChangeStream({
        channel,
        objects: watched,
        connect,
        position: async () => {
          const kept = await listener.position();
          return kept?.startsWith(mark) === true ? kept.slice(mark.length) : null;
        },
        keep: (batch) => listener.keep(toFeedBatch(batch, mark)),
        own: { client: clientName, isOurField: (field) => field.startsWith(ourPrefix) },
        now,
        onState: listener.onState,
        ...(timing === undefined ? {} : { timing }),
      }),
  };
}

/** In neutral words: records as hints, and one moment since when to read again, the earliest that anything asks for. */
export function toFeedBatch({ changes, rereads, echoes, ignored, position }: ChangeBatch, mark: string): FeedBatch {
  const moments = rereads.flatMap(({ since }) => since ?? []).toSorted();
  return {
    signals: changes.flatMap(signalsOf),
    reread: rereads.length === 0 ? null : { since: moments[0] ?? null },
    echoes,
    ignored,
    position: `${mark}${position}`,
  };
}

function signalsOf({ object, ids, stageHint }: RecordChange): readonly CrmSignal[] {
  return signalsAbout(object, ids, { accountId: null, stageHintOf: () => stageHint });
}
