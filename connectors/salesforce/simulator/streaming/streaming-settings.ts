import { z } from 'zod';

const milliseconds = z.number().int().min(0);

const streamingSettings = z.strictObject({
  /** Objects of which changes are told, five at most without an add-on. */
  selectedEntities: z.array(z.string()),
  /** Objects that can be told of at all; a channel of another does not exist. */
  knownEntities: z.array(z.string()),
  /** Custom channels and the objects on them, e.g. `/data/Introducer__chn`. */
  customChannels: z.record(z.string(), z.array(z.string())),
  /** Without it a subscription is refused. */
  viewAllData: z.boolean(),
  /** How a token that is no longer good is refused: within an answer of status 200, or as REST does, with status 401. */
  refusal: z.enum(['bayeux', 'http']),
  apiVersion: z.string(),
  /** How long a poll is held; Salesforce: 110 seconds. */
  pollMs: milliseconds.min(1),
  /** A client that is silent for longer is forgotten; Salesforce: 40 seconds. */
  reconnectWithinMs: milliseconds.min(1),
  /** Salesforce: 72 hours. */
  retentionMs: milliseconds,
  eventsPerReply: z.number().int().min(1),
  concurrentClients: z.number().int().min(1),
  /** Delivered events in 24 hours, over all clients of the org. */
  deliveredPerDay: z.number().int().min(0),
  /** How late every event comes onto the bus. */
  delayMs: milliseconds,
  /** How long a transaction that lets others go first waits for one. */
  lateMs: milliseconds,
});

export type StreamingSettings = z.output<typeof streamingSettings>;

const streamingPatch = streamingSettings.partial();

/** Any part of the settings; what is left out stays as it is. */
export type StreamingPatch = z.input<typeof streamingPatch>;

/** An Enterprise org with four of its five places taken by what we watch. */
export function defaultStreamingSettings(): StreamingSettings {
  return {
    selectedEntities: ['Lead', 'Opportunity', 'Account', 'Contact'],
    knownEntities: ['Lead', 'Opportunity', 'Account', 'Contact', 'Campaign', 'Case', 'OpportunityContactRole', 'User'],
    customChannels: {},
    viewAllData: true,
    refusal: 'bayeux',
    apiVersion: '67.0',
    pollMs: 110_000,
    reconnectWithinMs: 40_000,
    retentionMs: 72 * 3_600_000,
    eventsPerReply: 200,
    concurrentClients: 1_000,
    deliveredPerDay: 25_000,
    delayMs: 0,
    lateMs: 1_000,
  };
}

/** Applies a patch to the running settings. @throws ZodError for anything it does not know. */
export function applyStreamingSettings(current: StreamingSettings, patch: unknown): void {
  Object.assign(current, streamingPatch.parse(patch));
}

/** Which entities are heard on a channel; `null` when there is no such channel. Names are case-sensitive. */
export function entitiesOn(channel: string, settings: StreamingSettings): ((entity: string) => boolean) | null {
  const isSelected = (entity: string): boolean => settings.selectedEntities.includes(entity);
  if (channel === '/data/ChangeEvents') return isSelected;
  const custom = settings.customChannels[channel];
  if (custom !== undefined) return (entity) => custom.includes(entity);
  const [, name = '', isCustom] = /^\/data\/(\w+?)(__)?ChangeEvent$/.exec(channel) ?? [];
  const entity = isCustom === undefined ? name : `${name}__c`;
  if (!settings.knownEntities.includes(entity)) return null;
  // A channel exists whether or not its object is selected; it then stays quiet.
  return (other) => other === entity && isSelected(entity);
}
