import type { CrmConnector } from '../../connectors/contract.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import { findFeed } from './change-feed.store.js';
import type { ConnectionTrouble } from './connection-trouble.handler.js';
import { feedView } from './feed-standing.js';
import { silentFeedWork } from './topics.js';
import { missedByFeed, type UntoldChange } from './untold-changes.js';

/** A feed that is open said nothing of changes that it should have told. */
class FeedSilent extends Error {
  override readonly name = 'FeedSilent';

  constructor(missed: readonly UntoldChange[], remedy: string) {
    const [first] = missed;
    const deals = missed.length === 1 ? 'deal' : 'deals';
    super(
      `A sweep found changes of ${missed.length} ${deals} that the open change feed had not told ` +
        `(${first?.crmDealId ?? ''}, changed at ${first?.modifiedAt ?? ''}). ${remedy}`,
    );
  }
}

/** Tells a person where a sweep finds what a live feed should have told: nothing else shows that it is deaf. */
export function createDoubtFeed(deps: {
  readonly db: Database;
  readonly clock: Clock;
  readonly trouble: ConnectionTrouble;
}) {
  return async (connectionId: string, { feed }: CrmConnector, untold: readonly UntoldChange[]): Promise<void> => {
    if (feed === null || untold.length === 0) return;
    const row = await findFeed(deps.db, connectionId);
    if (row === undefined) return;
    const now = deps.clock.now();
    const missed = missedByFeed(untold, feedView(row, now), now);
    if (missed.length > 0) {
      await deps.trouble.failed(silentFeedWork, connectionId, new FeedSilent(missed, feed.remedy));
    }
  };
}
