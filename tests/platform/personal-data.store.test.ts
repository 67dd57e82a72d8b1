import { sql } from 'kysely';
import { eraseTraces } from '../../src/platform/personal-data.store.js';
import type { PersonalTable } from '../../src/platform/personal-data.js';
import type { Migration } from '../../src/platform/migration.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { eachDatabase } from '../support/databases.js';

const table: PersonalTable = {
  table: 'notes',
  key: ['key'],
  about: ['deal'],
  columns: { key: 'words', deal: 'nobody', fields: 'facts', details: 'json' },
};
const jane = {
  addresses: ['jane@acme.com'],
  names: [{ first: 'Georgia', last: 'Smith' }],
  phones: [],
  ids: ['deal_1'],
  keys: [],
};
const john = { ...jane, addresses: ['john@acme.com'] };

eachDatabase('taking a person out of a table', (open) => {
  let database: OpenDatabase;

  beforeAll(async () => {
    const notes: Migration = {
      name: '0001-notes',
      async up(db) {
        await sql`create table notes (key text primary key, deal text, fields jsonb, details jsonb)`.execute(db);
      },
    };
    database = await open({ migrations: [notes] });
  });
  beforeEach(() => sql`truncate notes`.execute(database.db));
  afterAll(() => database.close());

  const insert = (key: string, values: object) =>
    sql`insert into notes (key, deal, fields, details) values (${key}, 'deal_1', ${JSON.stringify(values)}::jsonb, ${JSON.stringify(values)}::jsonb)`.execute(
      database.db,
    );
  const rows = async () =>
    (await sql<Record<string, unknown>>`select * from notes order by key`.execute(database.db)).rows;
  const erase = (person: typeof jane) => database.db.transaction().execute((trx) => eraseTraces(trx, table, person));

  it('removes rows whose very key names the person, so that two of them never meet in one key', async () => {
    await insert('erase:jane@acme.com', {});
    await erase(jane);
    await insert('erase:john@acme.com', {});
    await erase(john);
    expect(await rows()).toEqual([]);
  });

  it('leaves values alone that commission is computed from, unless they are the whole name or the address', async () => {
    const values = { region: 'Georgia', owner: 'Georgia Smith', mail: 'jane@acme.com' };
    await insert('one', values);
    await erase(jane);
    expect(await rows()).toMatchObject([
      {
        fields: { region: 'Georgia', owner: '[erased]', mail: '[erased]' },
        details: { region: '[erased]', owner: '[erased]', mail: '[erased]' },
      },
    ]);
  });
});
