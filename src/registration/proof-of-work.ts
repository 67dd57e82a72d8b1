import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/**
 * The check against robots on public forms, in the protocol of ALTCHA: the browser looks for the number whose hash with the salt is the
 * challenge. The salt names the page that was sent, which registers once, so that a solution is of no use a second time.
 */
export interface Challenge {
  readonly algorithm: 'SHA-256';
  readonly challenge: string;
  readonly salt: string;
  readonly signature: string;
  readonly maxnumber: number;
}

/** A second of a laptop's work at most, a few of an old phone's. */
export const largestNumber = 50_000;

interface Hidden {
  /** What no page before had. */
  readonly nonce: string;
  /** What the browser has to find, at most `largestNumber`. */
  readonly number: number;
  readonly submission: string;
  readonly expiresAt: Date;
}

export function newChallenge(key: string, { nonce, number, submission, expiresAt }: Hidden): Challenge {
  const expires = String(Math.floor(expiresAt.getTime() / 1000));
  // The delimiter at the end keeps digits from moving between the salt and the number.
  const salt = `${nonce}?${new URLSearchParams({ expires, submission }).toString()}&`;
  const challenge = hash(salt, number);
  return { algorithm: 'SHA-256', challenge, salt, signature: signed(key, challenge), maxnumber: largestNumber };
}

const solution = z.object({
  algorithm: z.literal('SHA-256'),
  challenge: z.string().max(100),
  number: z.int().min(0).max(largestNumber),
  salt: z.string().max(500),
  signature: z.string().max(100),
});

/** Whether what a browser sent solves a challenge of ours for this page, in time. */
export function isSolved(
  key: string,
  payload: unknown,
  page: { readonly submission: string; readonly now: Date },
): boolean {
  const given = solution.safeParse(decoded(payload));
  if (!given.success) return false;
  const { challenge, number, salt, signature } = given.data;
  if (!isSame(hash(salt, number), challenge) || !isSame(signed(key, challenge), signature)) return false;
  const said = new URLSearchParams(salt.slice(salt.indexOf('?') + 1));
  return said.get('submission') === page.submission && Number(said.get('expires')) * 1000 > page.now.getTime();
}

function hash(salt: string, number: number): string {
  return createHash('sha256')
    .update(`${salt}${String(number)}`)
    .digest('hex');
}

function signed(key: string, challenge: string): string {
  return createHmac('sha256', key).update(challenge).digest('hex');
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function decoded(payload: unknown): unknown {
  if (typeof payload !== 'string') return null;
  try {
    return JSON.parse(Buffer.from(payload, 'base64').toString('utf8'));
  } catch {
    return null;
  }
}
