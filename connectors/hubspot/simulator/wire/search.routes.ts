import type { Account } from '../account/account.js';
import { validationError } from '../account/api-fault.js';
import { recordJson } from '../account/record-json.js';
import type { SearchSort } from '../account/search-records.js';
import { searchRecords } from '../account/search-records.js';
import type { z } from 'zod';
import type { ApiReply, ApiRequest, ApiRoute } from './api-route.js';
import { ok, typeParam } from './api-route.js';
import { bodies, readBody } from './request-body.js';

type SearchBody = z.output<typeof bodies.search>;

const longestBody = 3000;

/** One sort at most, as an object, as `"name"` or as `"-name"`. */
function sortOf({ sorts }: SearchBody): SearchSort | null {
  if (sorts.length > 1) throw validationError('Only one sort is allowed.');
  const [sort] = sorts;
  if (sort === undefined) return null;
  if (typeof sort !== 'string') {
    return { propertyName: sort.propertyName, direction: sort.direction === 'DESCENDING' ? 'DESCENDING' : 'ASCENDING' };
  }
  const descending = sort.startsWith('-');
  return { propertyName: descending ? sort.slice(1) : sort, direction: descending ? 'DESCENDING' : 'ASCENDING' };
}

function offsetOf({ after }: SearchBody): number {
  const text = String(after ?? '0');
  if (!/^\d*$/.test(text)) throw validationError(`after must be an integer, not "${text}".`);
  return Number(text);
}

function search(account: Account, request: ApiRequest): ApiReply {
  const type = typeParam(request);
  if (JSON.stringify(request.body ?? {}).length > longestBody) {
    throw validationError(`The body of a search may have at most ${longestBody} characters.`);
  }
  const body = readBody(bodies.search, request.body);
  const { filterGroups, limit, query, properties } = body;
  const offset = offsetOf(body);
  const found = searchRecords(account, type, { filterGroups, sort: sortOf(body), query: query ?? null, limit, offset });
  const selection = { properties, propertiesWithHistory: [], associations: [] };
  const next = offset + found.page.length;
  return ok({
    total: found.total,
    results: found.page.map((record) => recordJson(account, record, selection)),
    ...(next < found.total ? { paging: { next: { after: String(next) } } } : {}),
  });
}

export const searchRoutes: readonly ApiRoute[] = [
  { method: 'POST', template: '/crm/objects/{type}/search', version: 'v3', answer: search },
];
