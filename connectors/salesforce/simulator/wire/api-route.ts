import type { Org } from '../org/org.js';
import type { ApiRequest } from './api-request.js';
import type { ApiUsage } from './api-usage.js';
import type { QueryLocators } from './query-locators.js';
import type { WireReply } from './reply.js';

/** What routes act on. */
export interface RouteWorld {
  readonly org: Org;
  readonly locators: QueryLocators;
  readonly usage: ApiUsage;
  readonly loginUrl: () => string;
  /** Answers a call within a composite one. */
  readonly dispatch: (request: ApiRequest) => WireReply;
}

export interface ApiRoute {
  readonly method: string;
  /** After the version; `{name}` stands for one segment. */
  readonly template: string;
  /** @throws OrgFault, AmbiguousExternalId. */
  answer(world: RouteWorld, request: ApiRequest, params: Readonly<Record<string, string>>): WireReply;
}
