import type { IncomingHttpHeaders } from 'node:http';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import { genericOAuth, magicLink, twoFactor } from 'better-auth/plugins';
import type { Router } from 'express';
import express from 'express';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { Log } from '../platform/log.js';
import type { Secrets } from '../platform/secrets.js';
import { findPerson, findPersonByEmail } from './person.store.js';

/** The operators' identity provider, where there is one. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A link that lets its reader in once: to sign in, or to choose another password. */
export interface SignInLink {
  readonly kind: 'sign-in' | 'password';
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly url: string;
}

export interface SignInDependencies {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly publicUrl: () => string;
  readonly identityProvider: IdentityProvider | null;
  readonly log: Log;
  readonly sendLink: (link: SignInLink) => Promise<void>;
  /** Lets in who was invited as an operator, once the identity provider vouches for the address. */
  readonly acceptByProvider: (email: string) => Promise<void>;
}

export interface SignIn {
  /** Everything under `/api/auth`. */
  readonly router: Router;
  /** Whom a session cookie stands for; null without one, or when the session has ended. */
  readonly sessionOf: (headers: IncomingHttpHeaders) => Promise<Session | null>;
}

export interface Session {
  readonly personId: string;
  /** Whether an identity provider let them in. */
  readonly viaProvider: boolean;
}

export const signInPath = '/api/auth';
/** Of the operators' identity provider, in the addresses people and it use. */
const providerId = 'company';
/** Where an identity provider sends people back to. */
const callbackPath = '/callback/';
const addressHeader = 'x-introducer-address';
const shortestPassword = 12;
const longestPassword = 200;
const sessionSeconds = 12 * 60 * 60;
const linkSeconds = 15 * 60;
/** Tries at one address of ours from one of theirs; guessing a password is hopeless long before that. */
const attempts = { window: 60, max: 30 };

/**
 * Signing in by password, mailed link and the operators' identity provider, with sessions that end on the server. Nobody makes
 * an account: people are invited, and only who was invited signs in.
 */
export function createSignIn(deps: SignInDependencies): SignIn {
  // The address under which the service is reached is known only once it listens.
  let made: ReturnType<typeof authOf> | null = null;
  const auth = (): ReturnType<typeof authOf> => (made ??= authOf(deps));
  const router = express.Router();
  router.all('/{*rest}', async (request, response) => {
    // What the library takes for the caller's address must not be what a caller says it is.
    request.headers[addressHeader] = request.ip ?? 'unknown';
    await toNodeHandler(auth())(request, response);
  });
  return {
    router,
    sessionOf: async (headers) => {
      if (headers.cookie === undefined) return null;
      const found = await auth().api.getSession({ headers: fromNodeHeaders(headers) });
      return found === null ? null : { personId: found.user.id, viaProvider: found.session.viaProvider === true };
    },
  };
}

/** Where people stand. Told by invitations alone; the library wants to know of every column that must be filled. */
const people = {
  modelName: 'people',
  fields: {
    emailVerified: 'email_verified',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  },
  additionalFields: {
    kind: { type: 'string', required: true, input: false },
    role: { type: 'string', required: true, input: false },
  },
} as const;

function authOf(deps: SignInDependencies) {
  const { db, secrets, publicUrl, identityProvider, log, sendLink } = deps;
  const mail = async (kind: SignInLink['kind'], email: string, url: string): Promise<void> => {
    const person = await findPersonByEmail(db, email);
    // Nobody learns from the answer whether there is such a person.
    if (person === undefined || person.ended_at !== null) return;
    // An operator needs a second factor beside what a mailbox proves.
    if (kind === 'sign-in' && person.kind === 'operator') return;
    await sendLink({ kind, personId: person.id, email: person.email, name: person.name, url });
  };
  return betterAuth({
    appName: 'Introducer',
    baseURL: publicUrl(),
    basePath: signInPath,
    secret: secrets.derive('sign-in'),
    telemetry: { enabled: false },
    database: { db, type: 'postgres' },
    trustedOrigins: (request) => (request === undefined ? [] : [new URL(request.url).origin]),
    advanced: {
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: ({ model }) => newId(model === 'user' ? 'per' : 'acc') },
      cookiePrefix: 'introducer',
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      ...attempts,
      // The library's own limits are far stricter here, and would lock out an office behind one address.
      customRules: { '/sign-in/*': attempts, '/two-factor/*': attempts, '/request-password-reset': attempts },
    },
    logger: {
      level: 'warn',
      log: (level, message) => {
        log[level === 'error' ? 'error' : 'info']({ topic: 'sign-in' }, message);
      },
    },
    user: people,
    session: {
      expiresIn: sessionSeconds,
      cookieCache: { enabled: false },
      additionalFields: { viaProvider: { type: 'boolean', required: false, input: false, defaultValue: false } },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: linkSeconds,
      sendResetPassword: ({ user, url }) => mail('password', user.email, url),
    },
    databaseHooks: { session: { create: { before: (session, context) => begun(db, session, context?.path ?? '') } } },
    // No provider is trusted by its name: an address counts once it is said to be verified.
    account: { accountLinking: { enabled: true, allowDifferentEmails: false } },
    plugins: [
      magicLink({
        disableSignUp: true,
        expiresIn: linkSeconds,
        // To a page with a button: what looks through mail would use up the link itself.
        sendMagicLink: ({ email, token }) =>
          mail('sign-in', email, `${publicUrl()}/enter?token=${encodeURIComponent(token)}`),
      }),
      twoFactor({
        issuer: 'Introducer',
        schema: { user: { fields: { twoFactorEnabled: 'two_factor_enabled' } } },
      }),
      ...(identityProvider === null ? [] : [companySignIn(identityProvider, deps.acceptByProvider)]),
    ],
  });
}

function companySignIn(
  { issuer, clientId, clientSecret }: IdentityProvider,
  acceptByProvider: SignInDependencies['acceptByProvider'],
) {
  return genericOAuth({
    config: [
      {
        providerId,
        clientId,
        clientSecret,
        discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
        disableSignUp: true,
        // Read once the provider's answer is proven, and before anybody is looked for by it.
        mapProfileToUser: async (profile: Readonly<Record<string, unknown>>) => {
          const { email, emailVerified } = profile;
          if (typeof email === 'string' && emailVerified === true) await acceptByProvider(email);
          return {};
        },
      },
    ],
  });
}

/** A session that begins, and how: whoever's access has ended begins none, whichever way they come. */
async function begun<S extends { readonly userId: string }>(db: Database, session: S, path: string) {
  const person = await findPerson(db, session.userId);
  if (person === undefined || person.ended_at !== null) {
    throw new APIError('FORBIDDEN', { code: 'ACCESS_ENDED', message: 'Your access has ended.' });
  }
  return { data: { ...session, viaProvider: path.startsWith(callbackPath) } };
}
