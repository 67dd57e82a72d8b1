import { z } from 'zod';

const milliseconds = z.number().int().min(0);

const limitSettings = z.strictObject({
  enabled: z.boolean(),
  /** Calls the org may take in a rolling day, REST and SOAP together, all integrations together. */
  perDay: z.number().int().min(1),
});

const oauthSettings = z.strictObject({
  /** A session nobody uses for so long is over. */
  idleSeconds: z.number().int().min(1),
  /** Hand out a new refresh token at every refresh; the old one dies at once. */
  rotateRefreshTokens: z.boolean(),
  requirePkce: z.boolean(),
  /** Access tokens look like JWTs. SOAP refuses them below version 68. */
  jwtTokens: z.boolean(),
  /** A session is over after so many calls; never when `null`. */
  expireAfterCalls: z.number().int().min(1).nullable(),
  clientCredentials: z.boolean(),
  /** Users who may sign in by JWT bearer without having been asked. */
  preauthorised: z.array(z.string()),
  /** Public key of the JWT bearer flow, PEM; the flow is off without one. */
  certificate: z.string().nullable(),
});

const fieldMapping = z.strictObject({
  /** A field of Lead. */
  from: z.string(),
  /** `Opportunity.Field__c`, `Account.…` or `Contact.…`. */
  to: z.string().regex(/^(Opportunity|Account|Contact)\.\w+$/),
});

const behaviour = z.strictObject({
  /** Waited before every API answer. */
  latencyMs: milliseconds,
  /** Records a page of a query has when the caller does not say. */
  queryPageSize: z.number().int().min(1).max(2000),
  /** How long the rest of a query can be fetched. */
  locatorSeconds: z.number().int().min(1),
  /** Records have a `CurrencyIsoCode` and `CurrencyType` exists. */
  multiCurrency: z.boolean(),
  /** Advanced currency management: `DatedConversionRate` exists too. */
  datedRates: z.boolean(),
  corporateCurrency: z.string().length(3),
  personAccounts: z.boolean(),
  /** How the extra key of DUPLICATES_DETECTED is spelt: many real answers have the first. */
  duplicateKey: z.enum(['duplicateResut', 'duplicateResult']),
  /** What an upsert that changed a record answers; 204 in old API versions. */
  upsertStatus: z.union([z.literal(200), z.literal(204)]),
  /** Write numbers from ten million on as `1.0E7`. Not established, so off; a caller should be able to read it. */
  exponents: z.boolean(),
  /** Who gets leads made over the API, unless the caller switches assignment off; nobody when `null`. */
  leadAssignment: z.string().nullable(),
  /** What conversion copies beyond the standard fields. */
  leadFieldMapping: z.array(fieldMapping),
  /** Whether fields can be made by the Metadata API; its answer is INSUFFICIENT_ACCESS otherwise. */
  metadataApi: z.boolean(),
  /** Fields whose changes `OpportunityFieldHistory` keeps. */
  trackedOpportunityFields: z.array(z.string()),
});

export type LimitSettings = z.output<typeof limitSettings>;
export type OAuthSettings = z.output<typeof oauthSettings>;
export type SimulatorSettings = z.output<typeof behaviour> & {
  readonly limits: LimitSettings;
  readonly oauth: OAuthSettings;
};

/** Any part of the settings; what is left out stays as it is. The same shape in process and as JSON. */
const settingsPatch = behaviour.partial().extend({
  limits: limitSettings.partial().optional(),
  oauth: oauthSettings.partial().optional(),
});

export type SettingsPatch = z.input<typeof settingsPatch>;

export function defaultSettings(): SimulatorSettings {
  return {
    latencyMs: 0,
    queryPageSize: 2000,
    locatorSeconds: 172_800,
    multiCurrency: false,
    datedRates: false,
    corporateCurrency: 'USD',
    personAccounts: false,
    duplicateKey: 'duplicateResut',
    upsertStatus: 200,
    exponents: false,
    leadAssignment: null,
    leadFieldMapping: [],
    metadataApi: true,
    trackedOpportunityFields: ['StageName', 'Amount', 'CloseDate', 'OwnerId'],
    limits: { enabled: true, perDay: 100_000 },
    oauth: {
      idleSeconds: 7200,
      rotateRefreshTokens: false,
      requirePkce: true,
      jwtTokens: false,
      expireAfterCalls: null,
      clientCredentials: true,
      preauthorised: [],
      certificate: null,
    },
  };
}

/** Applies a patch to the running settings. @throws ZodError for anything it does not know. */
export function applySettings(current: SimulatorSettings, patch: unknown): void {
  const { limits, oauth, ...rest } = settingsPatch.parse(patch);
  Object.assign(current, rest);
  Object.assign(current.limits, limits);
  Object.assign(current.oauth, oauth);
}
