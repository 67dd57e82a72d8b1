import type { Database } from '../platform/database.js';
import type { BookCheck } from './book-check.store.js';

export type BookVerdict =
  | { readonly kind: 'sound'; readonly claims: readonly string[]; readonly entries: number }
  | { readonly kind: 'faulty'; readonly claim: string; readonly fault: string };

/** Proves the whole book as of one moment: the first fault found, in words, or what was found to hold. */
export async function checkBook(db: Database, checks: readonly BookCheck[]): Promise<BookVerdict> {
  // One snapshot for all checks: what is booked meanwhile would look like a difference between them.
  const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return snapshot.execute(async (trx) => {
    for (const { claim, firstFault } of checks) {
      const fault = await firstFault(trx);
      if (fault !== null) return { kind: 'faulty', claim, fault };
    }
    const { entries } = await trx
      .selectFrom('journal_entries')
      .select(({ fn }) => fn.countAll<string>().as('entries'))
      .executeTakeFirstOrThrow();
    return { kind: 'sound', claims: checks.map(({ claim }) => claim), entries: Number(entries) };
  });
}
