import { z } from 'zod';

/** One Bayeux message as Salesforce sends it. What we can do without may be of any form or absent. */
const bayeuxMessage = z.object({
  channel: z.string(),
  successful: z.boolean().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  clientId: z.string().optional().catch(undefined),
  advice: z
    .object({
      reconnect: z.string().optional().catch(undefined),
      interval: z.number().min(0).optional().catch(undefined),
      timeout: z.number().min(0).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  ext: z
    .object({ sfdc: z.object({ failureReason: z.string() }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  data: z.unknown().optional(),
});

export type BayeuxMessage = z.output<typeof bayeuxMessage>;

/** An event on a channel. `replayId` is `null` when it cannot be read, `payload` whatever stands there. */
export interface StreamEvent {
  readonly replayId: string | null;
  readonly payload: unknown;
}

const replayId = z.union([z.number().int().nonnegative().transform(String), z.string().regex(/^\d{1,20}$/)]);
const event = z.object({ event: z.object({ replayId }) });
const content = z.object({ payload: z.unknown().optional() });

/** @returns `null` when the text is no answer of a Bayeux server, such as the page of a proxy */
export function readMessages(answer: string): readonly BayeuxMessage[] | null {
  try {
    const json: unknown = JSON.parse(keepLongReplayIds(answer));
    const read = z
      .array(bayeuxMessage)
      .min(1)
      .safeParse(Array.isArray(json) ? json : [json]);
    return read.data ?? null;
  } catch {
    return null;
  }
}

/** The events among the messages of an answer, in their order. They may come with the answer to any message. */
export function eventsOn(channel: string, messages: readonly BayeuxMessage[]): readonly StreamEvent[] {
  return messages
    .filter((message) => message.channel === channel && message.successful === undefined)
    .map(({ data }) => ({
      replayId: event.safeParse(data).data?.event.replayId ?? null,
      payload: content.safeParse(data).data?.payload,
    }));
}

/** The words of a refusal, with the reason that Salesforce hides in an extension. */
export function wordsOf({ error, ext }: BayeuxMessage): string {
  return [error, ext?.sfdc?.failureReason].filter((part) => part !== undefined).join(', ') || 'no reason given';
}

const everyNew = '-1';

export function handshakeMessage(): string {
  return JSON.stringify([
    {
      channel: '/meta/handshake',
      version: '1.0',
      minimumVersion: '1.0',
      supportedConnectionTypes: ['long-polling'],
      ext: { replay: true },
      id: '1',
    },
  ]);
}

/** @param after the replay id behind which to begin; `null` for what is new from now on */
export function subscribeMessage(clientId: string, channel: string, after: string | null): string {
  const written = JSON.stringify([
    { channel: '/meta/subscribe', clientId, subscription: channel, id: '2', ext: { replay: { [channel]: '@replay' } } },
  ]);
  // Put in as digits, since a replay id may exceed what a number holds.
  return written.replace('"@replay"', after ?? everyNew);
}

/** @param atOnce asks for an answer without waiting for events: the first poll, which brings the server's own times */
export function connectMessage(clientId: string, id: number, atOnce: boolean): string {
  const advice = atOnce ? { advice: { timeout: 0 } } : {};
  return JSON.stringify([
    { channel: '/meta/connect', clientId, connectionType: 'long-polling', id: id.toString(36), ...advice },
  ]);
}

export function disconnectMessage(clientId: string): string {
  return JSON.stringify([{ channel: '/meta/disconnect', clientId, id: 'end' }]);
}

/** Replay ids of 16 digits and more become texts, because as numbers they would end in other digits. */
function keepLongReplayIds(json: string): string {
  return json.replace(/("replayId"\s*:\s*)(\d{16,20})(?=\s*[,}])/g, '$1"$2"');
}
