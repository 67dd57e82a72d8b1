import type { Clock } from './clock.js';
import type { Log } from './log.js';
import type { ClassifyFailure, WorkFailure } from './work-failure.js';
import type { WorkItem, WorkKind, WorkOutcome } from './work.js';

/** What became of one item: what its kind said, or how it failed. */
export type ItemResult = WorkOutcome | { readonly kind: 'failed'; readonly failure: WorkFailure };

/** An item with its count of earlier failures in a row. */
export interface BatchItem<P> extends WorkItem<P> {
  readonly failures: number;
}

export interface RunBatchDependencies {
  readonly clock: Clock;
  readonly log: Log;
  readonly classify: ClassifyFailure;
}

/**
 * Runs items together. Where that fails and it may be one item's fault, the batch is halved until that item stands alone, so
 * that nobody is set aside for a neighbour's fault. Halving ends at half the lease: what is left waits for its next turn.
 */
export async function runBatch<P>(
  deps: RunBatchDependencies,
  kind: WorkKind<P>,
  items: readonly BatchItem<P>[],
): Promise<ReadonlyMap<string, ItemResult>> {
  const halveUntil = deps.clock.now().getTime() + kind.leaseMs / 2;
  const results = new Map<string, ItemResult>();
  const groups = [items];
  for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
    if (group.length === 0) continue;
    const outcome = await runTogether(deps, kind, group);
    if (outcome.kind !== 'failed' || !mayBeOneItemsFault(outcome.failure, group)) {
      for (const item of group) results.set(item.key, resultOf(outcome, item.key));
    } else if (deps.clock.now().getTime() < halveUntil) {
      const middle = Math.ceil(group.length / 2);
      groups.push(group.slice(middle), group.slice(0, middle));
    } else {
      const failure = { ...outcome.failure, retry: 'later', countsAsAttempt: false } as const;
      for (const item of group) results.set(item.key, { kind: 'failed', failure });
    }
  }
  return results;
}

type GroupOutcome =
  | { readonly kind: 'ran'; readonly outcomes: ReadonlyMap<string, WorkOutcome> | 'done' }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

async function runTogether<P>(
  deps: RunBatchDependencies,
  kind: WorkKind<P>,
  group: readonly BatchItem<P>[],
): Promise<GroupOutcome> {
  try {
    return { kind: 'ran', outcomes: await kind.run(group, deps.clock.now()) };
  } catch (error) {
    const failure = deps.classify(error);
    deps.log.warn({ err: error, kind: kind.kind, items: group.length, retry: failure.retry }, 'work failed');
    return { kind: 'failed', failure };
  }
}

function mayBeOneItemsFault<P>(failure: WorkFailure, group: readonly BatchItem<P>[]): boolean {
  if (group.length === 1) return false;
  if (failure.retry === 'never') return true;
  // A first failure may be a passing one: all of them simply come again.
  return failure.countsAsAttempt && group.some((item) => item.failures > 0);
}

function resultOf(outcome: GroupOutcome, key: string): ItemResult {
  if (outcome.kind === 'failed') return outcome;
  return outcome.outcomes === 'done' ? { kind: 'done' } : (outcome.outcomes.get(key) ?? { kind: 'done' });
}
