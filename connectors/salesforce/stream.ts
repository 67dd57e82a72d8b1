import { setTimeout as pause } from 'node:timers/promises';
import { CrmFailure, CrmRateLimited, CrmUnauthorised, CrmUnavailable } from '../contract.js';
import type { StreamAccess } from './bayeux-line.js';
import { openLine } from './bayeux-line.js';
import type { OwnWriting } from './change-events.js';
import { createPositionKeeper } from './position-keeper.js';
import type { ChangeBatch } from './stream-batch.js';
import type { StreamFaultKind } from './stream-fault.js';
import { ChangeStreamRefused, StreamBroken } from './stream-fault.js';
import { readPosition } from './stream-position.js';
import { runSession } from './stream-session.js';
import type { StreamTiming } from './stream-timing.js';
import { usualTiming, waitAfter } from './stream-timing.js';

export interface ChangeStreamOptions<Access extends StreamAccess = StreamAccess> {
  /** `/data/ChangeEvents` for every selected object, or the channel of one. */
  readonly channel: string;
  /** API names of the objects whose changes matter; events about others only move the position. */
  readonly objects: readonly string[];
  /**
   * A way into the org. `instead` is one whose token Salesforce has just refused, or whose address it has left, so that another is
   * wanted. What it throws as a retryable `CrmFailure` is waited out, anything else of the contract ends the stream.
   */
  readonly connect: (instead?: Access) => Promise<Access>;
  /** The position last kept; asked before every session, so that another process may have moved it. */
  readonly position: () => Promise<string | null>;
  /** Stores changes, re-reads and position in one transaction. What it throws is tried again, from the position it left. */
  readonly keep: (batch: ChangeBatch) => Promise<void>;
  readonly own: OwnWriting;
  readonly now: () => Date;
  /** Told whenever the state changes, for logs, metrics and the list of problems. */
  readonly onState?: (state: StreamState) => void;
  readonly timing?: Partial<StreamTiming>;
  /** From 0 to 1, for the spread of waits. */
  readonly random?: () => number;
}

/** `waiting`: broken, for `failures` times in a row, and tried again at `retryAt` (ISO 8601 UTC). */
export type StreamState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | {
      readonly kind: 'waiting';
      readonly fault: StreamFaultKind;
      readonly detail: string;
      readonly failures: number;
      readonly retryAt: string;
    }
  | { readonly kind: 'ended'; readonly failure: CrmFailure | null };

export interface ChangeStream {
  state(): StreamState;
  /**
   * Resolves when the stream is over: with `null` after `close`, else with why it is no use going on: `ChangeStreamRefused` (the
   * org does not give us this stream), `CrmUnauthorised` (no token is accepted). Never rejects.
   */
  readonly ended: Promise<CrmFailure | null>;
  /** Ends the stream. Waits for a `keep` that is under way, and for no answer of Salesforce longer than a second. */
  close(): Promise<void>;
}

/** So many fresh tokens in a row may be refused: each costs a call to the token endpoint, which has limits of its own. */
const mostRefusals = 4;

/**
 * Listens to Change Data Capture until it is closed or refused for good.
 *
 * We speak Bayeux ourselves (STREAMING.md), three kinds of message over HTTP, and do not use jsforce's streaming client (faye). That one stops
 * without a word when Salesforce advises `reconnect: none`; takes 72 seconds to notice an HTTP 401 and then repeats it with
 * the same token for ever; drops a subscription in silence whose replay id has expired; and asks for more events before the last
 * ones are stored, which leaves the position ahead of the work. A watch over it from outside could only guess. Here each poll is one
 * request with one deadline, every refusal is seen, and the next poll is sent when the last one's events are stored.
 */
export function openChangeStream<Access extends StreamAccess>(options: ChangeStreamOptions<Access>): ChangeStream {
  const closing = new AbortController();
  let state: StreamState = { kind: 'connecting' };
  const enter = (next: StreamState): void => {
    if (next.kind === state.kind && next.kind !== 'waiting') return;
    state = next;
    options.onState?.(next);
  };
  const ended = listen(options, closing.signal, enter).then((failure) => {
    enter({ kind: 'ended', failure });
    return failure;
  });
  return {
    state: () => state,
    ended,
    async close() {
      closing.abort();
      await ended;
    },
  };
}

/** What several sessions in a row come to. */
interface Trouble<Access> {
  failures: number;
  refusals: number;
  refused: Access | undefined;
}

