import express, { type Router } from 'express';
import swaggerUi from 'swagger-ui-express';
import { methodNotAllowed } from './request-errors.js';
import { docsPolicy } from './security-headers.js';

const documentPath = '/api/v1/openapi.json';
const docsPath = '/docs';
const reading = ['GET', 'HEAD'];

/** The OpenAPI document at `/api/v1/openapi.json`, and a page at `/docs` to read it and try calls. */
export function apiDocsRouter(document: object): Router {
  const router = express.Router();
  const text = JSON.stringify(document);
  router.get(documentPath, (_request, response) => {
    response.type('application/json').send(text);
  });
  router.use([documentPath, docsPath], (request, _response, next) => {
    if (!reading.includes(request.method)) throw methodNotAllowed(reading);
    next();
  });
  router.use(docsPath, docsPolicy(), swaggerUi.serve, swaggerUi.setup(undefined, { swaggerUrl: documentPath }));
  return router;
}
