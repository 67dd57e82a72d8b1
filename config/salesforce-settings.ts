import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import type { CrossRule } from './settings-error.js';
import { httpUrl, oneOf, setting, token, wholeNumber } from './setting-types.js';

const productionLogin = 'https://login.salesforce.com';
const sandboxLogin = 'https://test.salesforce.com';
const signIns = ['environment', 'web'] as const;

/** Variables of the Salesforce connection. */
export const salesforceVariables = {
  SALESFORCE_LOGIN_URL: httpUrl('Where the organisation signs in.', 'https://acme.my.salesforce.com').default(
    productionLogin,
  ),
  SALESFORCE_INSTANCE_URL: httpUrl(
    "The organisation's own address; absent: as sign-in says.",
    'https://acme.my.salesforce.com',
  ).optional(),
  SALESFORCE_SIGN_IN: oneOf(
    'What Salesforce is connected by: what these variables hold, or a person in the browser.',
    signIns,
  ).default('environment'),
  SALESFORCE_CLIENT_ID: token('Consumer key of the external client app.').optional(),
  SALESFORCE_CLIENT_SECRET: token('Consumer secret of the external client app.').optional(),
  SALESFORCE_REFRESH_TOKEN: token('OAuth refresh token; instead of SALESFORCE_JWT_KEY.').optional(),
  SALESFORCE_USERNAME: token('The user that SALESFORCE_JWT_KEY signs in as.').optional(),
  SALESFORCE_JWT_KEY: setting(
    {
      description: 'Private key whose certificate the external client app knows.',
      expected: 'an RSA private key in PEM, whose line ends may be written as \\n',
      secret: true,
    },
    (text) => rsaKey(text.replaceAll('\\n', '\n')),
  ).optional(),
  SALESFORCE_ORG_ID: setting(
    {
      description: 'Id of the organisation; others are refused.',
      expected: '15 or 18 letters and digits, beginning with 00D',
    },
    (text) => (/^00D[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?$/.test(text) ? text : undefined),
  ).optional(),
  SALESFORCE_CHANGE_CHANNEL: setting(
    {
      description: 'Channel of Change Data Capture on which changes are told; none: they are found by the sweep alone.',
      expected: '/data/ChangeEvents, /data/ and the name of a channel of your own that ends in __chn, or none',
    },
    (text) => (/^(?:\/data\/(?:ChangeEvents|[A-Za-z]\w{0,70}__chn)|none)$/.test(text) ? text : undefined),
  ).default('/data/ChangeEvents'),
  SALESFORCE_RESERVED_CALLS_PERCENT: wholeNumber(
    "Percent of the organisation's daily API calls that are left to its other tools.",
    0,
    99,
  ).default(20),
};

type Given = z.output<z.ZodObject<typeof salesforceVariables>>;

/** How the service signs in: with a token that a person once gave, as a user by a key, or as the app itself. */
export type SalesforceAuth =
  | {
      readonly kind: 'refresh-token';
      readonly clientId: string;
      /** Null: the app asks for none. */
      readonly clientSecret: string | null;
      readonly refreshToken: string;
    }
  | { readonly kind: 'jwt'; readonly clientId: string; readonly username: string; readonly privateKey: string }
  | { readonly kind: 'client-credentials'; readonly clientId: string; readonly clientSecret: string }
  /** A person connects it in the browser. */
  | { readonly kind: 'web'; readonly clientId: string; readonly clientSecret: string | null };

export interface SalesforceSettings {
  readonly loginUrl: string;
  readonly instanceUrl: string | null;
  readonly auth: SalesforceAuth;
  readonly orgId: string | null;
  /** Null: changes are found by the sweep alone. */
  readonly changeChannel: string | null;
  /** Of the organisation's daily calls, left to its other tools. */
  readonly reservedCallsPercent: number;
}

const names = [
  'SALESFORCE_CLIENT_SECRET',
  'SALESFORCE_REFRESH_TOKEN',
  'SALESFORCE_USERNAME',
  'SALESFORCE_JWT_KEY',
] as const;

const kept = ['SALESFORCE_REFRESH_TOKEN', 'SALESFORCE_USERNAME', 'SALESFORCE_JWT_KEY'] as const;

function isWeb(given: Partial<Given>): boolean {
  return given.SALESFORCE_SIGN_IN === 'web';
}

export const salesforceRules: readonly CrossRule<Partial<Given>>[] = [
  ...kept.map((variable) => ({
    variable,
    fault: 'is given beside SALESFORCE_SIGN_IN=web',
    expected: 'one of the two: with web, a person connects Salesforce in the browser',
    broken: (given: Partial<Given>) => isWeb(given) && given[variable] !== undefined,
  })),
  {
    variable: 'SALESFORCE_CLIENT_ID',
    fault: 'is missing',
    expected: 'the consumer key of the external client app, because SALESFORCE_SIGN_IN is web',
    broken: (given) =>
      isWeb(given) && given.SALESFORCE_CLIENT_ID === undefined && names.every((name) => given[name] === undefined),
  },
  {
    variable: 'SALESFORCE_CLIENT_ID',
    fault: 'is missing',
    expected: 'the consumer key of the external client app, because other SALESFORCE_ variables are given',
    broken: (given) => given.SALESFORCE_CLIENT_ID === undefined && names.some((name) => given[name] !== undefined),
  },
  {
    variable: 'SALESFORCE_REFRESH_TOKEN',
    fault: 'is given beside SALESFORCE_JWT_KEY',
    expected: 'one of the two',
    broken: (given) => given.SALESFORCE_REFRESH_TOKEN !== undefined && given.SALESFORCE_JWT_KEY !== undefined,
  },
  {
    variable: 'SALESFORCE_USERNAME',
    fault: 'is missing',
    expected: 'the user to sign in as, because SALESFORCE_JWT_KEY is given',
    broken: (given) => given.SALESFORCE_JWT_KEY !== undefined && given.SALESFORCE_USERNAME === undefined,
  },
  {
    variable: 'SALESFORCE_JWT_KEY',
    fault: 'is missing',
    expected: 'the private key of the user, because SALESFORCE_USERNAME is given',
    broken: (given) => given.SALESFORCE_USERNAME !== undefined && given.SALESFORCE_JWT_KEY === undefined,
  },
  {
    variable: 'SALESFORCE_CLIENT_SECRET',
    fault: 'is missing',
    expected: 'the consumer secret, a refresh token or a JWT key: with SALESFORCE_CLIENT_ID alone nobody can sign in',
    broken: (given) =>
      !isWeb(given) && given.SALESFORCE_CLIENT_ID !== undefined && names.every((name) => given[name] === undefined),
  },
  // Where everybody signs in, no app can sign in as itself.
  ...[productionLogin, sandboxLogin].map((shared) => ({
    variable: 'SALESFORCE_LOGIN_URL' as const,
    fault: `is ${JSON.stringify(shared)}`,
    expected: "the organisation's own address (My Domain): an app signs in as itself only there",
    broken: (given: Partial<Given>) =>
      !isWeb(given) &&
      given.SALESFORCE_LOGIN_URL === shared &&
      given.SALESFORCE_CLIENT_ID !== undefined &&
      given.SALESFORCE_CLIENT_SECRET !== undefined &&
      given.SALESFORCE_REFRESH_TOKEN === undefined &&
      given.SALESFORCE_JWT_KEY === undefined,
  })),
];

/** The connection that these variables describe; null where none of them gives a way to sign in. */
export function salesforceOf(given: Given): SalesforceSettings | null {
  const auth = authOf(given);
  if (auth === null) return null;
  return Object.freeze({
    loginUrl: given.SALESFORCE_LOGIN_URL,
    instanceUrl: given.SALESFORCE_INSTANCE_URL ?? null,
    auth: Object.freeze(auth),
    orgId: given.SALESFORCE_ORG_ID ?? null,
    changeChannel: given.SALESFORCE_CHANGE_CHANNEL === 'none' ? null : given.SALESFORCE_CHANGE_CHANNEL,
    reservedCallsPercent: given.SALESFORCE_RESERVED_CALLS_PERCENT,
  });
}

function authOf(given: Given): SalesforceAuth | null {
  const { SALESFORCE_CLIENT_ID: clientId, SALESFORCE_CLIENT_SECRET: clientSecret } = given;
  const {
    SALESFORCE_REFRESH_TOKEN: refreshToken,
    SALESFORCE_USERNAME: username,
    SALESFORCE_JWT_KEY: privateKey,
  } = given;
  if (clientId === undefined) return null;
  if (given.SALESFORCE_SIGN_IN === 'web') return { kind: 'web', clientId, clientSecret: clientSecret ?? null };
  if (refreshToken !== undefined)
    return { kind: 'refresh-token', clientId, clientSecret: clientSecret ?? null, refreshToken };
  if (privateKey !== undefined && username !== undefined) return { kind: 'jwt', clientId, username, privateKey };
  return clientSecret === undefined ? null : { kind: 'client-credentials', clientId, clientSecret };
}

function rsaKey(pem: string): string | undefined {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa' ? pem : undefined;
  } catch {
    return undefined;
  }
}
