import { auditMigration } from '../../src/audit/0100-audit.migration.js';
import { auditPeopleMigration } from '../../src/audit/0795-audit-people.migration.js';
import { linesWithoutDealMigration } from '../../src/crediting/0670-lines-without-deal.migration.js';
import { volumesMigration } from '../../src/crediting/0710-volumes.migration.js';
import { creditingMigration } from '../../src/crediting/0500-crediting.migration.js';
import { createCreditDeals, type CreditDeals } from '../../src/crediting/credit-deals.handler.js';
import {
  createLoadFacts,
  type DealRecord,
  type FactSources,
  type LoadFacts,
  type RegistrationRecord,
} from '../../src/crediting/load-facts.handler.js';
import { journalMigration } from '../../src/ledger/0110-journal.migration.js';
import { payoutsMigration } from '../../src/payouts/0550-payouts.migration.js';
import { plansMigration } from '../../src/plans/0180-plans.migration.js';
import { planApprovalMigration } from '../../src/plans/0620-plan-approval.migration.js';
import { createPutPlan } from '../../src/plans/put-plan.handler.js';
import { workMigration } from '../../src/platform/0001-work.migration.js';
import type { Database } from '../../src/platform/database.js';
import { createTransact, type Transact } from '../../src/platform/unit-of-work.js';
import { exchangeRatesMigration } from '../../src/program/0135-exchange-rates.migration.js';
import { programMigration } from '../../src/program/0130-program.migration.js';
import { asDay, tenPercent } from '../plans/sample-facts.js';
import { createWidenScope } from '../../src/crediting/widen-scope.handler.js';
import { createTestClock, type TestClock } from '../support/test-clock.js';

export const creditingMigrations = [
  workMigration,
  auditMigration,
  auditPeopleMigration,
  journalMigration,
  programMigration,
  exchangeRatesMigration,
  plansMigration,
  creditingMigration,
  payoutsMigration,
  planApprovalMigration,
  linesWithoutDealMigration,
  volumesMigration,
];

/** Deals and registrations a test may change at will, and the crediting that runs over them on a real database. */
export interface CreditingWorld {
  readonly clock: TestClock;
  readonly transact: Transact;
  readonly creditDeals: CreditDeals;
  readonly sources: FactSources;
  readonly loadFacts: LoadFacts;
  readonly deals: Map<string, DealRecord>;
  readonly registrations: Map<string, RegistrationRecord>;
  /** Kinds of the work that was woken. */
  readonly woken: string[];
  /** Stores a plan; 10 % of the amount unless told otherwise. */
  putPlan(plan?: string): Promise<void>;
  /** A deal of 1000.00 EUR won on 1 March 2026, registered in time by partner 1. */
  win(dealId?: string, changes?: Partial<DealRecord>): void;
}

export function creditingWorld(db: Database): CreditingWorld {
  const clock = createTestClock('2026-03-02T09:00:00.000Z');
  const deals = new Map<string, DealRecord>();
  const registrations = new Map<string, RegistrationRecord>();
  const woken: string[] = [];
  const transact = createTransact({
    db,
    clock,
    queue: {
      wake: (topic) => woken.push(topic),
      onWake: () => undefined,
      start: () => Promise.resolve(),
      close: () => Promise.resolve(),
    },
  });
  const sources: FactSources = {
    deals: (_db, ids) => Promise.resolve(ids.flatMap((id) => deals.get(id) ?? [])),
    registrationsOfDeals: (_db, ids) =>
      Promise.resolve([...registrations.values()].filter(({ dealId }) => dealId !== null && ids.includes(dealId))),
    dealsOfPartners: (_db, partnerIds, ranges) => {
      const isWithin = (wonAt: string): boolean =>
        ranges?.some(({ from, until }) => new Date(wonAt) >= from && new Date(wonAt) < until) ?? true;
      const linked = [...registrations.values()].filter(({ partnerId, shares }) =>
        [partnerId, ...shares.map((one) => one.partnerId)].some((id) => partnerIds.includes(id)),
      );
      const ids = new Set(linked.flatMap(({ dealId }) => dealId ?? []));
      return Promise.resolve([...ids].filter((id) => isWithin(deals.get(id)?.wonAt ?? '')));
    },
    registrations: (_db, ids) => Promise.resolve(ids.flatMap((id) => registrations.get(id) ?? [])),
    partners: (_db, ids) =>
      Promise.resolve(
        ids.filter((id) => id !== 'par_9').map((id) => ({ id, deactivatedAt: null, recruitedBy: null, terms: [] })),
      ),
    survivorsOf: () => Promise.resolve([]),
    stageEntries: () => Promise.resolve(new Map()),
    payments: () => Promise.resolve([]),
    metrics: () => Promise.resolve([]),
    decisions: () => Promise.resolve([]),
  };
  const loadFacts = createLoadFacts(sources);
  return {
    clock,
    sources,
    transact,
    deals,
    registrations,
    woken,
    loadFacts,
    creditDeals: createCreditDeals({ transact, sources, loadFacts, widenScope: createWidenScope(sources) }),
    putPlan: async (plan = tenPercent) => {
      const put = createPutPlan({ recreditSince: () => Promise.resolve() });
      await transact((uow) => put(uow, { actor: { kind: 'system' }, slug: 'standard', plan }));
    },
    win: (dealId = 'deal_1', changes = {}) => {
      deals.set(dealId, { ...wonDeal(dealId), ...changes });
      registrations.set(`reg_${dealId}`, registrationOf(dealId));
    },
  };
}

function wonDeal(id: string): DealRecord {
  return {
    id,
    outcome: 'won',
    archived: false,
    wonAt: '2026-03-01T10:00:00.000Z',
    closeDate: null,
    amount: '1000.00',
    currency: 'EUR',
    pipeline: null,
    churnedOn: null,
    fields: {},
    revision: 1,
  };
}

function registrationOf(dealId: string): RegistrationRecord {
  return {
    id: `reg_${dealId}`,
    partnerId: 'par_1',
    dealId,
    submittedAt: '2026-01-31T08:00:00.000Z',
    approvedAt: '2026-02-01T08:00:00.000Z',
    protectedUntil: asDay('2026-05-02'),
    endedAt: null,
    product: null,
    customer: { name: 'Fabrikam', domain: null, country: null },
    shares: [],
  };
}
