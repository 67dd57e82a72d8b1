import { notFound } from '../org/org-fault.js';
import type { ObjectDefinition } from '../org/object-definition.js';
import { viewOf } from './api-request.js';
import type { ApiRequest } from './api-request.js';
import type { ApiRoute, RouteWorld } from './api-route.js';
import { describeJson, objectSummary } from './describe-json.js';

function objectAsked({ org }: RouteWorld, request: ApiRequest, name = ''): ObjectDefinition {
  const object = org.schema.object(name);
  if (object?.tooling !== request.path.startsWith('/tooling')) throw notFound();
  return object;
}

const resources = ['sobjects', 'query', 'queryAll', 'composite', 'limits', 'tooling', 'parameterizedSearch'];

/** `/`, `/sobjects`, `/sobjects/{name}/describe`, `/limits`. */
export const describeRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    template: '',
    answer({ org, loginUrl }, { version, userId }) {
      const paths = Object.fromEntries(resources.map((name) => [name, `/services/data/v${version}/${name}`]));
      return { status: 200, body: { ...paths, identity: `${loginUrl()}/id/${org.id}/${userId}` } };
    },
  },
  {
    method: 'GET',
    template: '/sobjects',
    answer(world, request) {
      const objects = viewOf(world.org, request)
        .objects()
        .filter(({ tooling }) => !tooling);
      const sobjects = objects.map((object) => objectSummary(object, request.version));
      return { status: 200, body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects } };
    },
  },
  ...['', '/tooling'].flatMap((prefix): readonly ApiRoute[] => [
    {
      method: 'GET',
      template: `${prefix}/sobjects/{entity}`,
      answer: (world, request, { entity }) => ({
        status: 200,
        body: {
          objectDescribe: objectSummary(objectAsked(world, request, entity), request.version),
          recentItems: [],
        },
      }),
    },
    {
      method: 'GET',
      template: `${prefix}/sobjects/{entity}/describe`,
      answer: (world, request, { entity }) => ({
        status: 200,
        body: describeJson(world.org, viewOf(world.org, request), objectAsked(world, request, entity), request.version),
      }),
    },
  ]),
  {
    method: 'GET',
    template: '/limits',
    answer({ org, usage }) {
      const { perDay } = org.settings.limits;
      const body = {
        DailyApiRequests: { Max: perDay, Remaining: Math.max(0, perDay - usage.used()) },
        DailyStreamingApiEvents: { Max: 10_000, Remaining: 10_000 },
        DailyDeliveredPlatformEvents: { Max: 10_000, Remaining: 10_000 },
        DataStorageMB: { Max: 5, Remaining: 4 },
      };
      return { status: 200, body };
    },
  },
];
