import express, { type Router } from 'express';
import { embedScript, frameScript } from './embed-scripts.js';
import type { LeadFormDependencies } from './lead-form-pages.routes.js';
import { formRoutes } from './lead-form.routes.js';

const cached = 'public, max-age=3600';

/** The form for a frame on a site of the vendor's, `/embed/{token}`: that of the personal link, with everything that guards it. */
export function embedRouter(deps: Omit<LeadFormDependencies, 'door'>): Router {
  const router = express.Router();
  router.get('/frame.js', (_request, response) => {
    response.type('text/javascript').set('Cache-Control', cached).send(frameScript);
  });
  formRoutes(router, { ...deps, door: { base: '/embed', isFramed: true } });
  return router;
}

/** The script that a site of the vendor's loads, `/embed.js`. */
export function embedScriptRouter(): Router {
  const router = express.Router();
  router.get('/', (_request, response) => {
    response
      .type('text/javascript')
      .set({ 'Cache-Control': cached, 'Cross-Origin-Resource-Policy': 'cross-origin' })
      .send(embedScript);
  });
  return router;
}
