import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { RawSignalRequest } from '../contract.js';

export interface SignatureSettings {
  /** The app's client secret, and during a change the one before. */
  readonly clientSecrets: readonly string[];
  /** Addresses under which HubSpot may have called us, e.g. `https://partners.example.com`. */
  readonly publicOrigins: readonly string[];
  /** Version 1 carries no time and does not cover the address: only for legacy apps that send nothing better. */
  readonly acceptV1: boolean;
}

export type SignatureVerdict =
  | { readonly kind: 'genuine' }
  | {
      readonly kind: 'refused';
      readonly reason: 'not-configured' | 'unsigned' | 'stale' | 'bad-signature';
      readonly detail: string;
    };

/** HubSpot's own limit for the age of a delivery. */
const longestAgeMs = 300_000;

/**
 * Whether HubSpot sent this. Computed over the bytes as they came and over the address as HubSpot called it, which we know from
 * our settings and never from a Host header, because a caller can set that to anything.
 */
export function verifySignature(settings: SignatureSettings, request: RawSignalRequest, now: Date): SignatureVerdict {
  const secrets = settings.clientSecrets.filter((secret) => secret !== '');
  if (secrets.length === 0)
    return refused('not-configured', 'No client secret is configured, so nothing can be verified.');
  const v3 = header(request, 'x-hubspot-signature-v3');
  if (v3 !== null) return verifyV3(settings, secrets, request, v3, now);
  const v1 = header(request, 'x-hubspot-signature');
  if (v1 === null || !settings.acceptV1 || (header(request, 'x-hubspot-signature-version') ?? 'v1') !== 'v1') {
    return refused('unsigned', 'The delivery carries no signature of version 3.');
  }
  return matches(
    v1.toLowerCase(),
    secrets.map((secret) => signV1(secret, request.rawBody)),
  );
}

function verifyV3(
  settings: SignatureSettings,
  secrets: readonly string[],
  request: RawSignalRequest,
  signature: string,
  now: Date,
): SignatureVerdict {
  const timestamp = header(request, 'x-hubspot-request-timestamp') ?? '';
  // A text that is no number would pass every comparison of ages.
  if (!/^\d{1,16}$/.test(timestamp)) return refused('stale', 'The delivery carries no time.');
  const ageMs = now.getTime() - Number(timestamp);
  if (Math.abs(ageMs) > longestAgeMs) {
    return refused('stale', `The delivery was signed ${String(Math.round(ageMs / 1_000))} seconds ago.`);
  }
  const urls = settings.publicOrigins.map((origin) => origin.replace(/\/+$/, '') + request.originalUrl);
  return matches(
    signature,
    secrets.flatMap((secret) => urls.map((url) => signV3(secret, { ...request, url, timestamp }))),
  );
}

/** The v1 signature of a body: SHA-256 over secret and body, in hex. */
export function signV1(secret: string, rawBody: Buffer): string {
  return createHash('sha256').update(secret).update(rawBody).digest('hex');
}

/** The v3 signature of a request: HMAC-SHA256 over method, address, body and time, in base64. */
export function signV3(
  secret: string,
  request: { readonly method: string; readonly url: string; readonly rawBody: Buffer; readonly timestamp: string },
): string {
  return createHmac('sha256', secret)
    .update(request.method.toUpperCase() + decodeListedEscapes(request.url))
    .update(request.rawBody)
    .update(request.timestamp)
    .digest('base64');
}

/** Exactly the escapes HubSpot undoes before signing. Others stay, so `decodeURIComponent` would be wrong. */
const decodedEscapes: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

function decodeListedEscapes(url: string): string {
  return url.replace(/%[0-9a-f]{2}/gi, (escape) => decodedEscapes[escape.toUpperCase()] ?? escape);
}

/** Every candidate is compared, in a time that does not tell how much of it was right. */
function matches(signature: string, candidates: readonly string[]): SignatureVerdict {
  const given = Buffer.from(signature);
  const equal = candidates.filter((candidate) => {
    const expected = Buffer.from(candidate);
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
  if (equal.length > 0) return { kind: 'genuine' };
  return refused(
    'bad-signature',
    'The signature does not fit: another client secret, another public address than the configured one, or another body.',
  );
}

function header(request: RawSignalRequest, name: string): string | null {
  const value = request.headers[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined || first === '' ? null : first;
}

function refused(reason: Extract<SignatureVerdict, { kind: 'refused' }>['reason'], detail: string): SignatureVerdict {
  return { kind: 'refused', reason, detail };
}
