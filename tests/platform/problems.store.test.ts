import { workMigration } from '../../src/platform/0001-work.migration.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import {
  countOpenProblems,
  findProblem,
  listProblems,
  openProblems,
  resolveProblems,
  type NewProblem,
} from '../../src/platform/problems.store.js';
import { eachDatabase, emptyTables } from '../support/databases.js';

const now = new Date('2026-03-02T09:00:00.000Z');
const later = new Date('2026-03-02T10:00:00.000Z');

function problem(key: string, change: Partial<NewProblem> = {}): NewProblem {
  return {
    kind: 'refused',
    workKind: 'push',
    workKey: key,
    payload: null,
    subjectType: 'registration',
    subjectId: key,
    title: 'The CRM refused',
    detail: 'no such property',
    ...change,
  };
}

eachDatabase('problems', (open) => {
  let database: OpenDatabase;

  beforeAll(async () => {
    database = await open({ migrations: [workMigration] });
  });
  afterAll(() => database.close());
  beforeEach(() => emptyTables(database.db));

  const report = (problems: readonly NewProblem[], at = now): Promise<void> =>
    database.db.transaction().execute((trx) => openProblems(trx, problems, at));
  const list = (state: 'open' | 'resolved' | 'all' = 'open') => listProblems(database.db, { state }, { limit: 10 });

  it('are one per piece of work while they last, with the latest words and a count', async () => {
    await report([problem('a', { payload: { n: 1 } })]);
    await report([problem('a', { detail: 'still no such property' })], later);
    expect((await list()).items).toMatchObject([
      {
        workKey: 'a',
        detail: 'still no such property',
        payload: null,
        occurrences: 2,
        createdAt: now,
        lastSeenAt: later,
      },
    ]);
  });

  it('are told anew when they come back after they were solved', async () => {
    await report([problem('a')]);
    await resolveProblems(database.db, 'push', ['a', 'b'], later);
    await report([problem('a')], later);
    expect((await list('resolved')).items).toMatchObject([{ workKey: 'a', resolvedAt: later }]);
    expect((await list()).items).toMatchObject([{ workKey: 'a', occurrences: 1, resolvedAt: null }]);
    expect((await list('all')).items).toHaveLength(2);
  });

  it('are listed page by page, the newest first, none twice and none left out', async () => {
    for (let n = 0; n < 7; n += 1) await report([problem(`k${String(n)}`)]);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listProblems(database.db, { state: 'open' }, { limit: 3, after });
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map((item) => item.workKey));
      after = page.nextCursor ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual(['k6', 'k5', 'k4', 'k3', 'k2', 'k1', 'k0']);
  });

  it('can be asked for by what they are about', async () => {
    await report([problem('a'), problem('b', { workKind: 'write-back' })]);
    const about = await listProblems(
      database.db,
      { state: 'open', subject: { type: 'registration', id: 'b' } },
      { limit: 10 },
    );
    expect(about.items).toMatchObject([{ workKind: 'write-back', subjectId: 'b' }]);
    expect(await findProblem(database.db, about.items[0]!.id)).toEqual(about.items[0]);
    expect(await countOpenProblems(database.db)).toEqual(
      new Map([
        ['push', 1],
        ['write-back', 1],
      ]),
    );
  });
});
