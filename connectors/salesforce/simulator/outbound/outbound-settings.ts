import { z } from 'zod';

const milliseconds = z.number().int().min(0);

const outboundMessage = z.strictObject({
  entity: z.string(),
  /** The record's id is always sent. */
  fields: z.array(z.string()),
  targetUrl: z.url(),
});

const outboundSettings = z.strictObject({
  messages: z.array(outboundMessage),
  /** How long notifications are gathered before a message leaves. */
  gatherMs: milliseconds,
  /** At most 100. */
  notificationsPerMessage: z.number().int().min(1).max(100),
  timeoutMs: milliseconds.min(1),
  /** The first retry comes after this long and each further one after twice as long: 24 hours, compressed. */
  retryBaseMs: milliseconds,
  retryMaxMs: milliseconds,
  mostAttempts: z.number().int().min(1),
  /** Share of messages sent a second time although they were acknowledged. */
  duplicateShare: z.number().min(0).max(1),
  /** Let a later message leave before an earlier one. */
  shuffle: z.boolean(),
  sendSessionId: z.boolean(),
});

export type OutboundMessageRule = z.output<typeof outboundMessage>;
export type OutboundSettings = z.output<typeof outboundSettings>;

const outboundPatch = outboundSettings.partial();

/** Any part of the settings; what is left out stays as it is. */
export type OutboundPatch = z.input<typeof outboundPatch>;

/** Nothing is sent until a message is set up. */
export function defaultOutboundSettings(): OutboundSettings {
  return {
    messages: [],
    gatherMs: 10,
    notificationsPerMessage: 100,
    timeoutMs: 5_000,
    retryBaseMs: 100,
    retryMaxMs: 5_000,
    mostAttempts: 12,
    duplicateShare: 0,
    shuffle: false,
    sendSessionId: false,
  };
}

/** Applies a patch to the running settings. @throws ZodError for anything it does not know. */
export function applyOutboundSettings(current: OutboundSettings, patch: unknown): void {
  Object.assign(current, outboundPatch.parse(patch));
}
