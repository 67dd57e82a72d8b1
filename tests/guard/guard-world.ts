import type { CrmDeal, DealAround } from '../../connectors/contract.js';
import { sql } from 'kysely';
import { createFollowLeads } from '../../src/guard/follow-lead.handler.js';
import { createGuardLinks } from '../../src/guard/guard-link.handler.js';
import { createStampLink } from '../../src/guard/stamp-link.handler.js';
import { listProposals } from '../../src/guard/link-proposal.store.js';
import { insertPartner } from '../../src/partners/partner.store.js';
import type { Database } from '../../src/platform/database.js';
import { createTransact, type Transact } from '../../src/platform/unit-of-work.js';
import { insertRegistration } from '../../src/registration/registration.store.js';
import { ensureConnection, updateConnection } from '../../src/sync/connection.store.js';
import { createPushRegistration } from '../../src/sync/push-registration.handler.js';
import { forgetViews } from '../../src/rep-view/forget-views.handler.js';
import type { DealTotal } from '../../src/rep-view/rep-view.js';
import { createWriteBack } from '../../src/rep-view/write-back.handler.js';
import type { WorkOutcome } from '../../src/platform/work.js';
import { createTestClock, type TestClock } from '../support/test-clock.js';
import { createFakeCrm, type FakeCrm } from './fake-crm.js';

/** The guard over a real database, and a CRM with leads that a test turns as it likes. */
export interface GuardWorld extends FakeCrm {
  readonly clock: TestClock;
  readonly transact: Transact;
  /** What deals, and registrations without one, have cost. */
  readonly totals: Map<string, readonly DealTotal[]>;
  /** An approved registration, not yet in the CRM. */
  register(id: string): Promise<void>;
  push(id: string): Promise<void>;
  follow(id: string): Promise<void>;
  guard(id: string): Promise<void>;
  /** Stamps the deal that a registration was moved to. */
  stamp(id: string): Promise<void>;
  /** Shows reps what became of deals of ours and of registrations that are leads. */
  show(...ids: readonly string[]): Promise<ReadonlyMap<string, WorkOutcome>>;
}

const silentQueue = {
  wake: () => undefined,
  onWake: () => undefined,
  start: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/** A deal of the contact `c1` and the company `a1`, made just now. */
export function freshDeal(crmDealId: string, clock: TestClock, changes: Partial<CrmDeal> = {}): DealAround {
  return {
    deal: {
      ...{ crmDealId, name: 'Fresh', pipelineId: null, stageId: 'new', stageLabel: 'New', outcome: 'open' },
      ...{
        amount: '100.00',
        currency: 'EUR',
        closeDate: null,
        ownerId: null,
        registrationId: null,
        partner: null,
        mergedIds: [],
      },
      ...{ createdAt: clock.now().toISOString(), modifiedAt: null, stageHistory: null, fields: {} },
      ...changes,
    },
    contactIds: ['c1'],
    companyIds: ['a1'],
  };
}

export async function startGuardWorld(db: Database): Promise<GuardWorld> {
  const clock = createTestClock('2026-03-02T09:00:00.000Z');
  const transact = createTransact({ db, clock, queue: silentQueue });
  const crm = createFakeCrm();
  const totals = new Map<string, readonly DealTotal[]>();
  const connections = { connector: () => crm.connector };
  const deps = { db, transact, clock, connections, stampsWritten: forgetViews };
  const writeBack = createWriteBack({
    ...deps,
    trouble: { failed: () => Promise.resolve(), works: () => Promise.resolve() },
    totals: () => Promise.resolve(totals),
    creditedRegistrations: () => Promise.resolve(new Map()),
    nextMaturities: () => Promise.resolve(new Map()),
  });
  await transact(async (uow) => {
    await ensureConnection(uow.trx, { id: 'crm', crm: 'salesforce', name: 'CRM' }, uow.now);
    await updateConnection(uow.trx, 'crm', { provisioned_at: uow.now });
    await insertPartner(uow.trx, {
      ...{ id: 'par_1', name: 'Partner', email: 'p@partner.com', recruited_by: null, payout_currency: null },
      ...{ status: 'active', personal_token: 't', deactivated_at: null, created_at: uow.now, updated_at: uow.now },
    });
  });
  return Object.assign(crm, {
    ...{ clock, transact, totals },
    register: (id: string) => transact((uow) => insertRegistration(uow.trx, ...approved(id, uow.now))),
    push: async (id: string) => {
      await createPushRegistration(deps)(id);
    },
    follow: (id: string) => createFollowLeads(deps)([id]),
    guard: async (id: string) => {
      await createGuardLinks(deps)([id], clock.now());
    },
    stamp: (id: string) => createStampLink(deps)(id),
    show: (...ids: readonly string[]) => writeBack(ids),
  });
}

type NewRegistration = Parameters<typeof insertRegistration>;

function approved(id: string, now: Date): [NewRegistration[1], NewRegistration[2]] {
  return [
    {
      ...{ id, partner_id: 'par_1', status: 'approved', source: 'api', submission_token: null },
      ...{ company_name: 'Acme', company_domain: `${id}.com`, company_key: id, contact_key: id, name_key: 'acme' },
      ...{ country: null, product: '', product_key: '', deal_name: null, amount: '100.00', currency: 'EUR' },
      ...{ expected_close_date: null, note: null, availability: 'clear', content_hash: 'h', receipt: '{}' },
      ...{ submitted_at: now, crm_check: 'done', approved_at: now, approved_by: 'key_1' },
      ...{ protected_until: '2026-06-01', holds_company: true, attach_deal_id: null, outcome: 'open' },
      ...{ decision_code: null, decision_reason: null, decided_at: now, question: null, answer: null },
      ...{ extension_requested_at: null, extension_reason: null, updated_at: now },
    },
    { registration_id: id, first_name: 'Ida', last_name: 'Brandt', email: `ida@${id}.com`, phone: null },
  ];
}

/** Where the registration `reg_1` stands, without what differs from run to run. */
export async function standingOf(db: Database) {
  const { rows } = await sql<{ deal: string | null; lead: string | null; state: string | null }>`
      select deals.crm_deal_id as deal, crm_lead_id as lead, lead_state as state
      from crm_links left join deals on deals.id = crm_links.deal_id where registration_id = 'reg_1'`.execute(db);
  const proposals = await listProposals(db, {}, 10);
  const counted = await sql<{ moves: number; audits: number }>`
      select (select count(*)::int from link_moves) as moves,
        (select count(*)::int from audit_log where action = 'registration.relink') as audits`.execute(db);
  const alarms = await sql<{ title: string }>`
      select title from problems where resolved_at is null order by title`.execute(db);
  const work = await sql<{ kind: string }>`select distinct kind from work order by kind`.execute(db);
  return {
    ...rows[0],
    proposals: proposals.map((one) => one.status),
    ...counted.rows[0],
    alarms: alarms.rows.map((row) => row.title),
    work: work.rows.map((row) => row.kind),
  };
}
