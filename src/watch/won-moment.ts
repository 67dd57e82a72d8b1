import type { CrmDeal, StageChange } from '../../connectors/contract.js';

export type WonMoment =
  | { readonly kind: 'not-won' }
  | { readonly kind: 'known'; readonly at: string }
  /** The reading carries no stage history and nothing older answers the question. */
  | { readonly kind: 'history-needed' };

interface KnownWin {
  readonly outcome: string;
  readonly stageId: string | null;
  readonly wonAt: string | null;
}

/**
 * When the deal was won: the moment it entered the won stages it is in now (design section 3). A win known before stands
 * until history shows that the deal left it, because histories are truncated and a merge mixes two of them.
 */
export function wonMoment(known: KnownWin | null, deal: CrmDeal, observedAt: string): WonMoment {
  if (deal.outcome !== 'won') return { kind: 'not-won' };
  const knownAt = known?.outcome === 'won' ? known.wonAt : null;
  if (deal.stageHistory === null) {
    const undisturbed = knownAt !== null && known?.stageId === deal.stageId;
    return undisturbed ? { kind: 'known', at: knownAt } : { kind: 'history-needed' };
  }
  const start = startOfCurrentWin(deal.stageHistory);
  if (knownAt !== null && !wasWonAnew(deal, deal.stageHistory, knownAt, start)) return { kind: 'known', at: knownAt };
  return { kind: 'known', at: start ?? deal.modifiedAt ?? observedAt };
}

/** Whether history proves that the deal left a known win and came back. That of a merged deal proves nothing: it is two. */
function wasWonAnew(deal: CrmDeal, history: readonly StageChange[], knownAt: string, start: string | null): boolean {
  return deal.mergedIds.length === 0 && start !== null && leftWonAfter(history, knownAt);
}

function leftWonAfter(history: readonly StageChange[], moment: string): boolean {
  return history.some((change) => change.outcome !== 'won' && Date.parse(change.at) > Date.parse(moment));
}

/** Start of the unbroken run of won stages at the end of the history, oldest first; null when it does not end in one. */
function startOfCurrentWin(history: readonly StageChange[]): string | null {
  let start: string | null = null;
  for (const change of history.toReversed()) {
    if (change.outcome !== 'won') break;
    start = change.at;
  }
  return start;
}
