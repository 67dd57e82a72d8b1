import { changesOf } from '../audit/audit.store.js';
import type { Reader, Tx } from '../platform/database.js';
import type { JsonColumn } from '../platform/platform-tables.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { programSettings, type ProgramSettings } from './program.api.js';
import { defaultProgram, type Program } from './program.js';
import type { ZoneSpan } from './zone-history.js';

export interface ProgramSettingsTable {
  id: number;
  revision: number;
  settings: JsonColumn<Readonly<Record<string, unknown>>>;
  updated_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    program_settings: ProgramSettingsTable;
  }
}

const onlyId = 1;

/** The settings in force. Fields that came with a newer version of the product have their defaults. */
export async function loadProgram(db: Reader): Promise<Program> {
  const row = await db.selectFrom('program_settings').selectAll().where('id', '=', onlyId).executeTakeFirst();
  if (row === undefined) return { revision: 0, updatedAt: null, settings: defaultProgram };
  const settings = programSettings.parse({ ...defaultProgram, ...row.settings });
  return { revision: row.revision, updatedAt: row.revision === 0 ? null : row.updated_at, settings };
}

/** The time zones the program has had, oldest first. They stand in the audit log, which nothing changes. */
export async function timeZonesOf(db: Reader): Promise<readonly ZoneSpan[]> {
  const changes = await changesOf(db, 'program', 'timeZone');
  const first = changes[0]?.from ?? (await loadProgram(db)).settings.timeZone;
  return [{ timeZone: first, from: null }, ...changes.map(({ at, to }) => ({ timeZone: to, from: at }))];
}

/** The settings in force, which nobody else changes until the transaction ends. */
export async function lockProgram(uow: UnitOfWork): Promise<Program> {
  await uow.trx
    .insertInto('program_settings')
    .values({ id: onlyId, revision: 0, settings: '{}', updated_at: uow.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await uow.trx.selectFrom('program_settings').select('id').where('id', '=', onlyId).forUpdate().execute();
  return loadProgram(uow.trx);
}

export async function saveProgram(trx: Tx, revision: number, settings: ProgramSettings, now: Date): Promise<void> {
  await trx
    .updateTable('program_settings')
    .set({ revision, settings: JSON.stringify(settings), updated_at: now })
    .where('id', '=', onlyId)
    .execute();
}
