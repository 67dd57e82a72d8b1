import { sql } from 'kysely';
import { workMigration } from '../../src/platform/0001-work.migration.js';
import { DatabaseUnavailable, openDatabase, type OpenDatabase } from '../../src/platform/database.js';
import { eachDatabase, emptyTables } from '../support/databases.js';

eachDatabase('a database', (open) => {
  let database: OpenDatabase;
  const statements: string[] = [];

  beforeAll(async () => {
    database = await open({ migrations: [workMigration], onQuery: (statement) => statements.push(statement) });
  });
  afterAll(() => database.close());

  it('returns the same rows on both engines', async () => {
    const { rows } = await sql`
      select 9007199254740993::bigint as big, count(*) as counted, 1.50::numeric as exact, date '2026-02-28' as day,
        timestamptz '2026-03-01 00:30:00+02' as moment, '{"a":[1,null]}'::jsonb as json, null::bigint as missing,
        true as flag, 7 as small, array['x','y'] as names
      from (values (1)) as one`.execute(database.db);
    expect(rows).toEqual([
      {
        big: '9007199254740993',
        counted: '1',
        exact: '1.50',
        day: '2026-02-28',
        moment: new Date('2026-02-28T22:30:00Z'),
        json: { a: [1, null] },
        missing: null,
        flag: true,
        small: 7,
        names: ['x', 'y'],
      },
    ]);
  });

  it('takes the same parameters on both engines', async () => {
    const moment = new Date('2026-01-31T23:59:59.999Z');
    const { rows } = await sql`
      select ${moment}::timestamptz as moment, ${['a,b', '{"c"}']}::text[] as names, ${'{"a":1}'}::jsonb as json,
        ${[moment]}::timestamptz[] as moments, ${['9007199254740993']}::bigint[] as amounts`.execute(database.db);
    expect(rows).toEqual([
      { moment, names: ['a,b', '{"c"}'], json: { a: 1 }, moments: [moment], amounts: ['9007199254740993'] },
    ]);
  });

  it('counts days in UTC whatever the machine is set to', async () => {
    const { rows } = await sql`select (timestamptz '2026-03-01 00:30:00+02')::date as day`.execute(database.db);
    expect(rows).toEqual([{ day: '2026-02-28' }]);
  });

  it('reads moments to the millisecond', async () => {
    const texts = ['2026-03-01 00:30:00.570999+02', '2026-03-01 00:30:00.5+00'];
    const { rows } = await sql<{ moment: Date }>`
      select moment::timestamptz from unnest(${texts}::text[]) with ordinality as texts (moment, place) order by place`.execute(
      database.db,
    );
    expect(rows.map(({ moment }) => moment.toISOString())).toEqual([
      '2026-02-28T22:30:00.570Z',
      '2026-03-01T00:30:00.500Z',
    ]);
  });

  it('shows every statement that ran', async () => {
    statements.length = 0;
    await sql`select 'seen' as word`.execute(database.db);
    expect(statements).toContain("select 'seen' as word");
  });

  it('names the constraint that refused a row', async () => {
    const row = {
      kind: 'k',
      key: 'twice',
      payload: 'null',
      due_at: new Date(),
      created_at: new Date(),
      lease_until: null,
      last_error: null,
    };
    await database.db.insertInto('work').values(row).execute();
    await expect(database.db.insertInto('work').values(row).execute()).rejects.toMatchObject({
      code: '23505',
      constraint: 'work_pkey',
    });
    await emptyTables(database.db);
    expect(await database.db.selectFrom('work').selectAll().execute()).toEqual([]);
  });
});

describe('a database that is not there', () => {
  it('is refused at once, in words that name it and hide its password', async () => {
    const refusal: unknown = await openDatabase({
      databaseUrl: 'postgres://someone:geheim@127.0.0.1:1/books',
      dataDir: '',
    }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DatabaseUnavailable);
    expect(String(refusal)).toContain('The database books at 127.0.0.1:1 could not be reached');
    expect(String(refusal)).not.toContain('geheim');
  });
});
