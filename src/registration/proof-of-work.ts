import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { sha256 } from '../platform/hash.js';

/**
 * The check against robots on public forms, in the protocol of ALTCHA: the browser looks for the number whose hash with the salt is the
 * challenge. The salt names the page that was sent, which registers once, and the form it is of: a solution is of no use a second time, nor
 * at another partner's link.
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

/** The page that a solution is for. */
export interface SentPage {
  /** The partner whose form it is, and the link it stands at. */
  readonly partnerId: string;
  readonly linkToken: string;
  readonly submission: string;
}

interface Hidden {
  /** What no page before had. */
  readonly nonce: string;
  /** What the browser has to find, at most `largestNumber`. */
  readonly number: number;
  readonly page: SentPage;
  readonly expiresAt: Date;
}

export function newChallenge(key: string, { nonce, number, page, expiresAt }: Hidden): Challenge {
  const expires = String(Math.floor(expiresAt.getTime() / 1000));
  // The delimiter at the end keeps digits from moving between the salt and the number.
  const salt = `${nonce}?${new URLSearchParams({ expires, page: nameOf(page) }).toString()}&`;
  const challenge = sha256(`${salt}${String(number)}`);
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
export function isSolved(key: string, payload: unknown, page: SentPage, now: Date): boolean {
  const given = solution.safeParse(decoded(payload));
  if (!given.success) return false;
  const { challenge, number, salt, signature } = given.data;
  if (!isSame(sha256(`${salt}${String(number)}`), challenge) || !isSame(signed(key, challenge), signature))
    return false;
  const said = new URLSearchParams(salt.slice(salt.indexOf('?') + 1));
  return said.get('page') === nameOf(page) && Number(said.get('expires')) * 1000 > now.getTime();
}

function nameOf({ partnerId, linkToken, submission }: SentPage): string {
  return sha256(JSON.stringify([partnerId, linkToken, submission]));
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
