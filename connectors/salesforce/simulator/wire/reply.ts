import type { OrgFault } from '../org/org-fault.js';

/** An answer as it goes out: JSON unless `contentType` says otherwise. */
export interface WireReply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
}

/** One element of an error body. */
function errorJson({ errorCode, message, fields, details }: OrgFault): Readonly<Record<string, unknown>> {
  return { ...details, message, errorCode, ...(fields.length === 0 ? {} : { fields }) };
}

/** Errors of REST are always a list. */
export function faultReply(fault: OrgFault): WireReply {
  return { status: fault.status, body: [errorJson(fault)] };
}

export function restError(status: number, errorCode: string, message: string): WireReply {
  return { status, body: [{ message, errorCode }] };
}

export function sessionExpired(): WireReply {
  return restError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
}

export function limitExceeded(message = 'TotalRequests Limit exceeded.'): WireReply {
  return restError(403, 'REQUEST_LIMIT_EXCEEDED', message);
}

/** What stands in front of Salesforce answers in HTML when it cannot reach it. */
export function htmlPage(status: number): WireReply {
  const body = `<html>\n<head><title>Error ${status}</title></head>\n<body><h1>We are down for maintenance.</h1></body>\n</html>\n`;
  return { status, body, contentType: 'text/html; charset=utf-8' };
}

/** Errors of the OAuth endpoints are one object. */
export function oauthError(error: string, description: string, status = 400): WireReply {
  return { status, body: { error, error_description: description } };
}
