import { creditingChecks } from './crediting/crediting-checks.store.js';
import { journalChecks } from './ledger/book-check.store.js';
import { checkBook } from './ledger/check-book.handler.js';
import { payoutChecks } from './payouts/payout-checks.store.js';
import type { Database } from './platform/database.js';

/** What each stage says must hold of the book. */
export const bookChecks = [...journalChecks, ...creditingChecks, ...payoutChecks];

/** Proves the whole book: what each stage says must hold of it. `words` is one sentence a person can act on. */
export async function proveBooks(db: Database): Promise<{ readonly ok: boolean; readonly words: string }> {
  const verdict = await checkBook(db, bookChecks);
  if (verdict.kind === 'faulty')
    return { ok: false, words: `The books do not hold. ${verdict.claim} ${verdict.fault}` };
  const { entries, claims } = verdict;
  return { ok: true, words: `The books hold: ${String(entries)} entries, ${String(claims.length)} claims proven.` };
}
