import { assert } from './assert.js';

/**
 * JSON text in the one form that signatures and hashes cover (RFC 8785, JSON Canonicalization Scheme): no spaces, members
 * sorted by name. Members that are undefined are left out, as JSON leaves them out.
 * @throws AssertionFailed for what JSON cannot hold: NaN, bigint, a function. Write amounts as decimal strings.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'object' && value !== null) return canonicalObject(value);
  assert(value === null || isPlain(value), `a value JSON can hold, not a ${typeof value}`);
  return JSON.stringify(value);
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function canonicalObject(value: object): string {
  if (Array.isArray(value)) return `[${value.map((item: unknown) => canonicalJson(item ?? null)).join(',')}]`;
  if (value instanceof Date) return JSON.stringify(value);
  // Sorted as RFC 8785 section 3.2.3 says: by UTF-16 code units, which is how JavaScript compares strings.
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
