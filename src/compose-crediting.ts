import { creditDealsJob } from './crediting/credit-deals.job.js';
import { createCreditDeals } from './crediting/credit-deals.handler.js';
import { creditedRegistrations, dealTotals, nextMaturities } from './crediting/commission-line.store.js';
import { commissionRoutes } from './crediting/commission.routes.js';
import { createWidenScope } from './crediting/widen-scope.handler.js';
import {
  createLoadFacts,
  type FactSources,
  type MomentRange,
  type RegistrationRecord,
} from './crediting/load-facts.handler.js';
import { planPreviewRoutes } from './crediting/plan-preview.routes.js';
import {
  createPreviewPlan,
  type PlanPreview,
  type PreviewPlan,
  type PreviewSources,
} from './crediting/preview-plan.handler.js';
import { findPartners } from './partners/partner.store.js';
import { payoutRoutes } from './payouts/payout.routes.js';
import type { Clock } from './platform/clock.js';
import type { Database, Reader } from './platform/database.js';
import type { Route } from './platform/http/route.js';
import type { Signer } from './platform/signing.js';
import type { Transact, UnitOfWork } from './platform/unit-of-work.js';
import type { WorkKind } from './platform/work.js';
import { planRoutes } from './plans/plan.routes.js';
import { proposalRoutes } from './plans/proposal.routes.js';
import { createPutPlan, type PutPlan, type PutPlanOutcome } from './plans/put-plan.handler.js';
import { dayIn, isDay, startOfDayIn, type Day } from './program/calendar.js';
import { createStoreRates, type StoreRates } from './program/exchange-rate.handler.js';
import { exchangeRateRoutes } from './program/exchange-rate.routes.js';
import { loadProgram } from './program/program.store.js';
import {
  findClaims,
  partnersOfRegistrations,
  registrationIdsOf,
  type RegistrationClaim,
} from './registration/registration.store.js';
import type { WriteBackDependencies } from './rep-view/write-back.handler.js';
import {
  crmIdsOfDeals,
  dealIdsOfRegistrations,
  linksOfRegistrations,
  registrationIdsOfDeals,
} from './sync/crm-link.store.js';
import { dealsWonIn, dealsWonSince, dealsWonWithin, findDealFacts } from './watch/deal-state.store.js';
import { creditDealsWork } from './watch/read-deals.handler.js';

export interface Crediting {
  readonly routes: readonly Route[];
  readonly jobs: readonly WorkKind<null>[];
  readonly storeRates: StoreRates;
  readonly putPlan: (request: Omit<PutPlan, 'actor'>) => Promise<PutPlanOutcome>;
  readonly previewPlan: (request: PreviewPlan) => Promise<PlanPreview>;
  readonly dealTotals: WriteBackDependencies['dealTotals'];
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
  const storeRates = createStoreRates({ recreditSince });
  const putPlan = createPutPlan({ recreditSince });
  const previewPlan = createPreviewPlan(previewSources);
  return {
    routes: [
      ...planRoutes({ putPlan }),
      ...proposalRoutes({ recreditSince }),
      ...planPreviewRoutes({ previewPlan }),
      ...commissionRoutes({ loadFacts, sources: factSources, sign: signer.sign }),
      ...payoutRoutes(),
      ...exchangeRateRoutes(storeRates),
    ],
    jobs: [creditDealsJob(createCreditDeals({ transact, loadFacts, widenScope: createWidenScope(factSources) }))],
    storeRates,
    putPlan: (request) => transact((uow) => putPlan(uow, { ...request, actor: { kind: 'system' } })),
    previewPlan: (request) => previewPlan(db, clock.now(), request),
    dealTotals: async (dealIds) => {
      const { settings } = await loadProgram(db);
      return dealTotals(db, dealIds, dayIn(clock.now(), settings.timeZone));
    },
    creditedRegistrations: (dealIds) => creditedRegistrations(db, dealIds),
    nextMaturities: async (dealIds) => {
      const { timeZone } = (await loadProgram(db)).settings;
      const days = await nextMaturities(db, dealIds, dayIn(clock.now(), timeZone));
      return new Map([...days].map(([dealId, day]) => [dealId, startOfDayIn(day, timeZone)]));
    },
  };
}

/** A new plan version may bear on every deal won since it takes effect. */
async function recreditSince(uow: UnitOfWork, day: Day): Promise<void> {
  const { settings } = await loadProgram(uow.trx);
  // Where the typed close date counts, the moment of winning says nothing about the day.
  const since = settings.wonDate === 'close-date' ? new Date(0) : startOfDayIn(day, settings.timeZone);
  const dealIds = await dealsWonSince(uow.trx, since);
  await uow.enqueue(dealIds.map((dealId) => ({ kind: creditDealsWork, key: dealId })));
}

