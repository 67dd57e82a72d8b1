import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { workMigration } from '../../src/platform/0001-work.migration.js';
import { BackupUnusable } from '../../src/platform/backup-format.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { BackupFileExists, dumpDatabase } from '../../src/platform/dump-database.js';
import { appliedMigrations, migrate, type Migration } from '../../src/platform/migration.js';
import { RestoreTargetNotEmpty, restoreDatabase } from '../../src/platform/restore-database.js';
import { enqueueWork } from '../../src/platform/work.store.js';
import { eachDatabase, openTestDatabase, type OpenTestDatabase } from '../support/databases.js';

/** A small book with what makes restoring hard: keys in both directions, a deferred check, refused changes, odd values. */
const bookMigration: Migration = {
  name: '0002-book',
  async up(db) {
    await sql`create table people (id text primary key, recruited_by text references people, favourite bigint)`.execute(
      db,
    );
    await sql`
      create table entries (
        id bigint generated always as identity primary key,
        person text not null references people,
        amount numeric(30, 6) not null,
        doubled numeric generated always as (amount * 2) stored,
        at timestamptz not null,
        day date,
        words text[],
        raw bytea,
        payload jsonb
      )`.execute(db);
    await sql`alter table people add foreign key (favourite) references entries`.execute(db);
    await sql`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'append only'; end $$`.execute(
      db,
    );
    await sql`create trigger only_append before update or delete or truncate on entries for each statement execute function refuse()`.execute(
      db,
    );
    await sql`
      create function must_be_even() returns trigger language plpgsql as $$
      begin
        if (select sum(amount) from entries where person = new.person) <> 0 then raise exception 'not balanced'; end if;
        return null;
      end $$`.execute(db);
    await sql`
      create constraint trigger balanced after insert on entries deferrable initially deferred
      for each row execute function must_be_even()`.execute(db);
  },
};
const renameMigration: Migration = {
  name: '0003-rename',
  async up(db) {
    await sql`alter table people rename column recruited_by to recruiter`.execute(db);
  },
};
const migrations = [workMigration, bookMigration];
const options = { productVersion: '0.1.0', createdAt: new Date('2026-03-02T09:00:00Z'), secretKey: null };

async function fill({ db }: OpenDatabase): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`insert into people (id, recruited_by) values ('zoe', null), ('anna', 'zoe')`.execute(trx);
    await sql`
      insert into entries (person, amount, at, day, words, raw, payload) values
      ('anna', 9007199254740993.123456, '2026-02-28T23:59:59.123456Z', '2026-02-28', array['a,"b"', null, E'two\nlines'], '\\x00ff', 'null'),
      ('anna', -9007199254740993.123456, '1999-01-01T00:00:00Z', null, null, null, '{"n": 12345678901234567890, "text": "Zoë ‒ 🙂"}')`.execute(
      trx,
    );
    await sql`update people set favourite = 2 where id = 'zoe'`.execute(trx);
    await enqueueWork(
      trx,
      Array.from({ length: 2_500 }, (_, n) => ({ kind: 'push', key: `k${n}` })),
      new Date(),
    );
  });
}

async function content({ db }: OpenDatabase): Promise<unknown> {
  const people = await sql`select * from people order by id`.execute(db);
  const entries = await sql`
    select id, person, amount, doubled, at::text, day, words, encode(raw, 'hex') as raw, payload::text from entries order by id`.execute(
    db,
  );
  const work = await sql`select *, created_at::text as exact from work order by key`.execute(db);
  return { people: people.rows, entries: entries.rows, work: work.rows };
}

async function openEmpty(open: OpenTestDatabase): Promise<OpenDatabase> {
  const target = await open({ migrations: [] });
  await sql`drop table if exists kysely_migration, kysely_migration_lock`.execute(target.db);
  return target;
}

