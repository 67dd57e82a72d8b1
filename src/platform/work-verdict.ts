import { z } from 'zod';
import { backoffMs } from './backoff.js';
import type { NewProblem } from './problems.store.js';
import type { BatchItem, ItemResult } from './run-batch.js';
import type { WorkFailure } from './work-failure.js';
import type { ClaimedWork, PostponedWork } from './work.store.js';
import type { WorkKind } from './work.js';

/** What is to be written about one claimed row. */
export type Verdict =
  | { readonly kind: 'done'; readonly work: ClaimedWork }
  | { readonly kind: 'postponed'; readonly row: PostponedWork }
  | { readonly kind: 'set-aside'; readonly work: ClaimedWork; readonly problem: NewProblem };

export type ReadResult<P> =
  { readonly kind: 'item'; readonly item: BatchItem<P> } | Extract<Verdict, { kind: 'set-aside' }>;

/** The item a row stands for, or the words it is set aside with without being run. */
export function readItem<P>(kind: WorkKind<P>, work: ClaimedWork): ReadResult<P> {
  const parsed = kind.payload.safeParse(work.payload);
  if (!parsed.success) {
    const title = 'A task holds something this version cannot read';
    const subject = { type: kind.kind, id: work.key };
    return setAside(kind.kind, work, subject, { kind: 'unreadable', title, detail: z.prettifyError(parsed.error) });
  }
  const item = { key: work.key, payload: parsed.data, attempts: work.attempts, failures: work.failures };
  if (work.attempts < kind.maxAttempts) return { kind: 'item', item };
  const title = 'A task was started several times and never finished';
  const detail = `Its worker stopped before it was done, ${work.attempts} times.`;
  return setAside(kind.kind, work, kind.subject(item), { kind: 'exhausted', title, detail });
}

export interface Judgement<P> {
  readonly work: ClaimedWork;
  readonly item: BatchItem<P>;
  readonly result: ItemResult;
  readonly now: Date;
  /** 0 to 1, the same for a whole batch: what failed together comes back together. */
  readonly random: number;
}

/** What a run's result means for its row. */
export function judge<P>(kind: WorkKind<P>, judgement: Judgement<P>): Verdict {
  const { work, item, result } = judgement;
  switch (result.kind) {
    case 'done':
      return { kind: 'done', work };
    case 'again':
      return { kind: 'postponed', row: { work, dueAt: result.at, attempts: 0, failures: 0, lastError: null } };
    case 'set-aside':
      return setAside(kind.kind, work, kind.subject(item), { ...result, kind: 'refused' });
    case 'failed':
      return judgeFailure(kind, judgement, result.failure);
  }
}

function judgeFailure<P>(kind: WorkKind<P>, judgement: Judgement<P>, failure: WorkFailure): Verdict {
  const { work, item, now, random } = judgement;
  const { title, detail } = failure;
  if (failure.retry === 'never') {
    return setAside(kind.kind, work, kind.subject(item), { kind: 'refused', title, detail });
  }
  const attempts = work.attempts + (failure.countsAsAttempt ? 1 : 0);
  if (attempts >= kind.maxAttempts) {
    const tried = `${detail} (${attempts} tries)`;
    return setAside(kind.kind, work, kind.subject(item), { kind: 'exhausted', title, detail: tried });
  }
  const failures = work.failures + 1;
  const dueAt = new Date(now.getTime() + (failure.afterMs ?? backoffMs(failures, random)));
  return { kind: 'postponed', row: { work, dueAt, attempts, failures, lastError: detail } };
}

function setAside(
  workKind: string,
  work: ClaimedWork,
  subject: { readonly type: string; readonly id: string },
  words: Pick<NewProblem, 'kind' | 'title' | 'detail'>,
): Extract<Verdict, { kind: 'set-aside' }> {
  const { kind, title, detail } = words;
  const about = {
    workKind,
    workKey: work.key,
    payload: work.payload,
    subjectType: subject.type,
    subjectId: subject.id,
  };
  return { kind: 'set-aside', work, problem: { kind, title, detail, ...about } };
}
