import type { Reader } from '../platform/database.js';
import { addDays, dayIn } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { estimate, imagine, imaginedDealId, type Estimate, type Imagined, type ImaginedDeal } from './estimate.js';
import { createLoadFacts, type FactSources } from './load-facts.handler.js';
import { createWidenScope } from './widen-scope.handler.js';

export type EstimateDeal = (db: Reader, now: Date, deal: ImaginedDeal) => Promise<Estimate>;

/**
 * What a partner would earn by a deal that is not there, were it won today: the facts are those of a real deal, volumes of the
 * partner's other deals among them. Writes nothing.
 */
export function createEstimateDeal(sources: FactSources): EstimateDeal {
  return async (db, now, deal) => {
    const { settings } = await loadProgram(db);
    const today = dayIn(now, settings.timeZone);
    const protectedUntil = addDays(today, settings.protectionDays);
    const imagining = withImagined(sources, imagine(deal, { now, today, protectedUntil }));
    // Nothing was ever booked for it.
    const widen = createWidenScope(imagining, () => Promise.resolve([]));
    const scope = await widen(db, [imaginedDealId]);
    return estimate(await createLoadFacts(imagining)(db, now, scope), deal.partnerId);
  };
}

/** The sources as if what is imagined were there. */
function withImagined(sources: FactSources, { deal, registration, payment }: Imagined): FactSources {
  const isAsked = (ids: readonly string[]) => ids.includes(imaginedDealId);
  return {
    ...sources,
    deals: async (db, ids) => [...(await sources.deals(db, ids)), ...(isAsked(ids) ? [deal] : [])],
    registrationsOfDeals: async (db, ids) => [
      ...(await sources.registrationsOfDeals(db, ids)),
      ...(isAsked(ids) ? [registration] : []),
    ],
    payments: async (db, dealIds, registrationIds) => [
      ...(await sources.payments(db, dealIds, registrationIds)),
      ...(isAsked(dealIds) ? [payment] : []),
    ],
  };
}
