interface AccountDeclaration {
  /** Whether there is one such account for the whole program or one for each partner (and always one per currency). */
  readonly heldPer: 'program' | 'partner';
  readonly normalSide: 'debit' | 'credit';
  readonly holds: string;
}

/** Every account the journal knows. An account's key is its code, its partner (where there is one per partner) and its currency. */
export const chartOfAccounts = {
  'commission-expense': {
    heldPer: 'program',
    normalSide: 'debit',
    holds: 'what introductions have cost: earned by partners, less what was taken back',
  },
  'partner-payable': {
    heldPer: 'partner',
    normalSide: 'credit',
    holds: 'what a partner has earned and was not yet paid; below zero, what it owes back',
  },
  'customer-rewards': {
    heldPer: 'program',
    normalSide: 'credit',
    holds: 'what customers that were referred are rewarded with and were not yet given',
  },
  'payout-clearing': {
    heldPer: 'program',
    normalSide: 'credit',
    holds: 'money that has left for partners, to be matched with the bank',
  },
} as const satisfies Readonly<Record<string, AccountDeclaration>>;

export type AccountCode = keyof typeof chartOfAccounts;

export function isAccountCode(code: string): code is AccountCode {
  return Object.hasOwn(chartOfAccounts, code);
}

export function isHeldPerPartner(code: AccountCode): boolean {
  return chartOfAccounts[code].heldPer === 'partner';
}
