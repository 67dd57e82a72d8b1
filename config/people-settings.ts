import { httpUrl, secretUrl, setting, token } from './setting-types.js';
import type { CrossRule } from './settings-error.js';

/** The variables about people: how they sign in, and how mail reaches them. */
export const peopleVariables = {
  SMTP_URL: secretUrl(
    'Mail server; absent: mail waits, and operators pass it on by hand.',
    ['smtp:', 'smtps:'],
    'smtps://user:password@mail.example.com',
  ).optional(),
  MAIL_FROM: setting(
    {
      description: 'Address mail comes from; absent: no-reply at the host of PUBLIC_URL.',
      expected: 'an e-mail address',
    },
    (text) => (/^[^\s@<>]+@[^\s@<>]+$/.test(text) ? text : undefined),
  ).optional(),
  OIDC_ISSUER: httpUrl("The operators' identity provider (OpenID Connect).", 'https://login.example.com').optional(),
  OIDC_CLIENT_ID: token('Client id of the service at OIDC_ISSUER.').optional(),
  OIDC_CLIENT_SECRET: token('Client secret of the service at OIDC_ISSUER.').optional(),
};

interface Given {
  readonly SMTP_URL?: string | undefined;
  readonly MAIL_FROM?: string | undefined;
  readonly OIDC_ISSUER?: string | undefined;
  readonly OIDC_CLIENT_ID?: string | undefined;
  readonly OIDC_CLIENT_SECRET?: string | undefined;
}

const together = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;

export const peopleRules: readonly CrossRule<Given>[] = together.map((variable) => ({
  variable,
  fault: 'is missing',
  expected: `a value, because ${together.filter((other) => other !== variable).join(' or ')} is given`,
  broken: (given) => given[variable] === undefined && together.some((other) => given[other] !== undefined),
}));

export interface PeopleSettings {
  /** Null: mail waits. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string | null;
  /** Null: operators sign in with a password. */
  readonly identityProvider: {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecret: string;
  } | null;
}

export function peopleOf(given: Given): PeopleSettings {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = given;
  const isWhole = issuer !== undefined && clientId !== undefined && clientSecret !== undefined;
  return {
    smtpUrl: given.SMTP_URL ?? null,
    mailFrom: given.MAIL_FROM ?? null,
    identityProvider: isWhole ? Object.freeze({ issuer, clientId, clientSecret }) : null,
  };
}
