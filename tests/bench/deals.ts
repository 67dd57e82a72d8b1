/** A deal of the simulated account that has just changed. */
export interface ChangedDeal {
  readonly crmDealId: string;
  /** Whether the change was a win; any other change leaves it open. */
  readonly won: boolean;
}

export const stageBefore = 'appointmentscheduled';
const stageAfter = { won: 'closedwon', open: 'qualifiedtobuy' } as const;

const oneWinIn = 10;
const dayMs = 24 * 60 * 60 * 1000;

/** One change in ten is a win, evenly spread. */
export function isWin(index: number): boolean {
  return index % oneWinIn === oneWinIn - 1;
}

export function nameOf(index: number): string {
  return `Deal ${index + 1}`;
}

export function stageNow(won: boolean): string {
  return won ? stageAfter.won : stageAfter.open;
}

/** What lies between these moments must hold for a win to be credited: registered, approved, then won. */
export function storyOf(now: Date): { readonly approvedAt: Date; readonly madeAt: Date; readonly changedAt: Date } {
  return {
    approvedAt: new Date(now.getTime() - 20 * dayMs),
    madeAt: new Date(now.getTime() - 19 * dayMs),
    // Before the service first starts, so that its sweep has no reason to look at them.
    changedAt: new Date(now.getTime() - 60_000),
  };
}

export const dealAmount = '1200.00';
export const dealCurrency = 'EUR';
