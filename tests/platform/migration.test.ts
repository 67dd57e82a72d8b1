import { sql } from 'kysely';
import { workMigration } from '../../src/platform/0001-work.migration.js';
import { openDatabase, type OpenDatabase } from '../../src/platform/database.js';
import { appliedMigrations, DatabaseNewerThanCode, migrate, type Migration } from '../../src/platform/migration.js';
import { createTestSchema, eachDatabase } from '../support/databases.js';
import { describeWith } from '../support/services.js';

const notes: Migration = {
  name: '0002-notes',
  async up(db) {
    await sql`create table notes (id text primary key)`.execute(db);
  },
};
const broken: Migration = {
  name: '0003-broken',
  async up(db) {
    await sql`create table half_made (id text)`.execute(db);
    await sql`select no_such_function()`.execute(db);
  },
};

eachDatabase('the schema', (open) => {
  let database: OpenDatabase;

  beforeAll(async () => {
    database = await open({ migrations: [workMigration] });
  });
  afterAll(() => database.close());

  it('applies a step once, however many processes start at the same time', async () => {
    const steps = [workMigration, notes];
    const applied = await Promise.all([1, 2, 3].map(() => migrate(database.db, steps)));
    expect(applied.flat()).toEqual(['0002-notes']);
    expect(await appliedMigrations(database.db)).toEqual(['0001-work', '0002-notes']);
  });

  it('leaves nothing of a step that failed, and says which one it was', async () => {
    await expect(migrate(database.db, [workMigration, notes, broken])).rejects.toThrow(/0003-broken.*no_such_function/);
    const made = await sql<{ found: string | null }>`select to_regclass('half_made')::text as found`.execute(
      database.db,
    );
    expect(made.rows).toEqual([{ found: null }]);
  });

  it('refuses a database that a newer version has written', async () => {
    const refusal: unknown = await migrate(database.db, [workMigration]).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DatabaseNewerThanCode);
    expect(String(refusal)).toContain('0002-notes');
  });
});

describeWith('postgres', 'a database that others use, too', () => {
  it('is looked at no further than its own schema, as another one may be dropped meanwhile', async () => {
    const [ours, theirs] = [await createTestSchema(), await createTestSchema()];
    const opened = [];
    for (const { databaseUrl } of [ours, theirs]) opened.push(await openDatabase({ databaseUrl, dataDir: '' }));
    const seen = [];
    for (const { db } of opened) await migrate(db, [workMigration]);
    for (const { db } of opened) {
      const tables = await db.introspection.getTables();
      const schemas = await db.introspection.getSchemas();
      seen.push([...new Set(tables.map(({ schema }) => schema)), ...schemas.map(({ name }) => name)]);
    }
    for (const { db } of opened) await db.destroy();
    await ours.drop();
    await theirs.drop();
    expect(seen).toEqual(
      [ours, theirs].map(({ databaseUrl }) => {
        const name = databaseUrl.split('search_path%3D').at(-1);
        return [name, name];
      }),
    );
  });
});
