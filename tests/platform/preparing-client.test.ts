import { sql } from 'kysely';
import { openDatabase, type Database, type OpenDatabase } from '../../src/platform/database.js';
import { createInProcessQueue } from '../../src/platform/in-process-queue.js';
import { createTransact } from '../../src/platform/unit-of-work.js';
import { createTestSchema } from '../support/databases.js';
import { describeWith } from '../support/services.js';
import { createTestClock } from '../support/test-clock.js';

const often = 5;
const [readPrepared, readPreparedInTransaction] = [
  'select * from prices where id > $1',
  'select * from prices where id >= $1',
];

describeWith('postgres', 'a connection that prepares what comes often', () => {
  let database: OpenDatabase;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const schema = await createTestSchema();
    drop = () => schema.drop();
    database = await openDatabase({ databaseUrl: schema.databaseUrl, dataDir: '', poolSize: 1 });
    await sql`create table prices (id integer)`.execute(database.db);
    await sql`insert into prices values (1)`.execute(database.db);
  });
  afterAll(async () => {
    await database.close();
    await drop();
  });

  const read = async (db: Pick<Database, 'executeQuery'>, text: string): Promise<readonly unknown[]> => {
    const [before = '', after = ''] = text.split('$1');
    return (await sql`${sql.raw(before)}${0}${sql.raw(after)}`.execute(db as Database)).rows;
  };
  const prepared = async (): Promise<readonly string[]> => {
    const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(
      database.db,
    );
    return rows.map(({ statement }) => statement);
  };

  it('prepares a statement only once it has come again and again', async () => {
    await read(database.db, readPrepared);
    expect(await prepared()).not.toContain(readPrepared);
    for (let time = 0; time < often; time += 1) expect(await read(database.db, readPrepared)).toEqual([{ id: 1 }]);
    expect(await prepared()).toContain(readPrepared);
  });

  it('plans a statement anew for every long list, by which a plan stands or falls', async () => {
    const readListed = 'select * from prices where id = any($1)';
    const readIds = (ids: readonly number[]) => sql`select * from prices where id = any(${ids})`.execute(database.db);
    const listed = async () => (await prepared()).some((statement) => statement === readListed);
    for (let time = 0; time < often; time += 1) await readIds(Array.from({ length: 100 }, (_, id) => id));
    expect(await listed()).toBe(false);
    for (let time = 0; time < often; time += 1) await readIds([0, 1]);
    expect(await listed()).toBe(true);
  });

  it('goes on when another process adds a column meanwhile, in a transaction too', async () => {
    const transact = createTransact({ db: database.db, queue: createInProcessQueue(), clock: createTestClock() });
    for (let time = 0; time < often; time += 1) {
      await read(database.db, readPrepared);
      await read(database.db, readPreparedInTransaction);
    }
    expect(await prepared()).toContain(readPreparedInTransaction);
    await sql`alter table prices add column label text default 'new'`.execute(database.db);
    const row = { id: 1, label: 'new' };
    expect(await read(database.db, readPrepared)).toEqual([row]);
    expect(await transact(({ trx }) => read(trx, readPreparedInTransaction))).toEqual([row]);
  });
});
