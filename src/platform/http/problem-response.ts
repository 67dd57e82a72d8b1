import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { problemBody, problemFor, type HttpProblem } from './problem.js';
import { countPerAddress } from './rate-limits.js';
import { loggedPath, requestIdOf } from './request-log.js';

/** A page for a person about what was refused. Status and headers of the problem are set. */
export type RefusedPage = (request: Request, response: Response, problem: HttpProblem) => Promise<void>;

/** Refusals a minute to one address that are told in pages of their own: each costs a look into the database. */
const pagesAMinute = 60;

/** The end of every request that went wrong: a problem document, or a small page where a person looks at it. */
export function problemResponse(
  logger: Pick<Logger, 'error'>,
  pages: readonly { readonly path: string; readonly refused?: RefusedPage }[] = [],
): ErrorRequestHandler {
  const mayShow = countPerAddress({ limit: pagesAMinute, windowMs: 60_000 });
  return async (error: unknown, request, response, next) => {
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
    const refused = isForPerson(request) ? pageAt(pages, request.path) : undefined;
    if (refused !== undefined && (await mayShow(request))) {
      try {
        await refused(request, response, problem);
        return;
      } catch (fault) {
        logger.error({ err: fault, requestId }, 'the page about a refusal failed');
      }
    }
    if (isForPerson(request)) response.type('text/html').send(problemPage(problem));
    else response.type('application/problem+json').send(JSON.stringify(problemBody(problem, requestId)));
  };
}

function pageAt(
  pages: readonly { readonly path: string; readonly refused?: RefusedPage }[],
  path: string,
): RefusedPage | undefined {
  return pages.find((mounted) => path === mounted.path || path.startsWith(`${mounted.path}/`))?.refused;
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
