import { sql } from 'kysely';
import { auditMigration } from '../../src/audit/0100-audit.migration.js';
import { auditPeopleMigration } from '../../src/audit/0795-audit-people.migration.js';
import { listAudit } from '../../src/audit/audit.store.js';
import { journalMigration } from '../../src/ledger/0110-journal.migration.js';
import { plansMigration } from '../../src/plans/0180-plans.migration.js';
import { planApprovalMigration } from '../../src/plans/0620-plan-approval.migration.js';
import { createApproveProposal, rejectProposal } from '../../src/plans/decide-proposal.handler.js';
import { OwnProposal, PlanRefused, ProposalDecided, ProposalNotFound } from '../../src/plans/plan-errors.js';
import { loadPlanVersions } from '../../src/plans/plan.store.js';
import { listProposals } from '../../src/plans/proposal.store.js';
import { createPutPlan } from '../../src/plans/put-plan.handler.js';
import type { Database, OpenDatabase } from '../../src/platform/database.js';
import { createTransact, type Transact } from '../../src/platform/unit-of-work.js';
import { programMigration } from '../../src/program/0130-program.migration.js';
import { changeProgram } from '../../src/program/change-program.handler.js';
import { emptyTables, eachDatabase } from '../support/databases.js';
import { createTestClock } from '../support/test-clock.js';
import { tenPercent } from './sample-facts.js';

const migrations = [
  auditMigration,
  auditPeopleMigration,
  journalMigration,
  programMigration,
  plansMigration,
  planApprovalMigration,
];
const [olga, paul] = ['Olga', 'Paul'].map((name) => ({ kind: 'operator', id: `key_${name}`, name }) as const);
const system = { kind: 'system' } as const;
const elevenPercent = tenPercent.replace('percent: 10', 'percent: 11');

eachDatabase('a plan that two have to agree on', (open) => {
  let database: OpenDatabase;
  let db: Database;
  let transact: Transact;
  const recredited: string[] = [];
  const deps = {
    recreditSince: (_uow: unknown, day: string) => {
      recredited.push(day);
      return Promise.resolve();
    },
  };
  const [putPlan, approveProposal] = [createPutPlan(deps), createApproveProposal(deps)];

  beforeAll(async () => {
    database = await open({ migrations });
    db = database.db;
    const queue = {
      wake: () => undefined,
      onWake: () => undefined,
      start: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
    transact = createTransact({ db, queue, clock: createTestClock() });
  });
  beforeEach(() => transact((uow) => changeProgram(uow, system, { planApproval: 'two' }, () => Promise.resolve([]))));
  afterEach(async () => {
    recredited.length = 0;
    await emptyTables(db);
  });
  afterAll(() => database.close());

  const propose = async (plan = tenPercent, reason?: string): Promise<string> => {
    const outcome = await transact((uow) => putPlan(uow, { actor: olga!, slug: 'standard', plan, reason }));
    return outcome.kind === 'proposed' ? outcome.proposal.id : outcome.kind;
  };
  const approve = (id: string, actor = paul!, slug = 'standard') =>
    transact((uow) => approveProposal(uow, { actor, slug, id, reason: null }));
  const reject = (id: string, actor = paul!) =>
    transact((uow) => rejectProposal(uow, { actor, slug: 'standard', id, reason: 'too much' }));
  const actions = async () =>
    (await listAudit(db, { subjectType: 'plan' }, 10)).map(
      ({ action, actor_name: name }) => `${String(name)} ${action}`,
    );

  it('is no version, in nobody’s way, and credits nothing until the other one approves', async () => {
    const [first, second] = [await propose(), await propose(elevenPercent)];
    expect(await loadPlanVersions(db)).toEqual([]);
    expect(recredited).toEqual([]);
    expect((await listProposals(db, { slug: 'standard' }, 10)).map(({ id }) => id)).toEqual([second, first]);
    expect(await actions()).toEqual(['Olga plan.propose', 'Olga plan.propose']);
  });

  it('becomes the next version, its author’s and approved by the other one', async () => {
    const id = await propose(tenPercent, 'agreed in June');
    const { proposal, version } = await approve(id);
    expect(proposal).toMatchObject({
      status: 'approved',
      decision: { by: 'operator:key_Paul', versionId: version.id },
    });
    expect(await loadPlanVersions(db)).toEqual([version]);
    expect(version).toMatchObject({
      number: 1,
      source: tenPercent,
      createdBy: 'operator:key_Olga',
      author: 'Olga',
      reason: 'agreed in June',
      approvedBy: 'operator:key_Paul',
    });
    expect(recredited).toEqual(['2026-01-01']);
    expect(await actions()).toEqual(['Paul plan.approve', 'Olga plan.propose']);
    expect(await propose()).toBe('unchanged');
  });

  it('is not approved by the one who proposed it, whatever the code says', async () => {
    const id = await propose();
    await expect(approve(id, olga)).rejects.toThrow(OwnProposal);
    await expect(
      sql`update plan_proposals set status = 'approved', decided_at = now(), decided_by = proposed_by, version_id = 'x'`.execute(
        db,
      ),
    ).rejects.toThrow(/plan_proposals_check/);
    expect(await loadPlanVersions(db)).toEqual([]);
  });

  it('is judged again when it is approved, and stays open when it does not fit any more', async () => {
    const [first, second] = [await propose(), await propose(elevenPercent)];
    await approve(first);
    await expect(approve(second)).rejects.toThrow(PlanRefused);
    expect(await listProposals(db, { slug: 'standard', status: 'open' }, 10)).toMatchObject([{ id: second }]);
  });

  it('is the same proposal when it is proposed again while it waits, and a new one after', async () => {
    const id = await propose();
    expect(await propose(`${tenPercent}holdDays: 30\n`)).toBe(id);
    expect(await reject(id)).toMatchObject({ status: 'rejected', decision: { reason: 'too much', versionId: null } });
    expect(await propose()).not.toBe(id);
    expect(await actions()).toEqual(['Olga plan.propose', 'Paul plan.reject', 'Olga plan.propose']);
  });

  it('is decided on once, by the name of its own plan, and may be taken back by its author', async () => {
    const id = await propose();
    await expect(approve(id, paul, 'gold')).rejects.toThrow(ProposalNotFound);
    await reject(id, olga);
    await expect(approve(id)).rejects.toThrow(ProposalDecided);
    await expect(reject(id)).rejects.toThrow(ProposalDecided);
  });

  it('becomes one version when two approve it at once', async () => {
    const id = await propose();
    const answers = await Promise.allSettled([approve(id), approve(id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await loadPlanVersions(db)).toHaveLength(1);
  });

  it('is still refused where it would not fit', async () => {
    await approve(await propose());
    await expect(propose(elevenPercent)).rejects.toThrow(PlanRefused);
    expect(await listProposals(db, { slug: 'standard', status: 'open' }, 10)).toEqual([]);
  });
});
