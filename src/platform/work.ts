import type { z } from 'zod';
import type { Json } from './json.js';

/** Something to be done later. `kind` is also the queue's topic, `key` what it is about; together they are one row. */
export interface NewWork {
  readonly kind: string;
  readonly key: string;
  /** Ids only, as a rule: facts are read again when the work is done. A later enqueue of the same key replaces it. */
  readonly payload?: Json;
  /** Not before this time; now unless said. */
  readonly dueAt?: Date;
}

/** A claimed row. `attempts` counts the tries that failed before this one. */
export interface WorkItem<P> {
  readonly key: string;
  readonly payload: P;
  readonly attempts: number;
}

export type WorkOutcome =
  | { readonly kind: 'done' }
  /** Nothing is wrong, but there is more to do at `at`. */
  | { readonly kind: 'again'; readonly at: Date }
  /** Will not work until a person mends the cause: `title` and `detail` become the problem they read. */
  | { readonly kind: 'set-aside'; readonly title: string; readonly detail: string };

/** How one kind of work is done, many items at a time. */
export interface WorkKind<P> {
  readonly kind: string;
  readonly payload: z.ZodType<P>;
  /** Most items of one run. */
  readonly batch: number;
  /** While work keeps coming, how long to let a batch fill; the first item after a pause never waits. */
  readonly gatherMs: number;
  /** Batches of this kind that may run at once in this process. */
  readonly concurrency: number;
  /** After this long another worker may take the items over: longer than the slowest run. */
  readonly leaseMs: number;
  /** Failed tries after which an item is set aside. */
  readonly maxAttempts: number;
  /** One outcome per item key (a missing one counts as done), or 'done' for all. A throw means: none could be done now. */
  run(items: readonly WorkItem<P>[], now: Date): Promise<ReadonlyMap<string, WorkOutcome> | 'done'>;
  /** What a problem about this item is shown as being about. */
  subject(item: WorkItem<P>): { readonly type: string; readonly id: string };
}
