/** What the processes of an installation know together of the calls a CRM allows them. Times are epoch milliseconds. */
export interface CallAccount {
  /** How many calls of how many were used, over all tools of the customer; `null` before the CRM first said so. */
  readonly usage: { readonly used: number; readonly limit: number; readonly seenAtMs: number } | null;
  /** While nothing is left to us: when one call may look again. */
  readonly lookAtMs: number;
  /** Calls that were given to a process and may not have been made yet. */
  readonly shares: readonly { readonly owner: string; readonly calls: number; readonly untilMs: number }[];
}

/** Where that knowledge is kept, for one connection. */
export interface CallAccountStore {
  /**
   * Puts what `decide` makes of the account in its place, alone over all processes, and gives `result`. `decide` may run more than
   * once and must touch nothing.
   */
  change<T>(decide: (account: CallAccount | null) => { readonly account: CallAccount; readonly result: T }): Promise<T>;
}

/** Kept in this process alone. */
export function createMemoryCallAccount(): CallAccountStore {
  let kept: CallAccount | null = null;
  return {
    change: (decide) => {
      const { account, result } = decide(kept);
      kept = account;
      return Promise.resolve(result);
    },
  };
}
