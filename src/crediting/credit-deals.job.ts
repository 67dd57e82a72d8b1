import { z } from 'zod';
import type { WorkKind } from '../platform/work.js';
import { creditDealsWork } from '../watch/store-readings.handler.js';
import type { CreditDeals } from './credit-deals.handler.js';
import { isDecisionId, isRegistrationId } from './widen-scope.handler.js';

/** Credits deals that may have changed, many at a time: one transaction books for all of them. */
export function creditDealsJob(creditDeals: CreditDeals): WorkKind<null> {
  return {
    kind: creditDealsWork,
    payload: z.null(),
    batch: 100,
    gatherMs: 50,
    concurrency: 2,
    leaseMs: 15_000,
    maxAttempts: 20,
    run: async (items) => {
      const { again } = await creditDeals(items.map(({ key }) => key));
      return new Map([...again].map(([dealId, at]) => [dealId, { kind: 'again', at }]));
    },
    subject: (item) => ({ type: typeOf(item.key), id: item.key }),
  };
}

function typeOf(key: string): string {
  if (isRegistrationId(key)) return 'registration';
  return isDecisionId(key) ? 'decision' : 'deal';
}
