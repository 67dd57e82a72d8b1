import { OrgFault } from '../org/org-fault.js';
import { AmbiguousExternalId } from '../org/upsert-record.js';
import type { ApiRequest } from './api-request.js';
import type { ApiRoute, RouteWorld } from './api-route.js';
import { collectionRoutes } from './collection.routes.js';
import { compositeRoutes } from './composite.routes.js';
import { describeRoutes } from './describe.routes.js';
import { queryRoutes } from './query.routes.js';
import { replicationRoutes } from './replication.routes.js';
import type { WireReply } from './reply.js';
import { faultReply, restError } from './reply.js';
import { searchRoutes } from './search.routes.js';
import { sobjectRoutes } from './sobject.routes.js';
import { toolingRoutes } from './tooling.routes.js';

/** Earlier lines win: what is named must stand before what any id could be. */
const routes: readonly ApiRoute[] = [
  ...describeRoutes,
  ...queryRoutes,
  ...replicationRoutes,
  ...toolingRoutes,
  ...searchRoutes,
  ...compositeRoutes,
  ...collectionRoutes,
  ...sobjectRoutes,
];

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function paramsOf(template: string, path: string): Record<string, string> | null {
  const [expected, given] = [template.split('/'), path.split('/')];
  if (expected.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of expected.entries()) {
    const found = given[index] ?? '';
    if (segment.startsWith('{')) params[segment.slice(1, -1)] = decoded(found);
    else if (segment !== found) return null;
  }
  return params;
}

function answer(world: RouteWorld, request: ApiRequest): WireReply {
  let isKnownPath = false;
  for (const route of routes) {
    const params = paramsOf(route.template, request.path);
    if (params === null) continue;
    isKnownPath = true;
    if (route.method === request.method) return route.answer(world, request, params);
  }
  if (!isKnownPath) return restError(404, 'NOT_FOUND', 'The requested resource does not exist');
  const message = `HTTP Method '${request.method}' not allowed.`;
  return restError(405, 'METHOD_NOT_ALLOWED', message);
}

/** The answer to a call; refusals are answers like any other. */
export function dispatch(world: Omit<RouteWorld, 'dispatch'>, request: ApiRequest): WireReply {
  const inner: RouteWorld = { ...world, dispatch: (each) => dispatch(world, each) };
  try {
    return answer(inner, request);
  } catch (error) {
    if (error instanceof OrgFault) return faultReply(error);
    if (!(error instanceof AmbiguousExternalId)) throw error;
    const urls = error.records.map(({ id, entity }) => `/services/data/v${request.version}/sobjects/${entity}/${id}`);
    return { status: 300, body: urls };
  }
}
