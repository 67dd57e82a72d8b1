import type { Account } from '../account/account.js';
import { ApiFault } from '../account/api-fault.js';
import type { ObjectType } from '../account/object-type.js';
import { findObjectType } from '../account/object-type.js';
import type { WriteContext } from '../account/write-record.js';

export interface ApiRequest {
  readonly method: string;
  readonly version: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Parsed JSON, `undefined` when there was no body. */
  readonly body: unknown;
}

export interface ApiReply {
  readonly status: number;
  /** Sent as JSON; no body when left out. */
  readonly body?: unknown;
}

/** One line of the path table. `{name}` in the template stands for one segment. */
export interface ApiRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Without the version, e.g. `/crm/objects/{type}/{id}`. */
  readonly template: string;
  /** Its version in the old scheme; the dated ones are always understood. */
  readonly version: 'v1' | 'v3' | 'v4';
  /** Needs no token and counts against no limit. */
  readonly open?: boolean;
  answer(account: Account, request: ApiRequest): ApiReply;
}

export const noContent: ApiReply = { status: 204 };

export function ok(body: unknown): ApiReply {
  return { status: 200, body };
}

/** A segment of the path. Every template names what its handler reads, so a missing one is a mistake in the table. */
export function param(request: ApiRequest, name: string): string {
  const value = request.params[name];
  if (value === undefined) throw new TypeError(`The route has no {${name}}.`);
  return value;
}

/** The object type in the path. @throws ApiFault 400 for one the account does not have. */
export function typeParam(request: ApiRequest, name = 'type'): ObjectType {
  const given = param(request, name);
  const type = findObjectType(given);
  if (type === undefined) {
    throw new ApiFault(400, 'VALIDATION_ERROR', `Unable to infer object type from: ${given}`);
  }
  return type;
}

/** A list in the query: repeated keys as the client library sends them, comma lists as the documentation writes them. */
export function listParam(request: ApiRequest, name: string): readonly string[] {
  return request.query
    .getAll(name)
    .flatMap((each) => each.split(','))
    .filter((each) => each !== '');
}

export function flagParam(request: ApiRequest, name: string): boolean {
  return request.query.get(name) === 'true';
}

/** How a write through the API is made: by the integration, under the rules of the version it came by. */
export function apiWrite(account: Account, request: ApiRequest): WriteContext {
  const { enforceRequired } = account.settings;
  return {
    source: { changeSource: 'INTEGRATION', sourceId: String(account.appId) },
    at: account.now(),
    // Admin rules count from 2026-09 on; v3 and 2026-03 ignore them.
    enforceRequired: enforceRequired === 'always' || (enforceRequired === 'dated' && request.version === '2026-09'),
  };
}
