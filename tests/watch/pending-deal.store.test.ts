import type { OpenDatabase } from '../../src/platform/database.js';
import { watchMigration } from '../../src/watch/0400-watch.migration.js';
import {
  claimPending,
  completePending,
  countClaimable,
  countPending,
  dropRested,
  historyWanted,
  markPending,
  nextPendingAt,
  returnPending,
  type Lane,
} from '../../src/watch/pending-deal.store.js';
import { emptyTables, eachDatabase } from '../support/databases.js';

const start = new Date('2026-03-02T09:00:00.000Z');
const after = (ms: number): Date => new Date(start.getTime() + ms);
const plain: Lane = { connectionId: 'hubspot', history: false, wonStageIds: ['won'] };
const won: Lane = { ...plain, history: true };

const hint = (crmDealId: string, stageHint: string | null = null) => ({
  connectionId: 'hubspot',
  crmDealId,
  stageHint,
});

eachDatabase('the pending set', (open) => {
  let database: OpenDatabase;

  beforeAll(async () => {
    database = await open({ migrations: [watchMigration] });
  });
  afterEach(() => emptyTables(database.db));
  afterAll(() => database.close());

  const claim = (lane: Lane, limit: number, now: Date) =>
    claimPending(database.db, lane, limit, now, new Date(now.getTime() + 60_000));
  const complete = (claimed: Awaited<ReturnType<typeof claim>>, now: Date) =>
    database.db.transaction().execute((trx) => completePending(trx, 'hubspot', claimed, now));

  it('holds a deal once, however many signals name it', async () => {
    await markPending(database.db, [hint('1'), hint('1'), hint('2')], start);
    await markPending(database.db, [hint('1')], start);
    expect(await countPending(database.db)).toBe(2);
    const claimed = await claim(plain, 10, start);
    expect(claimed.map((deal) => deal.crmDealId).sort()).toEqual(['1', '2']);
  });

  it('gives a deal to one worker at a time', async () => {
    await markPending(database.db, [hint('1')], start);
    expect(await claim(plain, 10, start)).toHaveLength(1);
    expect(await claim(plain, 10, start)).toHaveLength(0);
  });

  it('hands a deal on when the worker that took it died', async () => {
    await markPending(database.db, [hint('1')], start);
    await claim(plain, 10, start);
    expect(await claim(plain, 10, after(61_000))).toHaveLength(1);
  });

  it('reads a deal again, a second later, when a signal arrives while it is being read', async () => {
    await markPending(database.db, [hint('1')], start);
    const claimed = await claim(plain, 10, start);
    await markPending(database.db, [hint('1')], after(10));
    await complete(claimed, after(30));
    expect(await claim(plain, 10, after(500))).toHaveLength(0);
    expect(await nextPendingAt(database.db, plain)).toEqual(after(1_030));
    expect(await claim(plain, 10, after(1_030))).toHaveLength(1);
  });

  it('gathers the signals of the second after a read into one trailing read', async () => {
    await markPending(database.db, [hint('1')], start);
    await complete(await claim(plain, 10, start), start);
    for (const ms of [100, 200, 300]) await markPending(database.db, [hint('1')], after(ms));
    expect(await claim(plain, 10, after(999))).toHaveLength(0);
    expect(await claim(plain, 10, after(1_000))).toHaveLength(1);
  });

  it('reads at once again when the last read is longer ago', async () => {
    await markPending(database.db, [hint('1')], start);
    await complete(await claim(plain, 10, start), start);
    await markPending(database.db, [hint('1')], after(5_000));
    expect(await claim(plain, 10, after(5_000))).toHaveLength(1);
  });

  it('asks for history only of deals said to be won, and of those where it was found missing', async () => {
    await markPending(database.db, [hint('1', 'won'), hint('2', 'open'), hint('3'), hint('4', historyWanted)], start);
    expect((await claim(won, 10, start)).map((deal) => deal.crmDealId)).toEqual(['1', '4']);
    expect((await claim(plain, 10, start)).map((deal) => deal.crmDealId)).toEqual(['2', '3']);
  });

  it('keeps what a signal said of the stage when the next one says nothing of it', async () => {
    await markPending(database.db, [hint('1', 'won')], start);
    await markPending(database.db, [hint('1')], start);
    expect(await countClaimable(database.db, won, 10, start)).toBe(1);
  });

  it('waits after a failure and counts it', async () => {
    await markPending(database.db, [hint('1')], start);
    await claim(plain, 10, start);
    await returnPending(database.db, 'hubspot', ['1'], { dueAt: after(5_000), stageHint: null, failed: true });
    expect(await claim(plain, 10, after(4_999))).toHaveLength(0);
    expect(await claim(plain, 10, after(5_000))).toMatchObject([{ crmDealId: '1', attempts: 1 }]);
  });

  it('forgets deals that have rested, and never one that is still due', async () => {
    await markPending(database.db, [hint('1'), hint('2')], start);
    const claimed = await claim(plain, 1, start);
    await complete(claimed, start);
    await dropRested(database.db, after(60_000));
    const left = await database.db.selectFrom('pending_deals').select('crm_id').execute();
    expect(left).toEqual([{ crm_id: '2' }]);
  });

  it('takes a claim in full batches, the oldest first', async () => {
    await markPending(database.db, [hint('9')], start);
    await markPending(database.db, [hint('1'), hint('2')], after(10));
    expect((await claim(plain, 2, after(20))).map((deal) => deal.crmDealId).sort()).toEqual(['1', '9']);
  });
});
