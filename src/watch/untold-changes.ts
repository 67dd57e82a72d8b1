import type { CrmDeal } from '../../connectors/contract.js';
import { observeDeal, type DealProperty, type DealState } from './deal-change.js';
import type { FeedStanding } from './feed-standing.js';

/** A change that a sweep found. `modifiedAt` is the CRM's, ISO 8601 UTC. */
export interface UntoldChange {
  readonly crmDealId: string;
  readonly modifiedAt: string | null;
}

/** A CRM may tell of a change this much later without anything being wrong. */
const lateMs = 2 * 60 * 1000;
/** Clocks differ, and a feed that has just come up may not have heard what was done at that moment. */
const marginMs = 60 * 1000;

/** What sellers change by hand. The rest is written by us, follows from settings, or is told by no feed. */
const othersWrite: ReadonlySet<DealProperty> = new Set([
  'name',
  'stageId',
  'outcome',
  'amount',
  'closeDate',
  'ownerId',
] satisfies DealProperty[]);

/** Whether a deal differs from what is known in something that a feed tells of. */
export function saysMoreThanOurs(known: DealState | null, deal: CrmDeal): boolean {
  if (known === null) return false;
  const observation = observeDeal(known, deal, '');
  if (observation.kind === 'changed') return observation.changes.some((property) => othersWrite.has(property));
  return observation.kind === 'history-needed' && known.outcome !== 'won';
}

/** Those changes of which a feed that was live all the while should have told. */
export function missedByFeed(
  changes: readonly UntoldChange[],
  feed: { readonly state: FeedStanding; readonly since: Date },
  now: Date,
): readonly UntoldChange[] {
  if (feed.state !== 'live') return [];
  return changes.filter(({ modifiedAt }) => {
    const atMs = modifiedAt === null ? Number.NaN : Date.parse(modifiedAt);
    return atMs > feed.since.getTime() + marginMs && atMs < now.getTime() - lateMs;
  });
}
