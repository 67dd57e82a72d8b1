import type { AccountCode } from './chart-of-accounts.js';

interface EntryKindDeclaration {
  /** Account whose posting has the sign of the entry's amount. */
  readonly debit: AccountCode;
  /** Account whose posting has the opposite sign. */
  readonly credit: AccountCode;
  /** Which amounts it may have: giving and paying are positive, corrections go either way. */
  readonly amounts: 'positive' | 'either-sign';
}

const earning = { debit: 'commission-expense', credit: 'partner-payable', amounts: 'positive' } as const;
/** Negative when it takes from the partner; positive when it undoes such a taking. */
const correction = { ...earning, amounts: 'either-sign' } as const;

/** What may be booked, and between which accounts. Anything else is refused: see {@link IllegalEntry}. */
export const entryKinds = {
  commission: earning,
  revshare: earning,
  override: earning,
  bonus: earning,
  reversal: correction,
  clawback: correction,
  adjustment: correction,
  /** What a plan gives to the customer that a partner referred; its corrections too. */
  'customer-reward': { debit: 'commission-expense', credit: 'customer-rewards', amounts: 'either-sign' },
  'customer-payout': { debit: 'customer-rewards', credit: 'payout-clearing', amounts: 'positive' },
  payout: { debit: 'partner-payable', credit: 'payout-clearing', amounts: 'positive' },
  'payout-return': { debit: 'payout-clearing', credit: 'partner-payable', amounts: 'positive' },
} as const satisfies Readonly<Record<string, EntryKindDeclaration>>;

export type EntryKind = keyof typeof entryKinds;

export function isEntryKind(kind: string): kind is EntryKind {
  return Object.hasOwn(entryKinds, kind);
}
