import type { ChangePage, CrmConnector, CrmSignal } from '../../connectors/contract.js';
import { migrations } from '../../src/migrations.js';
import type { Database, OpenDatabase } from '../../src/platform/database.js';
import { createTransact } from '../../src/platform/unit-of-work.js';
import { ensureConnection, findConnection, updateConnection } from '../../src/sync/connection.store.js';
import { ensureFeed, findFeed, takeFeedLease } from '../../src/watch/change-feed.store.js';
import { createKeepFeed } from '../../src/watch/keep-feed.handler.js';
import { countPending } from '../../src/watch/pending-deal.store.js';
import { createReread, createSweep } from '../../src/watch/sweep.handler.js';
import { eachDatabase, emptyTables } from '../support/databases.js';
import { createTestClock } from '../support/test-clock.js';

const owner = 'lease_1';
const connectionId = 'crm';
const deal = (crmDealId: string): CrmSignal => ({ objectType: 'deal', accountId: null, crmDealId, stageHint: null });

const emptyPage: ChangePage = {
  ...{ deals: [], asRead: false, archivedIds: [], leadIds: [], cursor: 'end', more: false },
};

/** A CRM of which the test says what its pages are, and which notes what it is asked. */
function askedFor(answer: (cursor: string | null, since: Date) => Partial<ChangePage>) {
  const asked: (readonly [string | null, string])[] = [];
  const changesSince: CrmConnector['changesSince'] = (cursor, since) => {
    asked.push([cursor, since.toISOString()]);
    return Promise.resolve({ ...emptyPage, ...answer(cursor, since) });
  };
  return { asked, connector: { changesSince } as CrmConnector };
}

