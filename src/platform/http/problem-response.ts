import type { ErrorRequestHandler, Request } from 'express';
import type { Logger } from 'pino';
import { problemBody, problemFor, type HttpProblem } from './problem.js';
import { loggedPath, requestIdOf } from './request-log.js';

/** The end of every request that went wrong: a problem document, or a small page where a person looks at it. */
export function problemResponse(logger: Pick<Logger, 'error'>): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = problemFor(error);
    const requestId = requestIdOf(response);
    if (problem.status >= 500) {
      const path = loggedPath(request.path);
      logger.error({ err: error, requestId, method: request.method, path }, 'request failed');
    }
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(problem.status).set({ 'Cache-Control': 'no-store', ...problem.headers });
    if (isForPerson(request)) response.type('text/html').send(problemPage(problem));
    else response.type('application/problem+json').send(JSON.stringify(problemBody(problem, requestId)));
  };
}

function isForPerson(request: Request): boolean {
  return !request.path.startsWith('/api/') && request.accepts(['json', 'html']) === 'html';
}

function problemPage(problem: HttpProblem): string {
  const title = escapeHtml(problem.title);
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>` +
    `<h1>${title}</h1><p>${escapeHtml(problem.message)}</p></html>\n`
  );
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
