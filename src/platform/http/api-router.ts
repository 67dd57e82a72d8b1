import express, { type Router } from 'express';
import { assert } from '../assert.js';
import { methodNotAllowed } from './request-errors.js';
import type { Route } from './route.js';
import { serveRoute, type ServeRouteDependencies } from './serve-route.js';

/** All routes in one router, whatever their order: a path with a literal segment wins over one with a parameter there. */
export function apiRouter(routes: readonly Route[], deps: ServeRouteDependencies): Router {
  const router = express.Router({ caseSensitive: true });
  for (const [path, atPath] of routesByPath(routes)) {
    const slot = router.route(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    for (const route of atPath) slot[route.method](serveRoute(route, deps));
    const allowed = allowedMethods(atPath);
    slot.all(() => {
      throw methodNotAllowed(allowed);
    });
  }
  return router;
}

function routesByPath(routes: readonly Route[]): readonly (readonly [string, readonly Route[]])[] {
  const byPath = new Map<string, Route[]>();
  for (const route of routes) {
    const atPath = byPath.get(route.path) ?? [];
    assert(!atPath.some((other) => other.method === route.method), `one ${route.method} ${route.path}`);
    byPath.set(route.path, [...atPath, route]);
  }
  return [...byPath].sort(([a], [b]) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** A parameter sorts behind every literal segment. */
function sortKey(path: string): string {
  return path.replaceAll(/\{\w+\}/g, '\uffff');
}

function allowedMethods(routes: readonly Route[]): readonly string[] {
  return routes.flatMap((route) => (route.method === 'get' ? ['GET', 'HEAD'] : [route.method.toUpperCase()]));
}
