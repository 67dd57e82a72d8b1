import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '../platform/hash.js';

/** A key this service hands out: `intk_<prefix>_<secret>`. The prefix finds the row, the secret proves the right. */
const issuedKey = /^intk_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/;
const bearer = /^Bearer +([\x21-\x7e]{1,512})$/i;

export const prefixBytes = 8;
export const secretBytes = 32;

/** @param prefix 8 random bytes @param secret 32 random bytes */
export function formatApiKey(prefix: Buffer, secret: Buffer): string {
  return `intk_${prefix.toString('hex')}_${secret.toString('base64url')}`;
}

/** Null for a key that this service did not hand out, which only the key of the environment can be. */
export function prefixOf(key: string): string | null {
  return issuedKey.exec(key)?.[1] ?? null;
}

/** The key in an `Authorization: Bearer …` header, or null. */
export function bearerKey(header: string | undefined): string | null {
  return bearer.exec(header ?? '')?.[1] ?? null;
}

/** SHA-256 in hex. Enough for 256 random bits, which no dictionary holds. */
export function hashApiKey(key: string): string {
  return sha256(key);
}

/** Compares two such hashes in a time that says nothing about where they differ. */
export function isSameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')];
  return left.length === right.length && timingSafeEqual(left, right);
}
