import { findProblem, type Problem } from './problems.store.js';
import type { Transact, UnitOfWork } from './unit-of-work.js';
import { enqueueWork } from './work.store.js';

export type RetryResult =
  | { readonly kind: 'retried'; readonly problem: Problem }
  | { readonly kind: 'already-resolved'; readonly problem: Problem }
  | { readonly kind: 'not-found' };

/** How a problem of one kind of work is tried again when its work is not a row of the table `work`. */
export type RetryAction = (uow: UnitOfWork, problem: Problem) => Promise<void>;

/**
 * Tries a problem's work again, at once and with its earlier failures forgotten. The problem stays open until that works.
 * @param deps.actions by kind of work, for sources that keep their own pending set; otherwise the work row is written anew
 */
export function createRetryProblem(deps: {
  readonly transact: Transact;
  readonly actions?: ReadonlyMap<string, RetryAction>;
}): (problemId: string) => Promise<RetryResult> {
  return (problemId) =>
    deps.transact(async (uow) => {
      const problem = await findProblem(uow.trx, problemId);
      if (problem === undefined) return { kind: 'not-found' };
      if (problem.resolvedAt !== null) return { kind: 'already-resolved', problem };
      const act = deps.actions?.get(problem.workKind);
      await (act === undefined ? enqueueAgain(uow, [problem]) : act(uow, problem));
      return { kind: 'retried', problem };
    });
}

/** Writes the work rows of these problems anew, at once and with earlier failures forgotten. Each stays open until its work is done. */
export async function enqueueAgain(uow: UnitOfWork, problems: readonly Problem[]): Promise<void> {
  const work = problems.map(({ workKind: kind, workKey: key, payload }) => ({ kind, key, payload }));
  await enqueueWork(uow.trx, work, uow.now, { afresh: true });
  new Set(work.map(({ kind }) => kind)).forEach(uow.wake);
}
