import { workMigration } from '../../src/platform/0001-work.migration.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import {
  claimWork,
  countDueWork,
  enqueueWork,
  finishWork,
  freeAllWork,
  hurryWork,
  nextWorkAt,
  postponeWork,
  withdrawWork,
  type ClaimedWork,
} from '../../src/platform/work.store.js';
import type { NewWork } from '../../src/platform/work.js';
import { eachDatabase, emptyTables } from '../support/databases.js';

const now = new Date('2026-03-02T09:00:00.000Z');
const later = (ms: number): Date => new Date(now.getTime() + ms);
const kind = 'credit-deals';

eachDatabase('work rows', (open) => {
  let database: OpenDatabase;

  beforeAll(async () => {
    database = await open({ migrations: [workMigration] });
  });
  afterAll(() => database.close());
  beforeEach(() => emptyTables(database.db));

  const enqueue = (items: readonly NewWork[], at = now, options = {}): Promise<void> =>
    database.db.transaction().execute((trx) => enqueueWork(trx, items, at, options));
  const claim = (at = now, limit = 100): Promise<readonly ClaimedWork[]> =>
    claimWork(database.db, { kind, limit, leaseMs: 1_000, now: at });
  const rows = () => database.db.selectFrom('work').selectAll().orderBy('kind').orderBy('key').execute();
  const keys = (claimed: readonly ClaimedWork[]): string[] => claimed.map((work) => work.key);
  const postpone = (work: ClaimedWork, change: { dueAt: Date; failures?: number; attempts?: number }): Promise<void> =>
    database.db.transaction().execute((trx) =>
      postponeWork(trx, kind, [
        {
          work,
          dueAt: change.dueAt,
          attempts: change.attempts ?? 0,
          failures: change.failures ?? 0,
          lastError: null,
        },
      ]),
    );

  it('are one per thing, however often it is asked for', async () => {
    await enqueue([
      { kind, key: 'deal-1', payload: { asked: 1 } },
      { kind, key: 'deal-1', payload: { asked: 2 }, dueAt: later(5_000) },
      { kind: 'other', key: 'deal-1' },
    ]);
    await enqueue([{ kind, key: 'deal-1', payload: ['asked', null] }]);
    expect(await rows()).toMatchObject([
      { kind, key: 'deal-1', payload: ['asked', null], gen: '2', due_at: now, attempts: 0 },
      { kind: 'other', key: 'deal-1', payload: null, gen: '1' },
    ]);
  });

  it('keep the earlier of two due times', async () => {
    await enqueue([{ kind, key: 'a', dueAt: later(9_000) }]);
    await enqueue([{ kind, key: 'a', dueAt: later(4_000) }]);
    await enqueue([{ kind, key: 'a', dueAt: later(6_000) }]);
    expect(await rows()).toMatchObject([{ due_at: later(4_000) }]);
  });

  it('do not lock each other out when written in different orders at the same time', async () => {
    const items = Array.from({ length: 60 }, (_, i) => ({ kind, key: `deal-${i}` }));
    await Promise.all(Array.from({ length: 8 }, (_, i) => enqueue(i % 2 === 0 ? items : items.toReversed())));
    expect(await countDueWork(database.db, kind, 1_000, now)).toBe(60);
  });

  it('are claimed when due, the longest waiting first, by one worker only', async () => {
    await enqueue([
      { kind, key: 'c', dueAt: later(-1_000) },
      { kind, key: 'a', dueAt: later(-3_000) },
      { kind, key: 'b', dueAt: later(-2_000) },
      { kind, key: 'd', dueAt: later(1) },
    ]);
    expect(keys(await claim(now, 2))).toEqual(['a', 'b']);
    expect(keys(await claim(now, 2))).toEqual(['c']);
    expect(await claim()).toEqual([]);
  });

  it('are shared out without overlap among workers that claim at the same time', async () => {
    await enqueue(Array.from({ length: 200 }, (_, i) => ({ kind, key: `deal-${i}` })));
    const claims = await Promise.all(Array.from({ length: 10 }, () => claim(now, 20)));
    const all = claims.flatMap(keys);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBe(200);
  });

  it('go to another worker when the first one is gone, which counts as a failed try', async () => {
    await enqueue([{ kind, key: 'a' }]);
    await claim();
    expect(await claim(later(999))).toEqual([]);
    expect(await claim(later(1_000))).toMatchObject([{ key: 'a', attempts: 1, failures: 1 }]);
  });

  it('are free at once when the only worker starts again', async () => {
    await enqueue([{ kind, key: 'a' }]);
    await claim();
    await freeAllWork(database.db);
    expect(await claim()).toMatchObject([{ key: 'a', attempts: 0 }]);
  });

  it('are gone when done', async () => {
    await enqueue([
      { kind, key: 'a' },
      { kind, key: 'b' },
    ]);
    await finishWork(database.db, kind, await claim(), now);
    expect(await rows()).toEqual([]);
  });

  it('stay when asked for again while being done', async () => {
    await enqueue([{ kind, key: 'a' }]);
    const claimed = await claim();
    await enqueue([{ kind, key: 'a', payload: { news: true } }], later(10));
    expect(await claim(later(10))).toEqual([]);
    await finishWork(database.db, kind, claimed, later(20));
    expect(await claim(later(20))).toMatchObject([{ key: 'a', payload: { news: true }, gen: '2', attempts: 0 }]);
  });

  it('wait after a failure, however often they are asked for meanwhile', async () => {
    await enqueue([{ kind, key: 'a' }]);
    const [work] = await claim();
    await postpone(work!, { dueAt: later(8_000), failures: 1, attempts: 1 });
    await enqueue([{ kind, key: 'a' }], later(100));
    expect(await claim(later(7_999))).toEqual([]);
    expect(await claim(later(8_000))).toMatchObject([{ attempts: 1, failures: 1, gen: '2' }]);
  });

  it('do not wait after a failure when a person asks for them', async () => {
    await enqueue([{ kind, key: 'a' }]);
    const [work] = await claim();
    await postpone(work!, { dueAt: later(8_000), failures: 4, attempts: 4 });
    await enqueue([{ kind, key: 'a' }], later(100), { afresh: true });
    expect(await claim(later(100))).toMatchObject([{ attempts: 0, failures: 0 }]);
  });

  it('come again at the time they asked for, unless something happened meanwhile', async () => {
    await enqueue([
      { kind, key: 'a' },
      { kind, key: 'b' },
    ]);
    const [a, b] = await claim();
    await enqueue([{ kind, key: 'b' }], later(10));
    await postpone(a!, { dueAt: later(60_000) });
    await postpone(b!, { dueAt: later(60_000) });
    expect(keys(await claim(later(20)))).toEqual(['b']);
    expect(await nextWorkAt(database.db, kind)).toEqual(later(1_020));
  });

  it('belong to the worker that took them over, not to the slow one before', async () => {
    await enqueue([{ kind, key: 'a' }]);
    const [slow] = await claim();
    const [takenOver] = await claim(later(1_000));
    await postpone(slow!, { dueAt: later(90_000), failures: 1, attempts: 1 });
    expect(await database.db.transaction().execute((trx) => withdrawWork(trx, kind, [slow!]))).toEqual(new Set());
    expect(await rows()).toMatchObject([{ lease_until: takenOver!.leaseUntil }]);
  });

  it('are withdrawn when they will never work, but not when asked for again meanwhile', async () => {
    await enqueue([
      { kind, key: 'a' },
      { kind, key: 'b' },
    ]);
    const claimed = await claim();
    await enqueue([{ kind, key: 'b' }], later(10));
    const withdrawn = await database.db.transaction().execute((trx) => withdrawWork(trx, kind, claimed));
    expect(withdrawn).toEqual(new Set(['a']));
    expect(await rows()).toMatchObject([{ key: 'b', lease_until: null }]);
  });

  it('say when the next of them can be claimed', async () => {
    expect(await nextWorkAt(database.db, kind)).toBeNull();
    await enqueue([
      { kind, key: 'a' },
      { kind, key: 'b', dueAt: later(5_000) },
    ]);
    expect(await nextWorkAt(database.db, kind)).toEqual(now);
    await claim();
    expect(await nextWorkAt(database.db, kind)).toEqual(later(1_000));
  });

  it('that wait are due at once when hurried, and one that is being done is done again instead of being set aside', async () => {
    await enqueue([
      { kind, key: 'busy' },
      { kind, key: 'waits', dueAt: later(60_000) },
      { kind: 'other', key: 'waits', dueAt: later(60_000) },
    ]);
    const [busy] = await claim();
    await database.db.transaction().execute((trx) => hurryWork(trx, [kind], later(1)));
    expect(await rows()).toMatchObject([
      { kind, key: 'busy', lease_until: later(1_000), due_at: now },
      { kind, key: 'waits', lease_until: null, due_at: later(1), failures: 0 },
      { kind: 'other', key: 'waits', due_at: later(60_000) },
    ]);
    const withdrawn = await database.db.transaction().execute((trx) => withdrawWork(trx, kind, [busy!]));
    expect(withdrawn).toEqual(new Set());
    expect(keys(await claim(later(2)))).toEqual(['busy', 'waits']);
  });
});
