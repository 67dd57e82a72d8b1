import { z } from 'zod';
import type { EventBus, RetainedEvent } from './event-bus.js';
import type { PollEnd, StreamClient, StreamClients } from './stream-clients.js';
import type { StreamingSettings } from './streaming-settings.js';
import { entitiesOn } from './streaming-settings.js';

/** A message as a client sends it. */
export const sentMessage = z.looseObject({
  channel: z.string(),
  id: z.union([z.string(), z.number()]).optional(),
  clientId: z.string().optional(),
  subscription: z
    .union([
      z.string(),
      z
        .array(z.string())
        .length(1)
        .transform(([channel]) => channel),
    ])
    .optional(),
  supportedConnectionTypes: z.array(z.string()).optional(),
  advice: z.looseObject({ timeout: z.number().optional() }).optional().catch(undefined),
  ext: z
    .looseObject({ replay: z.union([z.record(z.string(), z.number().int()), z.boolean()]).optional() })
    .optional()
    .catch(undefined),
});

export type SentMessage = z.output<typeof sentMessage>;
export type Answer = Readonly<Record<string, unknown>>;

export interface Desk {
  readonly settings: StreamingSettings;
  readonly bus: EventBus;
  readonly clients: StreamClients;
  /** Counts events that go out. @returns whether the org may have as many today */
  readonly deliver: (events: number) => boolean;
}

const stop = { reconnect: 'none', interval: 0 };
const again = { reconnect: 'handshake', interval: 0 };
/** All retained events; `-1` is none of them. */
const fromStart = -2;
const fromEnd = -1;

/** @param isAdmitted whether the token is good */
export function answerHandshake(desk: Desk, sent: SentMessage, isAdmitted: boolean): Answer {
  const denied = (failureReason: string): Answer => ({
    ...named(sent),
    ext: { sfdc: { failureReason }, replay: true, 'payload.format': true },
    advice: stop,
    error: '403::Handshake denied',
    successful: false,
  });
  if (!isAdmitted) return denied('401::Authentication invalid');
  if (sent.supportedConnectionTypes?.includes('long-polling') !== true) {
    return { ...named(sent), advice: stop, error: '400::Unsupported connection type', successful: false };
  }
  const client = desk.clients.add();
  if (client === null) return denied('403::Organization concurrent user limit exceeded');
  return {
    ...named(sent),
    ext: { replay: true, 'payload.format': true },
    version: '1.0',
    minimumVersion: '1.0',
    clientId: client.id,
    supportedConnectionTypes: ['long-polling'],
    successful: true,
  };
}

/** The answer to a message of a client that is not there, or whose token is no longer good. */
export function refuse(sent: SentMessage, error: '403::Unknown client' | '401::Authentication invalid'): Answer {
  const advice = error === '403::Unknown client' ? again : stop;
  return { ...named(sent), clientId: sent.clientId, advice, error, successful: false };
}

export function answerSubscribe({ settings, bus, deliver }: Desk, client: StreamClient, sent: SentMessage): Answer {
  const { subscription: channel = '' } = sent;
  const answer = { ...named(sent), clientId: client.id, subscription: channel };
  const refused = (error: string): Answer => ({ ...answer, error, successful: false });
  if (entitiesOn(channel, settings) === null) {
    return refused(`400::The channel you requested to subscribe to doesn't exist {${channel}}`);
  }
  if (!settings.viewAllData) return refused('403::User not allowed to subscribe CDC without View All Data permissions');
  if (!deliver(0)) return refused('403::Organization total events daily limit exceeded');
  const replay = sent.ext?.replay;
  const from = typeof replay === 'object' ? (replay[channel] ?? fromEnd) : fromEnd;
  if (from >= 0 && !bus.isValid(from)) {
    return refused(
      `400::The replayId {${from}} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`,
    );
  }
  client.subscriptions.set(channel, from === fromStart ? bus.start() : from === fromEnd ? bus.end() : from);
  return { ...answer, successful: true };
}

/** What a poll brings: events first, then its own answer. `null` when its connection is to be cut. */
export async function answerConnect(
  desk: Desk,
  client: StreamClient,
  sent: SentMessage,
  gone: AbortSignal,
): Promise<readonly Answer[] | null> {
  const { settings, clients } = desk;
  const timeoutMs = Math.min(sent.advice?.timeout ?? settings.pollMs, settings.pollMs);
  const answersAtOnce = timeoutMs === 0 || !client.hasPolled;
  client.hasPolled = true;
  // A second poll of the same client takes the place of the first.
  client.release?.('answer');
  if (!answersAtOnce && waiting(desk, client).length === 0) {
    const end = await hold(client, timeoutMs, gone);
    if (end === 'cut') return null;
  }
  const answer = { ...named(sent), clientId: client.id };
  if (clients.find(client.id) === null) return [refuse(sent, '403::Unknown client')];
  clients.touch(client);
  const events = waiting(desk, client);
  if (!desk.deliver(events.length)) {
    const error = '403::Organization total events daily limit exceeded';
    return [{ ...answer, advice: stop, error, successful: false }];
  }
  for (const [channel, event] of events) client.subscriptions.set(channel, event.replayId);
  const advice = { reconnect: 'retry', interval: 0, timeout: settings.pollMs };
  return [...events.map(([channel, event]) => told(channel, event)), { ...answer, advice, successful: true }];
}

function hold(client: StreamClient, timeoutMs: number, gone: AbortSignal): Promise<PollEnd> {
  return new Promise((resolve) => {
    const release = (end: PollEnd): void => {
      clearTimeout(timer);
      gone.removeEventListener('abort', leave);
      if (client.release === release) client.release = null;
      resolve(end);
    };
    const leave = (): void => release('cut');
    const timer = setTimeout(() => release('answer'), timeoutMs);
    gone.addEventListener('abort', leave);
    client.release = release;
  });
}

/** Events the client has not been told, in the order of the bus. */
export function waiting({ settings, bus }: Desk, client: StreamClient): readonly (readonly [string, RetainedEvent])[] {
  return [...client.subscriptions]
    .flatMap(([channel, after]) =>
      bus
        .after(after, entitiesOn(channel, settings) ?? (() => false), settings.eventsPerReply)
        .map((event): readonly [string, RetainedEvent] => [channel, event]),
    )
    .sort(([, one], [, other]) => one.replayId - other.replayId)
    .slice(0, settings.eventsPerReply);
}

function told(channel: string, { entity, payload, replayId }: RetainedEvent): Answer {
  return { channel, data: { schema: `simulated-${entity}`, payload, event: { replayId } } };
}

export function named({ channel, id }: SentMessage): Answer {
  return { channel, ...(id === undefined ? {} : { id: String(id) }) };
}