eachDatabase('a backup', (open: OpenTestDatabase) => {
  let source: OpenDatabase;
  let folder: string;
  let file: string;
  const targets: OpenDatabase[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'introducer-backup-'));
    file = join(folder, 'books.backup');
    source = await open({ migrations });
    await fill(source);
    await dumpDatabase(source.db, file, { ...options, secretKey: 'ab'.repeat(32) });
  });
  afterAll(async () => {
    await source.close();
    await rm(folder, { recursive: true });
  });
  afterEach(async () => {
    await Promise.all(targets.splice(0).map((target) => target.close()));
  });

  const emptyDatabase = async (opening: OpenTestDatabase = open): Promise<OpenDatabase> => {
    const target = await openEmpty(opening);
    targets.push(target);
    return target;
  };
  /** The backup with its text changed. */
  const changed = async (change: (text: string) => string): Promise<string> => {
    const other = join(folder, 'changed.backup');
    await writeFile(other, gzipSync(change(gunzipSync(await readFile(file)).toString('utf8'))));
    return other;
  };

  it('brings every row back as it was, and says how many', async () => {
    const target = await emptyDatabase();
    const summary = await restoreDatabase(target.db, file, migrations);
    expect(summary).toMatchObject({
      tables: 6,
      rows: 2_504,
      header: { productVersion: '0.1.0', createdAt: '2026-03-02T09:00:00.000Z', secretKey: 'ab'.repeat(32) },
    });
    expect(await content(target)).toEqual(await content(source));
  });

  it('restores on the embedded database whatever it was made on', async () => {
    const target = await emptyDatabase(openTestDatabase);
    await restoreDatabase(target.db, file, migrations);
    expect(await content(target)).toEqual(await content(source));
  });

  it('leaves a database one can go on with: keys hold, changes are refused, numbers go on', async () => {
    const { db } = await emptyDatabase();
    await restoreDatabase(db, file, migrations);
    await expect(sql`insert into people (id, recruited_by) values ('x', 'nobody')`.execute(db)).rejects.toThrow();
    await expect(sql`delete from entries`.execute(db)).rejects.toThrow('append only');
    const { rows } = await sql`insert into entries (person, amount, at) values ('zoe', 0, now()) returning id`.execute(
      db,
    );
    expect(rows).toEqual([{ id: '3' }]);
  });

  it('is brought up to date when a newer version restores it', async () => {
    const { db } = await emptyDatabase();
    await restoreDatabase(db, file, [...migrations, renameMigration]);
    const { rows } = await sql`select recruiter from people where id = 'anna'`.execute(db);
    expect(rows).toEqual([{ recruiter: 'zoe' }]);
    expect(await appliedMigrations(db)).toEqual(['0001-work', '0002-book', '0003-rename']);
  });

  it('is not restored over what is there', async () => {
    const target = await emptyDatabase();
    await migrate(target.db, [workMigration]);
    await expect(restoreDatabase(target.db, file, migrations)).rejects.toBeInstanceOf(RestoreTargetNotEmpty);
  });

  it('can be read by its owner only, and overwrites nothing', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const before = await readFile(file);
    await expect(dumpDatabase(source.db, file, options)).rejects.toBeInstanceOf(BackupFileExists);
    expect(await readFile(file)).toEqual(before);
  });

  describe('that cannot be restored', () => {
    let untouched: OpenDatabase;

    beforeAll(async () => {
      untouched = await openEmpty(open);
    });
    afterAll(() => untouched.close());

    it.each([
      ['is not a backup', /not a backup/, () => Promise.resolve('nothing of ours')],
      ['has lost its end', /cut off|damaged/, async () => gzipSync(gunzipSync(await readFile(file)).subarray(0, -200))],
      ['was cut off in transfer', /damaged/, async () => (await readFile(file)).subarray(0, -200)],
      [
        'lost a row',
        /work there are 2499 rows instead of 2500/,
        async () => readFile(await changed((text) => text.replace(/^\["push","k7",.*\n/m, ''))),
      ],
      [
        'has a row twice',
        /duplicate key/,
        async () => readFile(await changed((text) => text.replace(/^\["push","k7",.*\n/m, '$&$&'))),
      ],
      [
        'breaks a key',
        /foreign key/,
        async () => readFile(await changed((text) => text.replace('["zoe",', '["zoo",'))),
      ],
      [
        'does not balance',
        /not balanced/,
        async () => readFile(await changed((text) => text.replace('-9007199254740993', '-9007199254740992'))),
      ],
    ])('leaves the database as empty as it was when the file %s', async (_, words, damaged) => {
      const other = join(folder, 'damaged.backup');
      await writeFile(other, await damaged());
      await expect(restoreDatabase(untouched.db, other, migrations)).rejects.toThrow(words);
      const { rows } = await sql`select count(*) as tables from pg_tables where schemaname = current_schema()`.execute(
        untouched.db,
      );
      expect(rows).toEqual([{ tables: '0' }]);
    });

    it('says in words that a file is no backup', async () => {
      await writeFile(join(folder, 'letter'), gzipSync('Dear Sir or Madam\n'));
      await expect(restoreDatabase(untouched.db, join(folder, 'letter'), migrations)).rejects.toBeInstanceOf(
        BackupUnusable,
      );
      await expect(restoreDatabase(untouched.db, join(folder, 'missing'), migrations)).rejects.toBeInstanceOf(
        BackupUnusable,
      );
    });
    it('is refused by an older version', async () => {
      await expect(restoreDatabase(untouched.db, file, [workMigration])).rejects.toThrow(/newer.*0002-book/);
    });
  });
});
