import { z } from 'zod';

const milliseconds = z.number().int().min(0);
const share = z.number().min(0).max(1);

const limitSettings = z.strictObject({
  enabled: z.boolean(),
  /** Calls per app in a rolling ten seconds. Refused calls are not counted: whether HubSpot counts them is not established. */
  perTenSeconds: z.number().int().min(1),
  /** Searches per account and second, exempt from the limit above. */
  searchPerSecond: z.number().int().min(1),
  /** Association calls in a rolling ten seconds, counted on their own. */
  associationsPerTenSeconds: z.number().int().min(1),
  /** Shown in the headers of static tokens and refused beyond; OAuth tokens have no daily limit. */
  perDay: z.number().int().min(1),
});

const oauthSettings = z.strictObject({
  accessTokenSeconds: z.number().int().min(1),
  /** Hand out a new refresh token at every refresh and let the old one die. HubSpot usually returns it unchanged. */
  rotateRefreshTokens: z.boolean(),
});

const webhookSubscription = z.strictObject({
  /** `deal.propertyChange`, `deal.creation`, `.deletion`, `.restore`, `.merge`, likewise for contact and company. */
  subscriptionType: z.string(),
  propertyName: z.string().optional(),
});

const webhookSettings = z.strictObject({
  /** Nothing is sent until there is one. Signed exactly as it stands here. */
  targetUrl: z.url().nullable(),
  subscriptions: z.array(webhookSubscription),
  /** `generic` sends `object.*` events with `objectTypeId`, as `crmObjects` subscriptions do. */
  style: z.enum(['legacy', 'generic']),
  maxConcurrentRequests: z.number().int().min(1),
  /** Events per delivery, at most 100. */
  batchSize: z.number().int().min(1).max(100),
  /** How long events are gathered before a delivery leaves. */
  gatherMs: milliseconds,
  timeoutMs: milliseconds.min(1),
  maxRetries: z.number().int().min(0).max(10),
  /** The first retry comes after about this long and each further one after twice as long: HubSpot's 24 hours, compressed. */
  retryBaseMs: milliseconds,
  retryMaxMs: milliseconds,
  /** Share of events sent twice, the second time in a later delivery. */
  duplicateShare: share,
  /** Share of events never sent; 1 loses all. */
  lostShare: share,
  shuffle: z.boolean(),
  /** How late every event is. */
  delayMs: milliseconds,
  /** Give different objects the same event ids, as HubSpot's ids are not unique. */
  collidingEventIds: z.boolean(),
  /** Send property changes also for values set at creation. Whether HubSpot does is not established. */
  propertyEventsOnCreate: z.boolean(),
  /** Added to the time a delivery is signed with; beyond 300,000 a receiver must refuse it. */
  timestampSkewMs: z.number().int(),
});

const behaviour = z.strictObject({
  /** Waited before every API answer. */
  latencyMs: milliseconds,
  /** How long a write stays invisible to search. Lists, reads and associations are never late. */
  searchLagMs: milliseconds,
  /** Answer batches in reverse order of input: HubSpot promises no order. */
  reverseBatchResults: z.boolean(),
  /** Let `idProperty=email` also find additional addresses. Not established, so off: a caller must not rely on it. */
  findBySecondaryEmail: z.boolean(),
  /** What a batch read makes of an id that a merge ate. Established only for single reads, which redirect. */
  mergedIdsInBatchRead: z.enum(['missing', 'redirect']),
  /** Most records a call may read with history; HubSpot is said to halve its page. */
  historyReadLimit: z.number().int().min(1).max(100),
  /** Versions of a property that are shown. */
  historyDepth: z.number().int().min(1),
  /** Required properties are enforced on dated paths from 2026-09 on, on all paths, or nowhere. */
  enforceRequired: z.enum(['dated', 'always', 'never']),
  /** Set the close date on stage moves through the API too. */
  closeDateOnApiMoves: z.boolean(),
});

export type LimitSettings = z.output<typeof limitSettings>;
export type OAuthSettings = z.output<typeof oauthSettings>;
export type WebhookSettings = z.output<typeof webhookSettings>;
export type SimulatorSettings = z.output<typeof behaviour> & {
  readonly limits: LimitSettings;
  readonly oauth: OAuthSettings;
  readonly webhooks: WebhookSettings;
};
export type WebhookSubscription = z.output<typeof webhookSubscription>;

/** Any part of the settings; what is left out stays as it is. The same shape in process and as JSON. */
const settingsPatch = behaviour.partial().extend({
  limits: limitSettings.partial().optional(),
  oauth: oauthSettings.partial().optional(),
  webhooks: webhookSettings.partial().optional(),
});

export type SettingsPatch = z.input<typeof settingsPatch>;

const watchedDealProperties = [
  'dealstage',
  'amount',
  'closedate',
  'deal_currency_code',
  'pipeline',
  'hubspot_owner_id',
];

const dealSubscriptions: readonly WebhookSubscription[] = [
  ...watchedDealProperties.map((propertyName) => ({ subscriptionType: 'deal.propertyChange', propertyName })),
  ...['creation', 'deletion', 'restore', 'merge'].map((what) => ({ subscriptionType: `deal.${what}` })),
  { subscriptionType: 'contact.privacyDeletion' },
];

export function defaultSettings(): SimulatorSettings {
  return {
    latencyMs: 0,
    searchLagMs: 0,
    reverseBatchResults: true,
    findBySecondaryEmail: false,
    mergedIdsInBatchRead: 'missing',
    historyReadLimit: 50,
    historyDepth: 20,
    enforceRequired: 'dated',
    closeDateOnApiMoves: false,
    limits: {
      enabled: true,
      perTenSeconds: 110,
      searchPerSecond: 5,
      associationsPerTenSeconds: 150,
      perDay: 625_000,
    },
    oauth: { accessTokenSeconds: 1800, rotateRefreshTokens: false },
    webhooks: {
      targetUrl: null,
      subscriptions: [...dealSubscriptions],
      style: 'legacy',
      maxConcurrentRequests: 10,
      batchSize: 100,
      gatherMs: 10,
      timeoutMs: 5000,
      maxRetries: 10,
      retryBaseMs: 200,
      retryMaxMs: 5000,
      duplicateShare: 0,
      lostShare: 0,
      shuffle: false,
      delayMs: 0,
      collidingEventIds: false,
      propertyEventsOnCreate: true,
      timestampSkewMs: 0,
    },
  };
}

/** Applies a patch to the running settings. @throws ZodError for anything it does not know. */
export function applySettings(current: SimulatorSettings, patch: unknown): void {
  const { limits, oauth, webhooks, ...rest } = settingsPatch.parse(patch);
  Object.assign(current, rest);
  Object.assign(current.limits, limits);
  Object.assign(current.oauth, oauth);
  Object.assign(current.webhooks, webhooks);
}
