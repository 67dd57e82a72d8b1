import { createHash, createHmac } from 'node:crypto';

/** What is signed. `uri` is the full address with its query, exactly as it is called. */
export interface SignedRequest {
  readonly method: string;
  readonly uri: string;
  /** The empty text for none. */
  readonly body: string;
}

/** v1, still sent with webhooks: the body alone. */
export function signatureV1(secret: string, body: string): string {
  return createHash('sha256').update(`${secret}${body}`).digest('hex');
}

/** v2, of cards and workflow actions. */
export function signatureV2(secret: string, { method, uri, body }: SignedRequest): string {
  return createHash('sha256').update(`${secret}${method}${uri}${body}`).digest('hex');
}

const decodedBeforeSigning: Readonly<Record<string, string>> = {
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

/** v3 decodes these escapes of the address and no others. */
export function uriForV3(uri: string): string {
  return uri.replace(
    /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi,
    (escape) => decodedBeforeSigning[escape.toUpperCase()] ?? escape,
  );
}

/** v3, the one to check. @param timestampMs what goes into `X-HubSpot-Request-Timestamp` */
export function signatureV3(secret: string, { method, uri, body }: SignedRequest, timestampMs: number): string {
  return createHmac('sha256', secret)
    .update(`${method}${uriForV3(uri)}${body}${timestampMs}`)
    .digest('base64');
}

/** The headers of a webhook delivery: the old signature and the current one. */
export function webhookHeaders(
  secret: string,
  targetUrl: string,
  body: string,
  timestampMs: number,
): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'X-HubSpot-Signature': signatureV1(secret, body),
    'X-HubSpot-Signature-Version': 'v1',
    'X-HubSpot-Signature-v3': signatureV3(secret, { method: 'POST', uri: targetUrl, body }, timestampMs),
    'X-HubSpot-Request-Timestamp': String(timestampMs),
  };
}

/** The headers of a request HubSpot makes for a card. */
export function cardHeaders(secret: string, request: SignedRequest, timestampMs: number): Record<string, string> {
  return {
    'X-HubSpot-Signature': signatureV2(secret, request),
    'X-HubSpot-Signature-Version': 'v2',
    'X-HubSpot-Signature-v3': signatureV3(secret, request, timestampMs),
    'X-HubSpot-Request-Timestamp': String(timestampMs),
  };
}
