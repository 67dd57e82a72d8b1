import { createVerify } from 'node:crypto';
import { z } from 'zod';

const header = z.looseObject({ alg: z.literal('RS256') });
const claims = z.looseObject({ iss: z.string(), sub: z.string(), aud: z.string(), exp: z.number() });
const longestSeconds = 300;

export type Assertion =
  { readonly kind: 'good'; readonly username: string } | { readonly kind: 'refused'; readonly description: string };

export interface AssertionCheck {
  /** Public key or certificate, PEM. */
  readonly certificate: string;
  readonly clientId: string;
  readonly audiences: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

function refused(description: string): Assertion {
  return { kind: 'refused', description };
}

function decode<T>(part: string, shape: z.ZodType<T>): T | null {
  try {
    const parsed = shape.safeParse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Checks a JWT of the bearer flow: signature, issuer, audience and the few minutes it may live. */
export function checkAssertion(assertion: string, check: AssertionCheck): Assertion {
  const [head = '', body = '', signature = '', ...rest] = assertion.split('.');
  const claimed = decode(body, claims);
  if (rest.length > 0 || decode(head, header) === null || claimed === null) return refused('invalid assertion');
  const isSigned = createVerify('RSA-SHA256')
    .update(`${head}.${body}`)
    .verify(check.certificate, signature, 'base64url');
  if (!isSigned) return refused('invalid assertion');
  if (claimed.iss !== check.clientId) return refused('client identifier invalid');
  if (!check.audiences.includes(claimed.aud)) return refused('audience is invalid');
  const lifeSeconds = claimed.exp - check.now / 1000;
  if (lifeSeconds <= 0 || lifeSeconds > longestSeconds) return refused('assertion expired or valid for too long');
  return { kind: 'good', username: claimed.sub };
}
