import { resolve } from 'node:path';
import { z } from 'zod';
import { flag, httpUrl, oneOf, secretUrl, setting, token, wholeNumber } from './setting-types.js';
import { peopleOf, peopleRules, peopleVariables, type PeopleSettings } from './people-settings.js';
import { salesforceOf, salesforceRules, salesforceVariables, type SalesforceSettings } from './salesforce-settings.js';
import { SettingsError, type CrossRule, type SettingFault } from './settings-error.js';

const roles = ['all', 'web', 'worker'] as const;
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const hubspotApi = 'https://api.hubapi.com';
const hubspotApp = 'https://app.hubspot.com';
const secretKeyHexLength = 64;
const adminKeyMinLength = 16;

/** Every variable the service reads, with what it is for. Design section 4 names them; unknown ones are left alone. */
const variables = z.object({
  PORT: wholeNumber('Port to listen on; 0 takes any free one.', 0, 65_535).default(3000),
  PUBLIC_URL: httpUrl(
    'Address under which partners and the CRM reach the service; webhook signatures cover it.',
    'https://partners.example.com',
  ).optional(),
  DATA_DIR: setting(
    { description: 'Folder of the embedded database, the lock and the secret key.', expected: 'a path' },
    (path) => resolve(path),
  ).default(() => resolve('.data')),
  DATABASE_URL: secretUrl(
    'PostgreSQL server; absent: embedded PostgreSQL in DATA_DIR.',
    ['postgres:', 'postgresql:'],
    'postgres://user:password@host:5432/introducer',
  ).optional(),
  REDIS_URL: secretUrl(
    'Redis that carries the wake-ups; absent: this process wakes itself.',
    ['redis:', 'rediss:'],
    'redis://host:6379',
  ).optional(),
  ROLE: oneOf('What this process does: serve HTTP, do the work, or both.', roles).default('all'),
  SECRET_KEY: setting(
    {
      description: 'Encrypts stored tokens; absent: made once in DATA_DIR.',
      expected: `32 bytes in hex (${String(secretKeyHexLength)} characters)`,
      secret: true,
    },
    (text) => (/^[0-9a-f]+$/i.test(text) && text.length === secretKeyHexLength ? text.toLowerCase() : undefined),
  ).optional(),
  ADMIN_API_KEY: token('The first operator API key.', adminKeyMinLength).optional(),
  HUBSPOT_API_URL: httpUrl("HubSpot's API.", hubspotApi).default(hubspotApi),
  HUBSPOT_APP_URL: httpUrl('Where people work in HubSpot, and connect it.', hubspotApp).default(hubspotApp),
  HUBSPOT_ACCESS_TOKEN: token('Access token of a private app; instead of HUBSPOT_REFRESH_TOKEN.').optional(),
  HUBSPOT_REFRESH_TOKEN: token('OAuth refresh token; needs HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET.').optional(),
  HUBSPOT_CLIENT_ID: token(
    'OAuth client id; with the secret and without a token, people connect HubSpot here.',
  ).optional(),
  HUBSPOT_CLIENT_SECRET: token('Client secret: refreshes tokens and verifies webhooks.').optional(),
  HUBSPOT_CLIENT_SECRET_PREVIOUS: token('The secret before, still accepted for webhooks during a change.').optional(),
  HUBSPOT_ACCEPT_V1: flag('Accept version 1 signatures, which legacy apps send.').default(false),
  ...salesforceVariables,
  ...peopleVariables,
  SWEEP_INTERVAL_SECONDS: wholeNumber('How often a sweep looks for missed changes.', 1, 86_400).default(300),
  LOG_LEVEL: oneOf('Least severity that is logged.', logLevels).default('info'),
});

type Variables = z.output<typeof variables>;

/** Looked at although a variable is wrong by itself. */
const crossRules: readonly CrossRule<Partial<Variables>>[] = [
  {
    variable: 'DATABASE_URL',
    fault: 'is missing',
    expected: 'a PostgreSQL server, because ROLE is not all and the embedded database serves one process',
    broken: (given) => isSplit(given) && given.DATABASE_URL === undefined,
  },
  {
    variable: 'REDIS_URL',
    fault: 'is missing',
    expected: 'a Redis, because ROLE is not all and processes wake each other through it',
    broken: (given) => isSplit(given) && given.REDIS_URL === undefined,
  },
  {
    variable: 'SECRET_KEY',
    fault: 'is missing',
    expected: '32 bytes in hex, because a database server outlives DATA_DIR (make one with: openssl rand -hex 32)',
    broken: (given) => given.DATABASE_URL !== undefined && given.SECRET_KEY === undefined,
  },
  {
    variable: 'HUBSPOT_CLIENT_ID',
    fault: 'is missing',
    expected: 'the OAuth client id, because HUBSPOT_REFRESH_TOKEN is given',
    broken: (given) => given.HUBSPOT_REFRESH_TOKEN !== undefined && given.HUBSPOT_CLIENT_ID === undefined,
  },
  {
    variable: 'HUBSPOT_CLIENT_SECRET',
    fault: 'is missing',
    expected: 'the OAuth client secret, because HUBSPOT_REFRESH_TOKEN is given',
    broken: (given) => given.HUBSPOT_REFRESH_TOKEN !== undefined && given.HUBSPOT_CLIENT_SECRET === undefined,
  },
  {
    variable: 'HUBSPOT_CLIENT_SECRET',
    fault: 'is missing',
    expected: 'the current client secret beside HUBSPOT_CLIENT_SECRET_PREVIOUS',
    broken: (given) =>
      given.HUBSPOT_CLIENT_SECRET_PREVIOUS !== undefined &&
      given.HUBSPOT_CLIENT_SECRET === undefined &&
      given.HUBSPOT_REFRESH_TOKEN === undefined,
  },
  {
    variable: 'HUBSPOT_ACCESS_TOKEN',
    fault: 'is given beside HUBSPOT_REFRESH_TOKEN',
    expected: 'one of the two',
    broken: (given) => given.HUBSPOT_ACCESS_TOKEN !== undefined && given.HUBSPOT_REFRESH_TOKEN !== undefined,
  },
  ...salesforceRules,
  ...peopleRules,
];