const factSources: FactSources = {
  deals: async (db, dealIds) => {
    const { fieldMap } = (await loadProgram(db)).settings;
    const rows = await findDealFacts(db, dealIds);
    const crmIds = Object.keys(fieldMap).length === 0 ? null : await crmIdsOfDeals(db, dealIds);
    return rows.map((row) => ({
      id: row.deal_id,
      outcome: row.outcome,
      archived: row.presence !== 'present',
      wonAt: row.won_at?.toISOString() ?? null,
      closeDate: row.close_date !== null && isDay(row.close_date) ? row.close_date : null,
      amount: row.amount,
      currency: row.currency,
      fields: namedFields(row.fields, fieldMap[crmIds?.get(row.deal_id)?.crm ?? 'hubspot'] ?? {}),
      revision: row.revision,
    }));
  },
  registrationsOfDeals: async (db, dealIds) => {
    const dealOf = await dealsByRegistration(db, dealIds);
    return (await findClaims(db, [...dealOf.keys()])).map((row) => registrationRecord(row, dealOf.get(row.id) ?? null));
  },
  dealsOfPartners: async (db, partnerIds, ranges) => {
    const dealIds = await dealIdsOfRegistrations(db, await registrationIdsOf(db, partnerIds));
    return dealsWonWithin(db, dealIds, ranges === null ? null : withoutRepeats(ranges));
  },
  registration: async (db, registrationId) => {
    const [row] = await findClaims(db, [registrationId]);
    return row === undefined ? null : registrationRecord(row, await dealIdOf(db, registrationId));
  },
  partners: async (db, partnerIds) => {
    const rows = await findPartners(db, partnerIds);
    return rows.map((row) => ({ id: row.id, deactivatedAt: row.deactivated_at?.toISOString() ?? null }));
  },
};

const previewSources: PreviewSources = {
  ...factSources,
  wonDeals: async (db, when) => {
    const won = await dealsWonIn(db, when);
    const dealOf = await dealsByRegistration(
      db,
      won.map(({ dealId }) => dealId),
    );
    const owners = await partnersOfRegistrations(db, [...dealOf.keys()]);
    const partnersOf = new Map(won.map(({ dealId }): [string, string[]] => [dealId, []]));
    for (const [registrationId, partnerId] of owners) {
      partnersOf.get(dealOf.get(registrationId) ?? '')?.push(partnerId);
    }
    return won.map(({ dealId, name }) => ({ dealId, name, partnerIds: partnersOf.get(dealId) ?? [] }));
  },
  crmIds: crmIdsOfDeals,
  partnerNames: async (db, partnerIds) =>
    new Map((await findPartners(db, partnerIds)).map(({ id, name }) => [id, name])),
};

/** The deal of each registration that is or was linked to one of the deals. */
async function dealsByRegistration(db: Reader, dealIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const links = await registrationIdsOfDeals(db, dealIds);
  return new Map(links.map(({ registrationId, dealId }) => [registrationId, dealId]));
}

/** Each deal brings the range of its period, and thousands are mostly of the same few: the database looks through all of them. */
function withoutRepeats(ranges: readonly MomentRange[]): readonly MomentRange[] {
  return [
    ...new Map(
      ranges.map((range) => [`${String(range.from.getTime())} ${String(range.until.getTime())}`, range]),
    ).values(),
  ];
}

/** CRM fields under the names that plans use for them. */
function namedFields(
  fields: Readonly<Record<string, string | null>>,
  names: Readonly<Record<string, string>>,
): Readonly<Record<string, string | null>> {
  return Object.fromEntries(Object.entries(names).map(([name, crmField]) => [name, fields[crmField] ?? null]));
}

async function dealIdOf(db: Reader, registrationId: string): Promise<string | null> {
  const [link] = await linksOfRegistrations(db, [registrationId]);
  return link?.deal_id ?? null;
}

function registrationRecord(row: RegistrationClaim, dealId: string | null): RegistrationRecord {
  const ended = row.status === 'rejected' || row.status === 'withdrawn';
  return {
    id: row.id,
    partnerId: row.partner_id,
    dealId,
    submittedAt: row.submitted_at.toISOString(),
    approvedAt: row.approved_at?.toISOString() ?? null,
    protectedUntil: row.protected_until !== null && isDay(row.protected_until) ? row.protected_until : null,
    endedAt: ended ? (row.decided_at?.toISOString() ?? null) : null,
  };
}
