import type { Database } from './database.js';
import { openProblems, resolveProblems } from './problems.store.js';
import type { Transact } from './unit-of-work.js';
import type { Verdict } from './work-verdict.js';
import { finishWork, postponeWork, withdrawWork } from './work.store.js';

/** Writes what became of a batch. The usual case, everything done, is one statement. */
export async function settleBatch(
  deps: { readonly db: Database; readonly transact: Transact },
  kind: string,
  verdicts: readonly Verdict[],
  now: Date,
): Promise<void> {
  const done = verdicts.flatMap((verdict) => (verdict.kind === 'done' ? [verdict.work] : []));
  const postponed = verdicts.flatMap((verdict) => (verdict.kind === 'postponed' ? [verdict.row] : []));
  const setAside = verdicts.filter((verdict) => verdict.kind === 'set-aside');
  await finishWork(deps.db, kind, done, now);
  if (postponed.length === 0 && setAside.length === 0) return;
  const wellKeys = postponed.filter((row) => row.failures === 0).map((row) => row.work.key);
  const failed = setAside.map((verdict) => verdict.work);
  await deps.transact(async ({ trx }) => {
    await postponeWork(trx, kind, postponed);
    await resolveProblems(trx, kind, wellKeys, now);
    const withdrawn = await withdrawWork(trx, kind, failed);
    const problems = setAside.map((verdict) => verdict.problem).filter((problem) => withdrawn.has(problem.workKey));
    await openProblems(trx, problems, now);
  });
}