function isSplit(given: Partial<Variables>): boolean {
  return given.ROLE === 'web' || given.ROLE === 'worker';
}

const environment = variables.superRefine(
  (given, context) => {
    for (const { variable, fault, expected, broken } of crossRules) {
      if (!broken(given)) continue;
      context.issues.push({ code: 'custom', path: [variable], input: undefined, message: fault, params: { expected } });
    }
  },
  // Also when a variable is wrong by itself, so that one start shows all faults.
  { when: () => true },
);

export type Role = (typeof roles)[number];
export type LogLevel = (typeof logLevels)[number];

export interface HubspotSettings {
  readonly apiUrl: string;
  readonly appUrl: string;
  readonly auth:
    | { readonly kind: 'access-token'; readonly accessToken: string }
    /** A person connects it in the browser. */
    | { readonly kind: 'web'; readonly clientId: string; readonly clientSecret: string }
    | {
        readonly kind: 'refresh-token';
        readonly refreshToken: string;
        readonly clientId: string;
        readonly clientSecret: string;
      };
  /** Verifies webhooks; without it the webhook route refuses. */
  readonly clientSecret: string | null;
  readonly clientSecretPrevious: string | null;
  readonly acceptV1: boolean;
}

/** What the environment says, checked and frozen. `null`: not given. */
export interface Settings extends PeopleSettings {
  readonly port: number;
  /** Without trailing slash. */
  readonly publicUrl: string | null;
  /** Absolute. */
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  readonly role: Role;
  /** 32 bytes in lower-case hex. */
  readonly secretKey: string | null;
  readonly adminApiKey: string | null;
  /** Null: neither a HubSpot token is given nor an app that people could connect. */
  readonly hubspot: HubspotSettings | null;
  /** Null: nothing to sign in to Salesforce with is given. */
  readonly salesforce: SalesforceSettings | null;
  readonly sweepIntervalSeconds: number;
  readonly logLevel: LogLevel;
}

/**
 * Reads the service's settings. A variable that is empty or blank counts as absent; space around a value is dropped.
 * @throws SettingsError naming every fault at once
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const given = givenVariables(env);
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map((issue) => faultOf(issue, given)));
  return settingsOf(parsed.data);
}

type Given = Readonly<Record<string, string>>;

function givenVariables(env: NodeJS.ProcessEnv): Given {
  const texts = Object.keys(variables.shape).map((name) => [name, env[name]?.trim() ?? ''] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

function faultOf(issue: z.core.$ZodIssue, given: Given): SettingFault {
  const variable = String(issue.path[0]);
  const params: Record<string, unknown> = issue.code === 'custom' ? (issue.params ?? {}) : {};
  const expected = typeof params['expected'] === 'string' ? params['expected'] : issue.message;
  const wrongByItself = 'description' in params;
  return {
    variable,
    expected,
    fault: wrongByItself ? shown(given[variable], params['secret'] === true) : issue.message,
  };
}

const shownLength = 60;

function shown(text: string | undefined, secret: boolean): string {
  if (text === undefined) return 'is missing';
  if (secret) return `has a value of ${String(text.length)} characters that does not fit (not shown, it is a secret)`;
  const withoutPassword = text.replace(/\/\/.*@/, '//***@');
  return `is ${JSON.stringify(withoutPassword.slice(0, shownLength))}`;
}

function settingsOf(given: Variables): Settings {
  return Object.freeze({
    port: given.PORT,
    publicUrl: given.PUBLIC_URL ?? null,
    dataDir: given.DATA_DIR,
    databaseUrl: given.DATABASE_URL ?? null,
    redisUrl: given.REDIS_URL ?? null,
    role: given.ROLE,
    secretKey: given.SECRET_KEY ?? null,
    adminApiKey: given.ADMIN_API_KEY ?? null,
    hubspot: hubspotOf(given),
    salesforce: salesforceOf(given),
    ...peopleOf(given),
    sweepIntervalSeconds: given.SWEEP_INTERVAL_SECONDS,
    logLevel: given.LOG_LEVEL,
  });
}

function hubspotOf(given: Variables): HubspotSettings | null {
  const auth = hubspotAuthOf(given);
  if (auth === null) return null;
  return Object.freeze({
    apiUrl: given.HUBSPOT_API_URL,
    appUrl: given.HUBSPOT_APP_URL,
    auth: Object.freeze(auth),
    clientSecret: given.HUBSPOT_CLIENT_SECRET ?? null,
    clientSecretPrevious: given.HUBSPOT_CLIENT_SECRET_PREVIOUS ?? null,
    acceptV1: given.HUBSPOT_ACCEPT_V1,
  });
}

function hubspotAuthOf(given: Variables): HubspotSettings['auth'] | null {
  if (given.HUBSPOT_ACCESS_TOKEN !== undefined) {
    return { kind: 'access-token', accessToken: given.HUBSPOT_ACCESS_TOKEN };
  }
  const {
    HUBSPOT_CLIENT_ID: clientId,
    HUBSPOT_CLIENT_SECRET: clientSecret,
    HUBSPOT_REFRESH_TOKEN: refreshToken,
  } = given;
  if (clientId === undefined || clientSecret === undefined) return null;
  if (refreshToken === undefined) return { kind: 'web', clientId, clientSecret };
  return { kind: 'refresh-token', refreshToken, clientId, clientSecret };
}
