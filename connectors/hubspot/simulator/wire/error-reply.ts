import { randomUUID } from 'node:crypto';
import type { ApiFault } from '../account/api-fault.js';

/** An answer as it goes out: JSON unless `contentType` says otherwise, `null` for no content type at all. */
export interface WireReply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string | null;
}

/** The CRM's error envelope. */
export function faultReply({ status, category, message, details }: ApiFault): WireReply {
  return { status, body: { status: 'error', message, correlationId: randomUUID(), category, ...details } };
}

function envelope(
  status: number,
  body: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): WireReply {
  return { status, body: { status: 'error', correlationId: randomUUID(), ...body }, headers };
}

/** The three bodies of a 429. Search's comes without a policy name. */
export function rateLimited(
  policy: 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY',
  headers: Readonly<Record<string, string>> = {},
): WireReply {
  if (policy === 'SECONDLY') {
    return envelope(429, { message: 'You have reached your secondly limit.', category: 'RATE_LIMITS' }, headers);
  }
  const message = `You have reached your ${policy === 'DAILY' ? 'daily' : 'ten_secondly_rolling'} limit.`;
  return envelope(429, { message, errorType: 'RATE_LIMIT', policyName: policy, requestId: randomUUID() }, headers);
}

export function unauthorised(category: 'INVALID_AUTHENTICATION' | 'EXPIRED_AUTHENTICATION'): WireReply {
  const message =
    category === 'EXPIRED_AUTHENTICATION'
      ? 'The OAuth token used to make this call expired.'
      : 'Authentication credentials not found. This API supports OAuth 2.0 authentication.';
  return envelope(401, { message, category });
}

export function missingScopes(scopes: readonly string[]): WireReply {
  const message = "This app hasn't been granted all required scopes to make this call.";
  return envelope(403, {
    message,
    category: 'MISSING_SCOPES',
    errors: [
      { message: 'One or more of the following scopes are required.', context: { requiredGranularScopes: scopes } },
    ],
  });
}

export function locked(): WireReply {
  return envelope(423, { message: 'The resource is locked. Try again in a moment.', category: 'LOCKED' });
}

/** The account is moving to another data centre; this may last up to a day. */
export function migrating(retryAfterSeconds: number): WireReply {
  const headers = { 'Retry-After': String(retryAfterSeconds) };
  return envelope(
    477,
    { message: 'This account is being migrated. Try again later.', category: 'MIGRATION_IN_PROGRESS' },
    headers,
  );
}

export function serverError(status: number): WireReply {
  return envelope(status, { message: 'There was a problem with the request.', category: 'INTERNAL_ERROR' });
}

/** What stands in front of HubSpot answers in HTML when it cannot reach HubSpot. */
export function badGateway(): WireReply {
  const body = '<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body>\n</html>\n';
  return { status: 502, body, contentType: 'text/html; charset=utf-8' };
}

export function noSuchPath(): WireReply {
  return { status: 404, body: { status: 'error', message: 'No such path.', correlationId: randomUUID() } };
}
