import { oauthRoutes } from '../oauth/oauth.routes.js';
import type { AppCredentials, TokenStore } from '../oauth/token-store.js';
import { accountRoutes } from './account.routes.js';
import type { ApiRoute } from './api-route.js';
import { associationLabelRoutes } from './association-label.routes.js';
import { associationRoutes } from './association.routes.js';
import { batchRoutes } from './batch.routes.js';
import { objectRoutes } from './object.routes.js';
import { pipelineRoutes } from './pipeline.routes.js';
import { propertyGroupRoutes } from './property-group.routes.js';
import { propertyRoutes } from './property.routes.js';
import { searchRoutes } from './search.routes.js';

/** The whole path table. Literal segments stand before `{…}` in their place. */
export function apiRoutes(tokens: TokenStore, credentials: AppCredentials): readonly ApiRoute[] {
  return [
    ...searchRoutes,
    ...batchRoutes,
    ...objectRoutes,
    ...associationRoutes,
    ...associationLabelRoutes,
    ...propertyGroupRoutes,
    ...propertyRoutes,
    ...pipelineRoutes,
    ...accountRoutes,
    ...oauthRoutes(tokens, credentials),
  ];
}
