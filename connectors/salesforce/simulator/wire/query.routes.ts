import { OrgFault } from '../org/org-fault.js';
import { parseQuery } from '../soql/parse-query.js';
import { findRows } from '../soql/run-query.js';
import type { ApiRequest } from './api-request.js';
import { headerOption, queryWorld } from './api-request.js';
import type { ApiRoute, RouteWorld } from './api-route.js';
import type { WireReply } from './reply.js';
import { compileSelection } from './selection.js';

const smallestBatch = 200;
const largestBatch = 2000;

/** `Sforce-Query-Options: batchSize=…`, within what Salesforce allows; the org's own page size where the caller is silent. */
function pageSize({ org }: RouteWorld, { headers }: ApiRequest): number {
  const asked = Number(headerOption(headers['sforce-query-options'], 'batchSize') ?? '');
  const { queryPageSize } = org.settings;
  if (!Number.isInteger(asked) || asked <= 0) return queryPageSize;
  return Math.min(queryPageSize, Math.max(smallestBatch, Math.min(largestBatch, asked)));
}

function runQuery(world: RouteWorld, request: ApiRequest, text: string | null, withDeleted: boolean): WireReply {
  const { org, locators } = world;
  if (text === null || text === '') throw new OrgFault(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  const query = parseQuery(text);
  const lookingAt = queryWorld(org, request, withDeleted);
  const { rows, object } = findRows(lookingAt, query);
  if (object.tooling !== request.path.startsWith('/tooling')) {
    throw new OrgFault(400, 'INVALID_TYPE', `sObject type '${object.name}' is not supported.`);
  }
  if (query.select.length === 1 && query.select[0]?.kind === 'count') {
    return { status: 200, body: { totalSize: rows.length, done: true, records: [] } };
  }
  const style = { version: request.version, exponents: org.settings.exponents };
  const toJson = compileSelection({ world: lookingAt, schema: org.schema, style }, query);
  return locators.firstPage({ rows, toJson, pageSize: pageSize(world, request), version: request.version });
}

/** `/query`, `/queryAll`, the pages after the first, and the Tooling API's own. */
export const queryRoutes: readonly ApiRoute[] = ['', '/tooling'].flatMap((prefix): readonly ApiRoute[] => [
  {
    method: 'GET',
    template: `${prefix}/query`,
    answer: (world, request) => runQuery(world, request, request.query.get('q'), false),
  },
  {
    method: 'GET',
    template: `${prefix}/queryAll`,
    answer: (world, request) => runQuery(world, request, request.query.get('q'), true),
  },
  {
    method: 'GET',
    template: `${prefix}/query/{locator}`,
    answer: ({ locators }, _request, { locator = '' }) => locators.page(locator),
  },
  {
    method: 'GET',
    template: `${prefix}/queryAll/{locator}`,
    answer: ({ locators }, _request, { locator = '' }) => locators.page(locator),
  },
]);
