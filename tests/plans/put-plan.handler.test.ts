import { sql } from 'kysely';
import { auditMigration } from '../../src/audit/0100-audit.migration.js';
import { auditPeopleMigration } from '../../src/audit/0795-audit-people.migration.js';
import { journalMigration } from '../../src/ledger/0110-journal.migration.js';
import { plansMigration } from '../../src/plans/0180-plans.migration.js';
import { planApprovalMigration } from '../../src/plans/0620-plan-approval.migration.js';
import { PlanMovedOn, PlanRefused } from '../../src/plans/plan-errors.js';
import { planVersionOnWire } from '../../src/plans/plan-wire.js';
import { planVersionView } from '../../src/plans/plan.api.js';
import { loadPlanVersions } from '../../src/plans/plan.store.js';
import { createPutPlan } from '../../src/plans/put-plan.handler.js';
import type { Database, OpenDatabase } from '../../src/platform/database.js';
import { createTransact, type Transact } from '../../src/platform/unit-of-work.js';
import { programMigration } from '../../src/program/0130-program.migration.js';
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
const operator = { kind: 'operator', id: 'key_1', name: 'rev ops' } as const;
const fromJuly = tenPercent.replace('2026-01-01', '2026-07-01').replace('percent: 10', 'percent: 12');

eachDatabase('putting a plan', (open) => {
  let database: OpenDatabase;
  let db: Database;
  let transact: Transact;
  const recredited: string[] = [];
  const putPlan = createPutPlan({
    recreditSince: (_uow, day) => {
      recredited.push(day);
      return Promise.resolve();
    },
  });
  const put = async (plan: string | Record<string, unknown>, slug = 'standard', reason?: string) => {
    const outcome = await transact((uow) => putPlan(uow, { actor: operator, slug, plan, reason }));
    if (outcome.kind === 'proposed') throw new Error('it waits for a second approver');
    return outcome;
  };

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
  afterEach(async () => {
    recredited.length = 0;
    await emptyTables(db);
  });
  afterAll(() => database.close());

  it('stores version after version, with who stored it, and looks at the deals since then again', async () => {
    const first = await put(tenPercent);
    const second = await put(fromJuly, 'standard', 'agreed in June');
    expect([first.kind, first.version.number, second.version.number]).toEqual(['created', 1, 2]);
    const stored = await loadPlanVersions(db, 'standard');
    expect(stored).toEqual([first.version, second.version]);
    expect(stored[0]).toMatchObject({ source: tenPercent, createdBy: 'operator:key_1', knownOn: '2026-03-02' });
    expect(planVersionView.parse(planVersionOnWire(second.version))).toMatchObject({
      version: 'standard@2',
      author: 'rev ops',
      reason: 'agreed in June',
    });
    expect(recredited).toEqual(['2026-01-01', '2026-07-01']);
  });

  it('takes the same terms again for what they are, however they are written', async () => {
    const first = await put(tenPercent);
    await put(fromJuly);
    const again = await put({
      rules: [{ id: 'new-business', pay: { of: 'amount', percent: '10.0' } }],
      plan: 'standard',
      effectiveFrom: '2026-01-01',
      holdDays: 30,
    });
    expect(again).toEqual({ kind: 'unchanged', version: first.version });
    expect(await loadPlanVersions(db)).toHaveLength(2);
  });

  it('takes a correction, and then refuses the terms that were wrong', async () => {
    await put(tenPercent);
    const corrected = await put(`${tenPercent.replace('percent: 10', 'percent: 11')}corrects: 1\n`);
    expect(corrected).toMatchObject({ kind: 'created', version: { number: 2 } });
    await expect(put(tenPercent)).rejects.toThrow(PlanRefused);
  });

  it.each([
    [
      'overlaps another version',
      tenPercent.replace('percent: 10', 'percent: 11'),
      /line 3: effectiveFrom .*corrects: 1/,
    ],
    [
      'names another plan than the address',
      fromJuly.replace('plan: standard', 'plan: gold'),
      /line 2: plan is "gold"; expected standard/,
    ],
    ['corrects what is not there', `${fromJuly}corrects: 9\n`, /line 7: corrects is 9; expected .* 1 to 1/],
    ['has a fault', fromJuly.replace('percent: 12', 'percent: 1200'), /line 6: rules\[0\]\.pay\.percent is 1200/],
  ])('stores nothing when the plan %s', async (_what, plan, words) => {
    await put(tenPercent);
    await expect(put(plan)).rejects.toThrow(words);
    expect(await loadPlanVersions(db)).toHaveLength(1);
    expect(recredited).toHaveLength(1);
  });

  it('is refused when somebody stored another version since the one it is to follow, and then taken after that one', async () => {
    const after = (plan: string, version: string) =>
      transact((uow) => putPlan(uow, { actor: operator, slug: 'standard', plan, after: version }));
    await after(tenPercent, 'none');
    await after(fromJuly, 'standard@1');
    const fromOctober = fromJuly.replace('2026-07-01', '2026-10-01').replace('percent: 12', 'percent: 13');
    await expect(after(fromOctober, 'standard@1')).rejects.toThrow(PlanMovedOn);
    await expect(after(fromOctober, 'none')).rejects.toThrow(/follow none, and standard@2 is the latest/);
    expect(await loadPlanVersions(db)).toHaveLength(2);
    // The very terms that are stored already are no second change.
    expect(await after(fromJuly, 'standard@1')).toMatchObject({ kind: 'unchanged' });
    expect(await after(fromOctober, 'standard@2')).toMatchObject({ kind: 'created', version: { number: 3 } });
  });

  it('has the database refuse an edit of a version', async () => {
    await put(tenPercent);
    await expect(sql`update plan_versions set source = ''`.execute(db)).rejects.toThrow(
      /append-only: UPDATE is refused/,
    );
    await expect(sql`delete from plan_versions`.execute(db)).rejects.toThrow(/append-only: DELETE is refused/);
  });
});
