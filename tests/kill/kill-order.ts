import { z } from 'zod';

/** At which statement a process is to end. */
export const killOrder = z.strictObject({
  /** A pattern of the statement. */
  at: z.string(),
  /** As soon as it has run, which inside a transaction is before its commit, or at a statement after that. */
  when: z.enum(['ran', 'after']),
  /** With `after`: a pattern of that later statement; null for any. */
  then: z.string().nullable(),
});
export type KillOrder = z.output<typeof killOrder>;

/** What whoever supervises a killable process tells it. */
export const killMessage = z.discriminatedUnion('kind', [
  /** Begin to live, so far ahead of the wall clock: a test lets leases run out by starting the next process later. */
  z.strictObject({ kind: z.literal('begin'), aheadMs: z.number() }),
  z.strictObject({ kind: z.literal('arm'), order: killOrder }),
]);
export type KillMessage = z.output<typeof killMessage>;
