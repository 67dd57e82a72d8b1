import { factSources, levelsOfRecruiters, previewSources } from './compose-facts.js';
import { creditedRegistrations, nextMaturities, subjectTotals } from './crediting/commission-line.store.js';
import { commissionRoutes } from './crediting/commission.routes.js';
import { createCreditDeals } from './crediting/credit-deals.handler.js';
import { creditDealsJob } from './crediting/credit-deals.job.js';
import { subjectsPaidSince } from './crediting/customer-payment.store.js';
import { customerPaymentRoutes } from './crediting/customer-payment.routes.js';
import { dealSupplementRoutes } from './crediting/deal-supplement.routes.js';
import { createEstimateDeal } from './crediting/estimate.handler.js';
import { estimateRoutes } from './crediting/estimate.routes.js';
import { createLoadFacts } from './crediting/load-facts.handler.js';
import { manualDecisionRoutes } from './crediting/manual-decision.routes.js';
import { planPreviewRoutes } from './crediting/plan-preview.routes.js';
import { createPreviewPlan, type PlanPreview, type PreviewPlan } from './crediting/preview-plan.handler.js';
import { createRecompute } from './crediting/recompute.handler.js';
import type { Recomputation } from './crediting/recompute.js';
import { scenarioTrialRoutes } from './crediting/scenario-trial.routes.js';
import { createWidenScope } from './crediting/widen-scope.handler.js';
import { journalRoutes } from './ledger/journal.routes.js';
import { partnerMetricRoutes } from './partners/partner-metric.routes.js';
import { idsWithRecruits } from './partners/partner.store.js';
import { createStoreMetrics, type StoreMetrics } from './partners/store-metrics.handler.js';
import { payoutRoutes } from './payouts/payout.routes.js';
import { statementRoutes } from './payouts/statement.routes.js';
import { planCheckRoutes } from './plans/plan-check.routes.js';
import { planReadingRoutes } from './plans/plan-reading.routes.js';
import { planRoutes } from './plans/plan.routes.js';
import { plansPayOn } from './plans/plan.store.js';
import { proposalRoutes } from './plans/proposal.routes.js';
import { createPutPlan, type PutPlan, type PutPlanOutcome } from './plans/put-plan.handler.js';
import type { Clock } from './platform/clock.js';
import type { Database } from './platform/database.js';
import type { Route } from './platform/http/route.js';
import type { Signer } from './platform/signing.js';
import type { Transact, UnitOfWork } from './platform/unit-of-work.js';
import type { WorkKind } from './platform/work.js';
import { dayIn, startOfDayIn, type Day } from './program/calendar.js';
import { createStoreRates, type StoreRates } from './program/exchange-rate.handler.js';
import { exchangeRateRoutes } from './program/exchange-rate.routes.js';
import { loadProgram } from './program/program.store.js';
import { approvedRegistrationIds } from './registration/registration.store.js';
import type { WriteBackDependencies } from './rep-view/write-back.handler.js';
import { dealsWonSince } from './watch/deal-state.store.js';
import { bookChecks } from './prove-books.js';
import { creditDealsWork } from './watch/store-readings.handler.js';

export interface Crediting {
  readonly routes: readonly Route[];
  readonly jobs: readonly WorkKind<null>[];
  readonly storeRates: StoreRates;
  readonly recompute: (lineId: string) => Promise<Recomputation>;
  readonly storeMetrics: StoreMetrics;
  readonly putPlan: (request: Omit<PutPlan, 'actor'>) => Promise<PutPlanOutcome>;
  readonly previewPlan: (request: PreviewPlan) => Promise<PlanPreview>;
  readonly totals: WriteBackDependencies['totals'];
  readonly creditedRegistrations: WriteBackDependencies['creditedRegistrations'];
  readonly nextMaturities: WriteBackDependencies['nextMaturities'];
}

