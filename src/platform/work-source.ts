import type { Clock } from './clock.js';
import type { Database } from './database.js';
import type { DrainSource } from './drain-loop.js';
import type { Log } from './log.js';
import { runBatch } from './run-batch.js';
import { settleBatch } from './settle-batch.js';
import type { Transact } from './unit-of-work.js';
import type { ClassifyFailure } from './work-failure.js';
import { judge, readItem, type Verdict } from './work-verdict.js';
import { claimWork, countDueWork, nextWorkAt, type ClaimedWork } from './work.store.js';
import type { WorkKind } from './work.js';

/** One batch as it went, for metrics. */
export interface BatchObservation {
  readonly kind: string;
  readonly durationMs: number;
  readonly done: number;
  readonly postponed: number;
  readonly setAside: number;
}

export interface WorkSourceDependencies {
  readonly db: Database;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly log: Log;
  readonly classify: ClassifyFailure;
  readonly observe: (batch: BatchObservation) => void;
  readonly random: () => number;
}

/** The rows of one kind as something a drain loop can empty: claim, run, write what became of each. */
export function createWorkSource<P>(deps: WorkSourceDependencies, kind: WorkKind<P>): DrainSource {
  return {
    topic: kind.kind,
    gatherMs: kind.gatherMs,
    batch: kind.batch,
    nextDueAt: () => nextWorkAt(deps.db, kind.kind),
    waiting: () => countDueWork(deps.db, kind.kind, kind.batch, deps.clock.now()),
    drainOnce: async () => {
      const claim = { kind: kind.kind, limit: kind.batch, leaseMs: kind.leaseMs, now: deps.clock.now() };
      const claimed = await claimWork(deps.db, claim);
      if (claimed.length === 0) return 'empty';
      await doClaimed(deps, kind, claimed);
      return claimed.length === kind.batch ? 'full' : 'partial';
    },
  };
}

async function doClaimed<P>(
  deps: WorkSourceDependencies,
  kind: WorkKind<P>,
  claimed: readonly ClaimedWork[],
): Promise<void> {
  const startedMs = deps.clock.now().getTime();
  const read = claimed.map((work) => ({ work, result: readItem(kind, work) }));
  const items = read.flatMap(({ result }) => (result.kind === 'item' ? [result.item] : []));
  const results = await runBatch(deps, kind, items);
  const now = deps.clock.now();
  const random = deps.random();
  const verdicts = read.map(({ work, result }): Verdict => {
    if (result.kind === 'set-aside') return result;
    const { item } = result;
    return judge(kind, { work, item, result: results.get(item.key) ?? { kind: 'done' }, now, random });
  });
  await settleBatch(deps, kind.kind, verdicts, now);
  report(deps, kind.kind, verdicts, now.getTime() - startedMs);
}

function report(deps: WorkSourceDependencies, kind: string, verdicts: readonly Verdict[], durationMs: number): void {
  for (const verdict of verdicts) {
    if (verdict.kind !== 'set-aside') continue;
    const { title, detail } = verdict.problem;
    deps.log.error({ kind, key: verdict.work.key, title, detail }, 'work set aside');
  }
  const count = (wanted: Verdict['kind']): number => verdicts.filter((verdict) => verdict.kind === wanted).length;
  const counts = { done: count('done'), postponed: count('postponed'), setAside: count('set-aside') };
  deps.observe({ kind, durationMs, ...counts });
}
