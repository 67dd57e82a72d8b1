import { setTimeout as pause } from 'node:timers/promises';
import type { BayeuxMessage } from './bayeux.js';
import { connectMessage, disconnectMessage, eventsOn, handshakeMessage, subscribeMessage, wordsOf } from './bayeux.js';
import type { BayeuxAnswer, BayeuxLine } from './bayeux-line.js';
import type { PositionKeeper } from './position-keeper.js';
import type { BayeuxStep } from './stream-fault.js';
import { faultOf, StreamBroken } from './stream-fault.js';
import type { StreamTiming } from './stream-timing.js';
import { waitAfter } from './stream-timing.js';

export interface SessionOptions {
  readonly line: BayeuxLine;
  readonly channel: string;
  readonly position: PositionKeeper;
  readonly timing: StreamTiming;
  readonly now: () => Date;
  /** Told once the subscription stands and a poll was answered. */
  readonly onLive: () => void;
  /** Told whenever events were stored. */
  readonly onProgress: () => void;
  /** Ends pauses; the line has it too. */
  readonly closing: AbortSignal;
}

interface Reply {
  readonly answer: BayeuxAnswer;
  readonly message: BayeuxMessage;
  readonly refusal: StreamBroken | null;
}

/** Handshake and subscription are 1 and 2. */
const firstPoll = 3;
const longestPollMs = 240_000;
const longestIntervalMs = 300_000;
/** So many polls may come back at once and empty before we slow down: the first one is asked to. */
const quickPollsAllowed = 2;

/**
 * One client's life with Salesforce: handshake, subscription, polls. A poll is sent only after what the one before brought has
 * been stored, so that a death in between repeats events and loses none.
 *
 * @returns when no event came for so long that the subscription is worth making anew
 * @throws StreamBroken whatever ends the session before
 */
export async function runSession(options: SessionOptions): Promise<void> {
  const { line, timing } = options;
  const greeting = await ask(options, 'handshake', handshakeMessage(), timing.answerMs);
  if (greeting.refusal !== null) throw greeting.refusal;
  const { clientId } = greeting.message;
  if (clientId === undefined) throw new StreamBroken('unavailable', 'the handshake brought no client id');
  try {
    await subscribe(options, clientId, earlier(options.now(), greeting.answer.serverTime));
    await poll(options, clientId);
  } finally {
    // Without a farewell the org keeps a place for this client, of which it has few.
    const farewell = line.farewell(disconnectMessage(clientId));
    if (options.closing.aborted) await farewell;
  }
}

/** @param asOf a moment before the subscription, ISO 8601 UTC */
async function subscribe(options: SessionOptions, clientId: string, asOf: string): Promise<void> {
  const { channel, position, timing } = options;
  const send = (after: string | null): Promise<Reply> =>
    ask(options, 'subscribe', subscribeMessage(clientId, channel, after), timing.answerMs);
  const after = position.replayId;
  let reply = await send(after);
  const isExpired = after !== null && reply.refusal?.fault === 'position-expired';
  if (isExpired) reply = await send(null);
  if (reply.refusal !== null) throw reply.refusal;
  // Only now, when nothing new can be missed any more, is it time to read again what was.
  if (isExpired) await position.begin('expired', asOf);
  else if (after === null) await position.begin('started', asOf);
  await handOver(options, reply);
}

async function poll(options: SessionOptions, clientId: string): Promise<void> {
  const { timing, closing } = options;
  let pollMs = timing.pollMs;
  let intervalMs = 0;
  let quickPolls = 0;
  let lastEventAt = performance.now();
  for (let id = firstPoll; performance.now() - lastEventAt < timing.freshenMs; id += 1) {
    const sentAt = performance.now();
    const isFirst = id === firstPoll;
    const message = connectMessage(clientId, id, isFirst);
    const reply = await ask(options, 'connect', message, isFirst ? timing.answerMs : pollMs + timing.graceMs);
    const heldMs = performance.now() - sentAt;
    const { advice } = reply.message;
    pollMs = Math.min(advice?.timeout ?? pollMs, longestPollMs);
    intervalMs = Math.min(advice?.interval ?? intervalMs, longestIntervalMs);
    const events = await handOver(options, reply);
    if (reply.refusal !== null) throw reply.refusal;
    options.onLive();
    if (events > 0) lastEventAt = performance.now();
    const isQuick = events === 0 && heldMs < Math.max(pollMs / 2, timing.firstWaitMs);
    quickPolls = isQuick ? quickPolls + 1 : 0;
    const slowMs = quickPolls > quickPollsAllowed ? waitAfter(quickPolls - quickPollsAllowed, timing, 0) : 0;
    const waitMs = Math.max(intervalMs, slowMs);
    if (waitMs > 0) await pause(waitMs, undefined, { signal: closing });
  }
}

/** Stores what came along with an answer, whatever the answer itself says. @returns how many events that were */
async function handOver({ channel, position, onProgress }: SessionOptions, { answer }: Reply): Promise<number> {
  const events = eventsOn(channel, answer.messages);
  if (events.length > 0) {
    await position.take(events);
    onProgress();
  }
  return events.length;
}

async function ask({ line }: SessionOptions, step: BayeuxStep, body: string, timeoutMs: number): Promise<Reply> {
  const answer = await line.post(body, timeoutMs);
  const message = answer.messages.find(({ channel }) => channel === `/meta/${step}`);
  if (message === undefined) throw new StreamBroken('unavailable', `an answer without one to the ${step}`);
  return { answer, message, refusal: refusalIn(step, message) };
}

function refusalIn(step: BayeuxStep, message: BayeuxMessage): StreamBroken | null {
  const reconnect = message.advice?.reconnect;
  if (message.successful === true && (step !== 'connect' || reconnect === undefined || reconnect === 'retry'))
    return null;
  const words = message.successful === true ? `advised to reconnect: ${String(reconnect)}` : wordsOf(message);
  return new StreamBroken(faultOf(step, words, reconnect), words);
}

/** Whichever clock is behind: a moment that is too late would hide changes, one that is too early only costs reading. */
function earlier(now: Date, serverTime: number | null): string {
  return new Date(Math.min(now.getTime(), serverTime ?? Number.POSITIVE_INFINITY)).toISOString();
}
