import { z } from 'zod';
import { recordAudit } from '../audit/audit.store.js';
import { DomainError } from '../platform/domain-error.js';
import { pageOf, pageQuery, readCursor } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { listProblems, type Problem } from '../platform/problems.store.js';
import { createRetryProblem, type RetryAction } from '../platform/retry-problem.js';
import { problemShape } from './desk.api.js';

/** No such problem. */
class ProblemNotFound extends DomainError {
  constructor(id: string) {
    super({ kind: 'not-found', code: 'problem-not-found', message: `There is no problem ${id}.` });
  }
}

const position = z.strictObject({ id: z.string() });
const tags = ['problems'];

/** What was set aside, and trying it again. `retryActions`: by kind of work that keeps rows of its own. */
export function problemRoutes(retryActions: ReadonlyMap<string, RetryAction>): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/problems',
      access: 'operator',
      summary: 'What was set aside, newest first',
      description: 'Open problems unless `state` says otherwise.',
      tags,
      query: z.strictObject({
        ...pageQuery,
        state: z.enum(['open', 'resolved', 'all']).default('open'),
        subjectType: z.string().max(60).optional(),
        subjectId: z.string().max(120).optional(),
      }),
      responses: { 200: pageOf(problemShape) },
      kind: 'read',
      handle: async ({ db, query }) => {
        const after = readCursor(query.cursor, position)?.id;
        const { subjectType: type, subjectId: id, state, limit } = query;
        const filter = type === undefined || id === undefined ? { state } : { state, subject: { type, id } };
        const page = await listProblems(db, filter, { limit, after });
        const nextCursor = page.nextCursor === null ? null : cursorAfter(page.nextCursor);
        return { status: 200, body: { items: page.items.map(problemView), nextCursor } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/problems/{id}/retry',
      access: 'operator',
      right: 'problems:retry',
      summary: 'Try again what was set aside',
      description: 'The problem stays open until the work is done. Retrying a resolved one does nothing.',
      tags,
      params: z.strictObject({ id: z.string().max(60) }),
      responses: { 202: problemShape },
      kind: 'write',
      handle: async ({ uow, actor, params: { id } }) => {
        const retry = createRetryProblem({ transact: (act) => act(uow), actions: retryActions });
        const result = await retry(id);
        if (result.kind === 'not-found') throw new ProblemNotFound(id);
        await recordAudit(uow, { actor, action: 'problem.retry', subject: { type: 'problem', id } });
        return { status: 202, body: problemView(result.problem) };
      },
    }),
  ];
}

function cursorAfter(id: string): string {
  return Buffer.from(JSON.stringify({ id })).toString('base64url');
}

function problemView(problem: Problem) {
  return {
    id: problem.id,
    kind: problem.kind,
    subject: { type: problem.subjectType, id: problem.subjectId },
    work: problem.workKind,
    title: problem.title,
    detail: problem.detail,
    occurrences: problem.occurrences,
    createdAt: problem.createdAt.toISOString(),
    lastSeenAt: problem.lastSeenAt.toISOString(),
    resolvedAt: problem.resolvedAt?.toISOString() ?? null,
  };
}
