import { CrmRejected } from '../contract.js';

/**
 * Why a session of the stream ended, and with it what to do: `token-refused` needs another token; `client-forgotten` is routine
 * and needs a new handshake; `position-expired` a re-read; `limited` patience; `not-entitled` and `no-such-channel` a person;
 * after `silent`, `unavailable` and `not-kept` (our own storing failed) the same is tried again.
 */
export type StreamFaultKind =
  | 'token-refused'
  | 'client-forgotten'
  | 'position-expired'
  | 'limited'
  | 'not-entitled'
  | 'no-such-channel'
  | 'silent'
  | 'unavailable'
  | 'not-kept';

/** Ends one session of the stream; never leaves the stream itself. */
export class StreamBroken extends Error {
  readonly fault: StreamFaultKind;
  /** How long Salesforce wants us to stay away, if it says so. */
  readonly retryAfterMs: number | undefined;

  /** @param words Salesforce's, or ours where it said nothing */
  constructor(fault: StreamFaultKind, words: string, retryAfterMs?: number, cause?: unknown) {
    super(words, { cause });
    this.name = 'StreamBroken';
    this.fault = fault;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The org does not give us this stream. The sweep finds the same changes, only later. */
export class ChangeStreamRefused extends CrmRejected {
  readonly reason: 'not-entitled' | 'no-such-channel';

  constructor(reason: ChangeStreamRefused['reason'], channel: string, words: string) {
    super({ operation: `subscribe ${channel}`, vendorMessage: `${words} (${remedy[reason]})`, vendorCategory: reason });
    this.reason = reason;
  }
}

const remedy = {
  'not-entitled': 'Give the integration user View All on the watched objects, or View All Data.',
  'no-such-channel':
    'Select the watched objects under Change Data Capture in Setup; editions without it have only the sweep.',
} as const;

/** Where in the conversation a refusal came: the same code means another thing at each. */
export type BayeuxStep = 'handshake' | 'subscribe' | 'connect';

/** What Salesforce's refusal of a message means. @param words such as `403::Unknown client`, with all reasons it gave */
export function faultOf(step: BayeuxStep, words: string, reconnect: string | undefined): StreamFaultKind {
  if (/replay ?id/i.test(words)) return 'position-expired';
  if (/unknown client|session (?:is )?unknown/i.test(words)) return 'client-forgotten';
  if (/limit exceeded|limit reached|exceeded.*limit/i.test(words)) return 'limited';
  if (/\b401\b|authentication|session expired|invalid_session/i.test(words)) return 'token-refused';
  if (/\b5\d\d:|too busy/i.test(words)) return 'unavailable';
  if (step === 'subscribe' && /\b403\b|not allowed|permission|restricted channel/i.test(words)) return 'not-entitled';
  if (step === 'subscribe' && /\b40[04]\b|doesn't exist|does not exist|unknown channel/i.test(words)) {
    return 'no-such-channel';
  }
  // A denied handshake names its reason only sometimes; a token that is no longer good is the usual one.
  if (step === 'handshake' && /\b403\b|denied/i.test(words)) return 'token-refused';
  return reconnect === 'handshake' ? 'client-forgotten' : 'unavailable';
}
