import { findObjectType } from '../account/object-type.js';
import { readApiPath, speaksVersion } from './api-path.js';
import type { ApiRoute } from './api-route.js';

export interface RouteMatch {
  readonly route: ApiRoute;
  readonly version: string;
  readonly params: Readonly<Record<string, string>>;
  /** The template with its object types filled in, e.g. `/crm/objects/deals/{id}`: what calls are counted under. */
  readonly name: string;
}

interface CompiledRoute {
  readonly route: ApiRoute;
  readonly segments: readonly string[];
}

const typeSegments = new Set(['{type}', '{from}', '{to}']);

function paramsOf(segments: readonly string[], asked: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const given = asked[index] ?? '';
    if (segment.startsWith('{')) params[segment.slice(1, -1)] = decoded(given);
    else if (segment !== given) return null;
  }
  return params;
}

/** A segment that is no valid escape stands for itself, and will be found to be no id. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function routeName(segments: readonly string[], asked: readonly string[]): string {
  return segments
    .map((segment, index) =>
      typeSegments.has(segment) ? (findObjectType(asked[index] ?? '')?.name ?? segment) : segment,
    )
    .join('/');
}

/** Makes the table searchable. Earlier lines win, so literal segments must stand before `{…}` in their place. */
export function createRouteTable(routes: readonly ApiRoute[]): (method: string, rawPath: string) => RouteMatch | null {
  const bySize = new Map<string, CompiledRoute[]>();
  for (const route of routes) {
    const segments = route.template.split('/');
    const key = `${route.method} ${segments.length}`;
    bySize.set(key, [...(bySize.get(key) ?? []), { route, segments }]);
  }
  return (method, rawPath) => {
    const api = readApiPath(rawPath);
    if (api === null) return null;
    const asked = api.path.split('/');
    for (const { route, segments } of bySize.get(`${method} ${asked.length}`) ?? []) {
      if (!speaksVersion(route.version, api.version)) continue;
      const params = paramsOf(segments, asked);
      if (params !== null) return { route, version: api.version, params, name: routeName(segments, asked) };
    }
    return null;
  };
}