async function listen<Access extends StreamAccess>(
  options: ChangeStreamOptions<Access>,
  closing: AbortSignal,
  enter: (state: StreamState) => void,
): Promise<CrmFailure | null> {
  const timing = { ...usualTiming, ...options.timing };
  const trouble: Trouble<Access> = { failures: 0, refusals: 0, refused: undefined };
  const isClosed = (): boolean => closing.aborted;
  while (!isClosed()) {
    const startedAt = performance.now();
    const outcome = await trySession(options, timing, trouble, closing, enter);
    if (isClosed()) break;
    if (outcome === null) continue;
    if (outcome instanceof CrmFailure) return outcome;
    trouble.failures = performance.now() - startedAt > timing.settledMs ? 1 : trouble.failures + 1;
    const waitMs = waitFor(outcome, trouble.failures, timing, (options.random ?? Math.random)());
    const retryAt = new Date(options.now().getTime() + waitMs).toISOString();
    enter({ kind: 'waiting', fault: outcome.fault, detail: outcome.message, failures: trouble.failures, retryAt });
    await pause(waitMs, undefined, { signal: closing }).catch(() => undefined);
    enter({ kind: 'connecting' });
  }
  return null;
}

/** @returns `null` for a session that ended well, a failure of the contract to stop for, or a fault to wait out */
async function trySession<Access extends StreamAccess>(
  options: ChangeStreamOptions<Access>,
  timing: StreamTiming,
  trouble: Trouble<Access>,
  closing: AbortSignal,
  enter: (state: StreamState) => void,
): Promise<CrmFailure | StreamBroken | null> {
  let access: Access | undefined;
  try {
    access = await untilClosed(options.connect(trouble.refused), closing);
    const kept = await untilClosed(options.position(), closing);
    const { objects, own, keep, channel, now } = options;
    await runSession({
      line: openLine(access, closing),
      channel,
      position: createPositionKeeper({
        from: kept === null ? null : readPosition(kept),
        reading: { objects, own, overlapMs: timing.overlapMs },
        keep,
      }),
      timing,
      now,
      onLive() {
        Object.assign(trouble, { refusals: 0, refused: undefined });
        enter({ kind: 'live' });
      },
      // A stream that brings something before it breaks again is not left alone for long.
      onProgress: () => void (trouble.failures = Math.min(trouble.failures, 1)),
      closing,
    });
    return null;
  } catch (error) {
    return judge(error, options.channel, access, trouble);
  }
}

function judge<Access>(
  error: unknown,
  channel: string,
  access: Access | undefined,
  trouble: Trouble<Access>,
): CrmFailure | StreamBroken {
  if (error instanceof CrmFailure) return error.retryable ? asBroken(error) : error;
  if (!(error instanceof StreamBroken)) {
    const words = error instanceof Error ? error.message : 'unknown fault';
    return new StreamBroken('unavailable', words, undefined, error);
  }
  if (error.fault === 'not-entitled' || error.fault === 'no-such-channel') {
    return new ChangeStreamRefused(error.fault, channel, error.message);
  }
  if (error.fault !== 'token-refused') return error;
  trouble.refused = access;
  trouble.refusals += 1;
  if (trouble.refusals <= mostRefusals) return error;
  return new CrmUnauthorised({ operation: `listen to ${channel}`, vendorMessage: error.message, cause: error });
}

function asBroken(failure: CrmFailure): StreamBroken {
  const isLimit = failure.kind === 'rate-limited';
  const saysHowLong = failure instanceof CrmUnavailable || failure instanceof CrmRateLimited;
  const retryAfterMs = saysHowLong ? failure.retryAfterMs : undefined;
  return new StreamBroken(isLimit ? 'limited' : 'unavailable', failure.message, retryAfterMs, failure);
}

function waitFor(broken: StreamBroken, failures: number, timing: StreamTiming, random: number): number {
  const isRoutine = broken.fault === 'client-forgotten' || broken.fault === 'token-refused';
  if (isRoutine && failures === 1) return 0;
  const waitMs = waitAfter(failures, timing, random);
  if (broken.fault !== 'limited') return Math.max(waitMs, Math.min(broken.retryAfterMs ?? 0, timing.dailyLimitWaitMs));
  // The org's other clients share both limits; hammering at them helps nobody.
  const limitMs = /daily|total events/i.test(broken.message) ? timing.dailyLimitWaitMs : timing.longestWaitMs;
  return Math.max(waitMs, broken.retryAfterMs ?? limitMs);
}

/** What cannot be stopped is left behind when the stream closes; its late failure must not surface as an unhandled rejection. */
async function untilClosed<T>(late: Promise<T>, closing: AbortSignal): Promise<T> {
  late.catch(() => undefined);
  let stop = (): void => undefined;
  const closed = new Promise<never>((_, reject) => {
    stop = () => reject(new StreamBroken('unavailable', 'closed'));
    if (closing.aborted) stop();
    closing.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([late, closed]);
  } finally {
    closing.removeEventListener('abort', stop);
  }
}
