import type { CrmFailure } from './crm-failure.js';
import type { CrmSignal } from './crm-signal.js';

/**
 * What must be stored in one transaction before a feed goes on. Signals are hints, as everywhere: a deal that was changed, deleted
 * or restored is named, and so is a lead that was changed, converted, merged or deleted; the record is read again.
 */
export interface FeedBatch {
  readonly signals: readonly CrmSignal[];
  /** There were changes that nobody names one by one; `null` where there were none. */
  readonly reread: FeedReread | null;
  /** Changes that only repeat our own writes, and changes of things we do not watch. Both cost nothing. */
  readonly echoes: number;
  readonly ignored: number;
  /** Opaque; given back by `position` when the feed is opened again. */
  readonly position: string;
}

/**
 * Since when to read again (ISO 8601 UTC, with room for what the CRM stamps early and shows late). `null`: the feed begins here and
 * knows nothing of the time before, so that the sweep's own cursor says where to look.
 */
export interface FeedReread {
  readonly since: string | null;
}

/** `waiting`: broken for `failures` times in a row, and opened again by itself at `retryAt` (ISO 8601 UTC). */
export type FeedState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'waiting'; readonly detail: string; readonly failures: number; readonly retryAt: string }
  | { readonly kind: 'ended'; readonly failure: CrmFailure | null };

/** Who listens to a feed. */
export interface FeedListener {
  /** The position last kept, asked before every connection; `null`: there is none. */
  readonly position: () => Promise<string | null>;
  /** Stores a batch. What it throws is tried again, from the position it left; nothing further is handed over before it ends. */
  readonly keep: (batch: FeedBatch) => Promise<void>;
  readonly onState: (state: FeedState) => void;
}

export interface OpenFeed {
  /**
   * Resolves when the feed is over: with `null` after `close`, else with why it is no use going on without a person, such as a
   * right that we lack. Never rejects.
   */
  readonly ended: Promise<CrmFailure | null>;
  /** Ends the feed, and waits for a `keep` that is under way. */
  close(): Promise<void>;
}

/** A CRM that tells of changes over a connection we keep open. It mends by itself what waiting can mend. */
export interface ChangeFeed {
  /** What a person does in the CRM if the feed is open and yet does not tell of changes. */
  readonly remedy: string;
  open(listener: FeedListener): OpenFeed;
}