/** Plans, crediting and payouts, with the facts they look at taken from the stages that know them. */
export function composeCrediting(deps: {
  readonly database: { readonly db: Database };
  readonly transact: Transact;
  readonly clock: Clock;
  readonly signer: Signer;
}): Crediting {
  const { transact, clock, signer } = deps;
  const { db } = deps.database;
  const loadFacts = createLoadFacts(factSources);
  const widenScope = createWidenScope(factSources);
  const recompute = createRecompute({ loadFacts, widenScope });
  const storeRates = createStoreRates({ recreditSince: recreditExchanged });
  const storeMetrics = createStoreMetrics({ recreditPartners });
  const putPlan = createPutPlan({ recreditSince });
  const previewPlan = createPreviewPlan(previewSources);
  return {
    routes: [
      ...planReadingRoutes({ clock }),
      ...planRoutes({ putPlan }),
      ...proposalRoutes({ recreditSince }),
      ...planCheckRoutes(),
      ...planPreviewRoutes({ previewPlan }),
      ...scenarioTrialRoutes(),
      ...estimateRoutes(createEstimateDeal(factSources)),
      ...commissionRoutes({ loadFacts, sources: factSources, sign: signer.sign, recompute }),
      ...customerPaymentRoutes(),
      ...dealSupplementRoutes(),
      ...partnerMetricRoutes(storeMetrics),
      ...manualDecisionRoutes(),
      ...payoutRoutes(),
      ...statementRoutes(),
      ...exchangeRateRoutes(storeRates),
      ...journalRoutes(bookChecks),
    ],
    jobs: [creditDealsJob(createCreditDeals({ transact, sources: factSources, loadFacts, widenScope }))],
    storeRates,
    recompute: (lineId) => recompute(db, clock.now(), lineId),
    storeMetrics,
    putPlan: (request) => transact((uow) => putPlan(uow, { ...request, actor: { kind: 'system' } })),
    previewPlan: (request) => previewPlan(db, clock.now(), request),
    totals: async (ids) => {
      const { settings } = await loadProgram(db);
      return subjectTotals(db, ids, dayIn(clock.now(), settings.timeZone));
    },
    creditedRegistrations: (ids) => creditedRegistrations(db, ids),
    nextMaturities: async (ids) => {
      const { timeZone } = (await loadProgram(db)).settings;
      const days = await nextMaturities(db, ids, dayIn(clock.now(), timeZone));
      return new Map([...days].map(([id, day]) => [id, startOfDayIn(day, timeZone)]));
    },
  };
}

/** A new plan version may bear on every deal won since it takes effect. */
async function recreditSince(uow: UnitOfWork, day: Day): Promise<void> {
  const { settings } = await loadProgram(uow.trx);
  // Where the typed close date counts, the moment of winning says nothing about the day.
  // Nor does it where each payment goes by the plan of its own day.
  const isByWin = settings.wonDate !== 'close-date' && !(await plansPayOn(uow.trx, 'paid'));
  const since = isByWin ? startOfDayIn(day, settings.timeZone) : new Date(0);
  const dealIds = await dealsWonSince(uow.trx, since);
  // What pays before a deal is won may bear on every registration that was approved, whatever became of its deal.
  const early = (await plansPayOn(uow.trx, 'approved')) || (await plansPayOn(uow.trx, 'stage'));
  const registrationIds = early ? await approvedRegistrationIds(uow.trx) : [];
  await uow.enqueue([...dealIds, ...registrationIds].map((key) => ({ kind: creditDealsWork, key })));
}

/** A rate of a day bears on what was won since, and on what customers paid since for deals that were won at any time. */
async function recreditExchanged(uow: UnitOfWork, day: Day): Promise<void> {
  await recreditSince(uow, day);
  const paidFor = await subjectsPaidSince(uow.trx, day);
  await uow.enqueue(paidFor.map((key) => ({ kind: creditDealsWork, key })));
}

/** What is known of partners has changed: every deal that they, or whom they recruited, ever won is looked at again. */
export async function recreditPartners(uow: UnitOfWork, partnerIds: readonly string[]): Promise<void> {
  const dealIds = await factSources.dealsOfPartners(
    uow.trx,
    await idsWithRecruits(uow.trx, partnerIds, levelsOfRecruiters),
    null,
  );
  await uow.enqueue(dealIds.map((dealId) => ({ kind: creditDealsWork, key: dealId })));
}
