import { sql } from 'kysely';
import { personalData } from '../../src/desk/desk-personal-data.js';
import { personalPlaces } from '../../src/desk/erase-person.handler.js';
import { migrations } from '../../src/migrations.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { createSecrets } from '../../src/platform/secrets.js';
import { openTestDatabase } from '../support/databases.js';
import { undeclared, type TextColumn } from './personal-data.js';

describe('what is held of people', () => {
  let database: OpenDatabase;
  let columns: readonly TextColumn[];

  beforeAll(async () => {
    database = await openTestDatabase({ migrations });
    const { rows } = await sql<TextColumn>`
      select table_name as "table", column_name as "column" from information_schema.columns
      where table_schema = 'public' and data_type in ('text', 'jsonb', 'json', 'ARRAY', 'character varying')
        and table_name not like 'kysely%' and table_name <> 'schema_migrations'`.execute(database.db);
    columns = rows;
  });
  afterAll(() => database.close());

  it('is declared for every column that can hold words, by the stage whose table it is', () => {
    expect(columns.length).toBeGreaterThan(100);
    expect(undeclared(columns, personalData)).toEqual({ missing: [], unknown: [] });
  });

  it('is emptied by the stage itself wherever people stand as themselves', () => {
    const places = new Set(personalPlaces(createSecrets('5e'.repeat(32))).map(({ table }) => table));
    const themselves = personalData
      .filter(({ columns: held }) => Object.values(held).includes('themselves'))
      .map(({ table }) => table);
    // A partner's own address is asked to be another one first; what lets people in goes with the people.
    const withOthers = ['partners', 'session', 'account', 'verification', 'twoFactor'];
    expect(themselves.filter((table) => !places.has(table) && !withOthers.includes(table))).toEqual([]);
  });

  it('finds a row of each table by its primary key, which the database has', async () => {
    const { rows } = await sql<{ table: string; key: readonly string[] }>`
      select c.relname as "table", array_agg(a.attname::text order by a.attname::text) as key
      from pg_index i join pg_class c on c.oid = i.indrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
      where i.indisprimary and c.relnamespace = 'public'::regnamespace group by c.relname`.execute(database.db);
    const keys = new Map(rows.map(({ table, key }) => [table, [...key].sort()]));
    for (const { table, key } of personalData) expect([table, [...key].sort()]).toEqual([table, keys.get(table)]);
  });
});

describe('the check of what is held of people', () => {
  const declared = [{ table: 'registrations', key: ['id'], columns: { id: 'nobody', note: 'words' } }] as const;
  const schema = [
    { table: 'registrations', column: 'id' },
    { table: 'registrations', column: 'note' },
  ];

  it('finds a column that came without saying what it holds', () => {
    const grown = [...schema, { table: 'registrations', column: 'nickname' }];
    expect(undeclared(grown, declared).missing).toEqual(['registrations.nickname']);
  });

  it('finds a table of which nobody says anything', () => {
    expect(undeclared([...schema, { table: 'diaries', column: 'text' }], declared).missing).toEqual(['diaries.text']);
  });

  it('finds a declaration of what is not there', () => {
    expect(undeclared(schema.slice(0, 1), declared).unknown).toEqual(['registrations.note']);
  });
});