eachDatabase('what a change feed brought', (open) => {
  let database: OpenDatabase;
  let db: Database;
  const clock = createTestClock();
  const woken: string[] = [];
  const queue = {
    wake: (topic: string) => void woken.push(topic),
    onWake: () => undefined,
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const dealsChanged = () => Promise.resolve();
  const deps = () => ({ db, clock, dealsChanged, transact: createTransact({ db, queue, clock }) });
  const keep = (signals: readonly CrmSignal[], more: { reread?: { since: string | null }; position?: string } = {}) =>
    createKeepFeed(deps())(
      { connectionId, owner },
      {
        ...{ signals, echoes: 0, ignored: 0, reread: more.reread ?? null, position: more.position ?? 'p1' },
      },
    );
  const due = async (kind: string) =>
    (await db.selectFrom('work').select('due_at').where('kind', '=', kind).executeTakeFirst())?.due_at.toISOString();

  beforeAll(async () => {
    database = await open({ migrations });
    db = database.db;
  });
  beforeEach(async () => {
    const now = clock.now();
    await db.transaction().execute(async (trx) => {
      await ensureConnection(trx, { id: connectionId, crm: 'salesforce', name: 'CRM' }, now);
      await ensureFeed(trx, connectionId, now);
    });
    await takeFeedLease(db, { connectionId, owner, now, until: new Date(now.getTime() + 20_000) });
  });
  afterEach(async () => {
    woken.splice(0);
    await emptyTables(db);
  });
  afterAll(() => database.close());

  it('is stored with how far it was heard, and its readers are woken', async () => {
    await keep([deal('1'), deal('2'), deal('1')], { position: 'p2' });
    expect([await countPending(db), (await findFeed(db, connectionId))?.position]).toEqual([2, 'p2']);
    expect(woken).toEqual(['read-deals:crm', 'read-won-deals:crm']);
  });

  it('leaves nothing of itself where it cannot all be stored', async () => {
    await expect(keep([deal('1'), deal('bad \0 id')], { position: 'p2' })).rejects.toThrow();
    expect([await countPending(db), (await findFeed(db, connectionId))?.position]).toEqual([0, null]);
    expect(woken).toEqual([]);
  });

  it('may be of more records than one statement takes', async () => {
    await keep(Array.from({ length: 4_500 }, (_, index) => deal(String(index))));
    expect(await countPending(db)).toBe(4_500);
  });

  it('that names no record has everything since then looked for, deletions too', async () => {
    await keep([], { reread: { since: '2026-03-01T08:00:00.000Z' } });
    expect((await findFeed(db, connectionId))?.reread_since?.toISOString()).toBe('2026-03-01T08:00:00.000Z');
    expect([await due('sweep'), await due('full-read')]).toEqual([
      clock.now().toISOString(),
      clock.now().toISOString(),
    ]);
  });

  it('is looked for since the earliest moment that was named', async () => {
    const moments = ['2026-03-01T08:00:00.000Z', '2026-02-28T08:00:00.000Z', '2026-03-02T08:00:00.000Z'];
    for (const since of moments) await keep([], { reread: { since } });
    expect((await findFeed(db, connectionId))?.reread_since?.toISOString()).toBe('2026-02-28T08:00:00.000Z');
  });

  it('has every deal read once an hour at most, however often it names none', async () => {
    const read = new Date(clock.now().getTime() - 20 * 60_000);
    await updateConnection(db, connectionId, { full_read_at: read });
    await keep([], { reread: { since: '2026-03-01T08:00:00.000Z' } });
    expect(await due('full-read')).toBe(new Date(read.getTime() + 3_600_000).toISOString());
  });

  it('that only begins has the sweep go on from where it stands', async () => {
    await keep([], { reread: { since: null } });
    expect((await findFeed(db, connectionId))?.reread_since).toBeNull();
    expect([await due('sweep'), await due('full-read')]).toEqual([clock.now().toISOString(), undefined]);
  });

  describe('and is to be looked for', () => {
    const since = '2026-03-01T08:00:00.000Z';

    it('is swept from there to its end, and the standing sweep stays where it is', async () => {
      await updateConnection(db, connectionId, { sweep_cursor: 'far behind' });
      await keep([], { reread: { since } });
      const { asked, connector } = askedFor((cursor) => (cursor === null ? { cursor: 'one', more: true } : {}));
      await createReread(deps())(connectionId, connector);
      await createReread(deps())(connectionId, connector);
      expect(asked).toEqual([
        [null, since],
        ['one', since],
      ]);
      expect((await findConnection(db, connectionId))?.sweep_cursor).toBe('far behind');
      expect((await findFeed(db, connectionId))?.reread_since).toBeNull();
    });

    it('goes on where it was when a page could not be had', async () => {
      await keep([], { reread: { since } });
      const failing = askedFor((cursor) => {
        if (cursor !== null) throw new RangeError('the CRM is away');
        return { cursor: 'one', more: true };
      });
      await expect(createReread(deps())(connectionId, failing.connector)).rejects.toThrow('away');
      const { asked, connector } = askedFor(() => ({}));
      await createReread(deps())(connectionId, connector);
      expect(asked).toEqual([['one', since]]);
    });

    it('begins anew, at the earlier of both, when more is wished meanwhile', async () => {
      await keep([], { reread: { since } });
      const earlier = '2026-02-28T08:00:00.000Z';
      let wished = false;
      const asked: (readonly [string | null, string])[] = [];
      const changesSince: CrmConnector['changesSince'] = async (cursor, from) => {
        asked.push([cursor, from.toISOString()]);
        if (!wished) await keep([], { reread: { since: earlier } });
        wished = true;
        return emptyPage;
      };
      await createReread(deps())(connectionId, { changesSince });
      expect(asked).toEqual([
        [null, since],
        [null, earlier],
      ]);
    });

    it('is no affair of a connection without a feed', async () => {
      const { asked, connector } = askedFor(() => ({}));
      await createReread(deps())('another', connector);
      expect(asked).toEqual([]);
      expect(await createSweep(deps())(connectionId, connector)).toEqual([]);
    });
  });
});
