import type { Route } from './platform/http/route.js';
import type { WorkKind } from './platform/work.js';
import type { DealTotal } from './rep-view/rep-view.js';

export function composeCrediting(_core: unknown): {
  readonly routes: readonly Route[];
  readonly jobs: readonly WorkKind<null>[];
  readonly dealTotals: (dealIds: readonly string[]) => Promise<ReadonlyMap<string, readonly DealTotal[]>>;
} {
  return { routes: [], jobs: [], dealTotals: () => Promise.resolve(new Map()) };
}
