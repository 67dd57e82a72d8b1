import { z } from 'zod';
import type { ChangeEvent } from './change-event.js';
import type { OrgChange } from '../org/change-feed.js';
import { createDeliveryCount } from './delivery-count.js';
import { createEventBus } from './event-bus.js';
import type { Desk } from './meta-messages.js';
import { waiting } from './meta-messages.js';
import { createStreamClients } from './stream-clients.js';
import type { StreamingEndpoint } from './streaming-endpoint.js';
import { createStreamingEndpoint } from './streaming-endpoint.js';
import type { StreamingFault } from './streaming-faults.js';
import { createStreamingFaults } from './streaming-faults.js';
import type { StreamingPatch, StreamingSettings } from './streaming-settings.js';
import { applyStreamingSettings, defaultStreamingSettings } from './streaming-settings.js';
import { createTransactionGatherer } from './transaction-gatherer.js';

export interface StreamingOptions {
  /** Epoch milliseconds: for retention and the daily limit. Polls go by the machine's own clock. */
  readonly now: () => number;
  /** Whether an access token is good. */
  readonly admit: (accessToken: string) => boolean;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly settings?: StreamingPatch;
}

export interface StreamingCounts {
  /** Messages by kind, e.g. `connect` → 12. */
  readonly messages: Readonly<Record<string, number>>;
  readonly clients: number;
  readonly subscriptions: number;
  /** Polls that are held now. */
  readonly held: number;
  /** Events delivered in the last 24 hours. */
  readonly delivered: number;
}

/** The simulated streaming endpoint: Change Data Capture over CometD. Ready to be mounted in the simulated org. */
export interface Streaming {
  readonly prefix: '/cometd/';
  readonly handle: StreamingEndpoint;
  /** Takes every committed change; those of one transaction in one go, as the org tells them. */
  readonly publish: (change: OrgChange) => void;
  readonly settings: StreamingSettings;
  /** @throws ZodError for anything it does not know. */
  configure(patch: StreamingPatch): void;
  addFault(fault: StreamingFault): void;
  clearFaults(): void;
  /** Breaks the connections of all polls that are held. */
  cut(): void;
  /** Forgets all clients, as Salesforce does every few hours. */
  forgetClients(): void;
  /** Drops all retained events, so that replay ids become invalid. */
  expireEvents(): void;
  /**
   * The same switches over HTTP: GET looks, POST takes e.g. `{"do":"cut"}` or `{"do":"fault","fault":{"kind":"silent"}}`.
   *
   * @throws ZodError for what is no such switch
   */
  control(method: string, path: string, body: unknown): StreamingCounts;
  counts(): StreamingCounts;
  close(): void;
}

const streamingCommand = z.discriminatedUnion('do', [
  z.strictObject({ do: z.enum(['cut', 'forget-clients', 'expire-events', 'clear-faults']) }),
  z.strictObject({ do: z.literal('fault'), fault: z.unknown() }),
  z.strictObject({ do: z.literal('configure'), settings: z.unknown() }),
]);

export function createStreaming(options: StreamingOptions): Streaming {
  const settings = defaultStreamingSettings();
  applyStreamingSettings(settings, options.settings ?? {});
  const faults = createStreamingFaults();
  const messages = new Map<string, number>();
  const bus = createEventBus({ now: options.now, retentionMs: () => settings.retentionMs, random: options.random });
  const clients = createStreamClients({
    mostClients: () => settings.concurrentClients,
    reconnectWithinMs: () => settings.reconnectWithinMs,
  });
  const delivered = createDeliveryCount(options.now, () => settings.deliveredPerDay);
  const desk: Desk = { settings, bus, clients, deliver: (events) => delivered.take(events) };
  const onEvents = (events: readonly ChangeEvent[]): void => {
    for (const event of events) bus.publish(event);
    for (const client of clients.all()) if (waiting(desk, client).length > 0) client.release?.('answer');
  };
  const gatherer = createTransactionGatherer({ settings, faults, onEvents });
  const cut = (): void => {
    for (const client of clients.all()) client.release?.('cut');
  };
  const counts = (): StreamingCounts => {
    const all = clients.all();
    return {
      messages: Object.fromEntries(messages),
      clients: all.length,
      subscriptions: all.reduce((sum, { subscriptions }) => sum + subscriptions.size, 0),
      held: all.filter(({ release }) => release !== null).length,
      delivered: delivered.used(),
    };
  };
  const obey = (json: unknown): void => {
    const order = streamingCommand.parse(json);
    if (order.do === 'fault') faults.add(order.fault);
    else if (order.do === 'configure') applyStreamingSettings(settings, order.settings);
    else if (order.do === 'cut') cut();
    else if (order.do === 'forget-clients') clients.close();
    else if (order.do === 'expire-events') bus.expire();
    else faults.clear();
  };
  return {
    prefix: '/cometd/',
    handle: createStreamingEndpoint({
      ...desk,
      faults,
      admit: options.admit,
      now: options.now,
      onMessage: (step) => void messages.set(step, (messages.get(step) ?? 0) + 1),
    }),
    publish: (change) => gatherer.add(change),
    settings,
    configure: (patch) => applyStreamingSettings(settings, patch),
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    cut,
    forgetClients: () => clients.close(),
    expireEvents: () => bus.expire(),
    control(method, _path, body) {
      if (method !== 'GET') obey(body);
      return counts();
    },
    counts,
    close() {
      gatherer.close();
      clients.close();
    },
  };
}
