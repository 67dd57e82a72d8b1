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
