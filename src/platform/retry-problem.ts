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
      const act = deps.actions?.get(problem.workKind) ?? enqueueAfresh;
      await act(uow, problem);
      return { kind: 'retried', problem };
    });
}

async function enqueueAfresh(uow: UnitOfWork, problem: Problem): Promise<void> {
  const work = { kind: problem.workKind, key: problem.workKey, payload: problem.payload };
  await enqueueWork(uow.trx, [work], uow.now, { afresh: true });
  uow.wake(problem.workKind);
}
