import type { Money } from '../money/money.js';
import { isAccountCode, isHeldPerPartner, type AccountCode } from './chart-of-accounts.js';
import { entryKinds, isEntryKind, type EntryKind } from './entry-kinds.js';

/** One side of an entry. Debits are positive, credits negative; an entry's postings sum to zero in each currency. */
export interface Posting extends Money {
  readonly account: AccountCode;
  readonly partnerId: string | null;
}

export interface JournalEntry {
  readonly id: string;
  readonly kind: EntryKind;
  /** One per thing that may be booked once: a second entry with it is refused by the database. */
  readonly idempotencyKey: string;
  readonly partnerId: string;
  /** The deal that caused it; null when none did. */
  readonly dealId: string | null;
  /** The day it belongs to, `YYYY-MM-DD` in the program's time zone. */
  readonly occurredOn: string;
  readonly memo: string;
  readonly postings: readonly Posting[];
}

export interface EntryRequest extends Omit<JournalEntry, 'postings'> {
  /** Seen from the partner: positive is earned (or, for a payout, paid), negative taken back. */
  readonly amount: Money;
}

/** The balanced entry of a declared kind between the two accounts of that kind. */
export function buildEntry({ amount, ...header }: EntryRequest): JournalEntry {
  const { debit, credit } = entryKinds[header.kind];
  const posting = (account: AccountCode, amountMinor: bigint): Posting => ({
    account,
    partnerId: isHeldPerPartner(account) ? header.partnerId : null,
    amountMinor,
    currency: amount.currency,
  });
  return { ...header, postings: [posting(debit, amount.amountMinor), posting(credit, -amount.amountMinor)] };
}

/** Why an entry must not be booked, in words; null when it is legal. */
export function faultOfEntry(entry: JournalEntry): string | null {
  if (!isEntryKind(entry.kind)) return `the entry kind ${String(entry.kind)} is not declared`;
  if (entry.postings.length < 2) return 'an entry has at least two postings';
  for (const posting of entry.postings) {
    const fault = faultOfPosting(entry, posting);
    if (fault !== null) return fault;
  }
  const unbalanced = [...sumByCurrency(entry.postings)].find(([, sum]) => sum !== 0n);
  return unbalanced === undefined ? null : `its postings in ${unbalanced[0]} sum to ${unbalanced[1]}, not to zero`;
}

function faultOfPosting(entry: JournalEntry, posting: Posting): string | null {
  if (!isAccountCode(posting.account)) return `the account ${String(posting.account)} is not declared`;
  const { debit, credit, amounts } = entryKinds[entry.kind];
  if (posting.account !== debit && posting.account !== credit) {
    return `a ${entry.kind} does not touch ${posting.account}`;
  }
  const partnerId = isHeldPerPartner(posting.account) ? entry.partnerId : null;
  if (posting.partnerId !== partnerId) return `its posting to ${posting.account} names another partner than the entry`;
  if (posting.amountMinor === 0n) return `its posting to ${posting.account} is zero`;
  const isDebit = posting.amountMinor > 0n;
  if (amounts === 'positive' && isDebit !== (posting.account === debit)) {
    return `a ${entry.kind} debits ${debit} and credits ${credit}, not the other way round`;
  }
  return null;
}

function sumByCurrency(postings: readonly Posting[]): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { currency, amountMinor } of postings) sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  return sums;
}
