import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, typescriptFiles } from '../support/project-tools.js';
import { tableOwners, trespasses } from './table-ownership.js';

const owner = {
  path: 'src/registration/registration.store.ts',
  text: "declare module '../platform/database.js' {\n  interface Tables {\n    registrations: RegistrationRow;\n    readonly registration_notes: NoteRow;\n  }\n}\ndb.selectFrom('registrations')",
};

describe('each table', () => {
  it('is named in SQL only by the stage that declares it', () => {
    const files = typescriptFiles('src').map((path) => ({ path, text: readFileSync(join(projectRoot, path), 'utf8') }));
    expect(trespasses(files)).toEqual([]);
    if (files.some(({ path }) => path.endsWith('.store.ts'))) expect(tableOwners(files).size).toBeGreaterThan(0);
  });
});

describe('the check of table ownership', () => {
  it.each([
    ["db.selectFrom('registrations as r')", 'registrations'],
    ["db.selectFrom(['registrations', 'deals'])", 'registrations'],
    ["query.innerJoin('registration_notes', 'a', 'b')", 'registration_notes'],
    ["db.insertInto('registrations')", 'registrations'],
    ['sql`select 1 from registrations r`', 'registrations'],
    ['sql`select 1 from deals left join\n  "registrations" on true`', 'registrations'],
    ['sql`UPDATE registrations SET x = 1`', 'registrations'],
    ['sql`delete from registrations`', 'registrations'],
  ])('finds %s in another stage', (text, table) => {
    const path = 'src/watch/deal.store.ts';
    expect(trespasses([owner, { path, text }])).toEqual([{ path, table, owner: 'registration' }]);
  });

  it('lets the owner, a foreign key and a comment name the table', () => {
    const migration = [
      'create table links (registration_id text references registrations(id))',
      'alter table registrations add constraint r_fk foreign key (link_id) references links(id)',
    ].map((statement) => `sql\`${statement}\``);
    const comments = "// selectFrom('registrations') would be the other stage's\n/* from registrations */";
    const files = [
      { path: 'src/sync/0300-links.migration.ts', text: migration.join('\n') },
      { path: 'src/watch/deal.ts', text: comments },
    ];
    expect(trespasses([owner, ...files])).toEqual([]);
  });

  it('finds a migration that changes another stage in any other way', () => {
    const text = 'sql`alter table registrations add column link_id text`';
    expect(trespasses([owner, { path: 'src/sync/0300-links.migration.ts', text }])).toHaveLength(1);
  });

  it('lets the desk read what spans stages, and not write it', () => {
    const path = 'src/desk/overview.store.ts';
    expect(trespasses([owner, { path, text: "db.selectFrom('registrations')" }])).toEqual([]);
    expect(trespasses([owner, { path, text: "db.updateTable('registrations')" }])).toHaveLength(1);
  });
});
