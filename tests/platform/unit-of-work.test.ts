import { sql } from 'kysely';
import { workMigration } from '../../src/platform/0001-work.migration.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import type { Queue } from '../../src/platform/queue.js';
import { createTransact, type Transact } from '../../src/platform/unit-of-work.js';
import { eachDatabase, emptyTables } from '../support/databases.js';
import { createTestClock } from '../support/test-clock.js';

class Refused extends Error {}

eachDatabase('a unit of work', (open) => {
  let database: OpenDatabase;
  let transact: Transact;
  let wakes: string[];
  const clock = createTestClock();
  const queue: Queue = {
    wake: (topic, options) =>
      wakes.push(`${topic}${options?.delayMs === undefined ? '' : ` in ${String(options.delayMs)}`}`),
    onWake: () => undefined,
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };

  beforeAll(async () => {
    database = await open({ migrations: [workMigration] });
    transact = createTransact({ db: database.db, queue, clock });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    wakes = [];
    await emptyTables(database.db);
  });

  const keys = async (): Promise<string[]> =>
    (await database.db.selectFrom('work').select('key').orderBy('key').execute()).map((row) => row.key);

  it('writes work with its cause, and wakes each topic once after the commit', async () => {
    const seenInside = await transact(async (uow) => {
      await uow.enqueue([
        { kind: 'push', key: 'a' },
        { kind: 'push', key: 'b' },
      ]);
      uow.wake('push');
      uow.wake('read-deals');
      return wakes.length;
    });
    expect(seenInside).toBe(0);
    expect(wakes).toEqual(['push', 'read-deals']);
    expect(await keys()).toEqual(['a', 'b']);
  });

  it('wakes later for work that is due later', async () => {
    const at = new Date(clock.now().getTime() + 90_000);
    await transact((uow) => uow.enqueue([{ kind: 'sweep', key: 'a', dueAt: at }]));
    expect(wakes).toEqual(['sweep in 90000']);
  });

  it('leaves nothing and wakes nobody when it is refused', async () => {
    const refused = transact(async (uow) => {
      await uow.enqueue([{ kind: 'push', key: 'a' }]);
      throw new Refused();
    });
    await expect(refused).rejects.toBeInstanceOf(Refused);
    expect(wakes).toEqual([]);
    expect(await keys()).toEqual([]);
  });

  it('reads the clock once', async () => {
    const moments = await transact((uow) => {
      const first = uow.now;
      clock.advanceMs(5_000);
      return Promise.resolve([first, uow.now]);
    });
    expect(moments[0]).toBe(moments[1]);
  });

  it('is tried again when the database could not fit it in, and then counts once', async () => {
    let tries = 0;
    await transact(async (uow) => {
      tries += 1;
      await uow.enqueue([{ kind: 'push', key: `try-${String(tries)}` }]);
      if (tries < 3) await sql`do $$ begin raise exception using errcode = '40P01'; end $$`.execute(uow.trx);
    });
    expect(tries).toBe(3);
    expect(await keys()).toEqual(['try-3']);
    expect(wakes).toEqual(['push']);
  });

  it('is not tried for ever', async () => {
    let tries = 0;
    const hopeless = transact(async (uow) => {
      tries += 1;
      await sql`do $$ begin raise exception using errcode = '40001'; end $$`.execute(uow.trx);
    });
    await expect(hopeless).rejects.toMatchObject({ code: '40001' });
    expect(tries).toBe(4);
  });
});
