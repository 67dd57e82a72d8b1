import { recordAudit } from '../audit/audit.store.js';
import type { Actor } from '../platform/actor.js';
import type { Json } from '../platform/json.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { faultsOfFormFields } from './form-fields.js';
import { faultsOfNewRecords, type ConnectedCrm } from './new-records.js';
import {
  DefaultCurrencyUnknown,
  FormFieldsUnfit,
  NewRecordsUnfit,
  ProgramChangedMeanwhile,
  RouteToNowhere,
} from './program-errors.js';
import { lockProgram, saveProgram } from './program.store.js';
import type { ProgramChange, ProgramSettings } from './program.api.js';
import { changedNames, changedSettings, isDefaultCurrencyKnown, type Program } from './program.js';

export interface ChangedProgram {
  readonly program: Program;
  /** The settings that are not as they were. */
  readonly changed: readonly (keyof ProgramSettings)[];
}

/**
 * Changes the settings that are named. Each revision stands in the audit log with what it changed from and to; a change that
 * changes nothing makes no revision.
 * @param connections those that routes and settings for new records may name
 * @throws ProgramChangedMeanwhile, DefaultCurrencyUnknown, RouteToNowhere, NewRecordsUnfit, FormFieldsUnfit
 */
export async function changeProgram(
  uow: UnitOfWork,
  actor: Actor,
  change: ProgramChange,
  connections: (uow: UnitOfWork) => Promise<readonly ConnectedCrm[]>,
): Promise<ChangedProgram> {
  const current = await lockProgram(uow);
  if (change.revision !== undefined && change.revision !== current.revision) {
    throw new ProgramChangedMeanwhile(change.revision, current.revision);
  }
  const settings = changedSettings(current.settings, change);
  if (!isDefaultCurrencyKnown(settings)) throw new DefaultCurrencyUnknown(settings.defaultCurrency ?? '');
  const changed = changedNames(current.settings, settings);
  if (bearingOnConnections.some((name) => changed.includes(name))) {
    requireFit(settings, changed, await connections(uow));
  }
  if (changed.length === 0) return { program: current, changed };
  const revision = current.revision + 1;
  await saveProgram(uow.trx, revision, settings, uow.now);
  await recordAudit(uow, {
    actor,
    action: 'program.change',
    subject: { type: 'program', id: String(revision) },
    details: { from: picked(current.settings, changed), to: picked(settings, changed) },
  });
  return { program: { revision, updatedAt: uow.now, settings }, changed };
}

const bearingOnConnections = ['crmRoutes', 'newRecords', 'formFields'] as const;

/** What is not changed is not judged: a connection that it names may have gone since. */
function requireFit(
  settings: ProgramSettings,
  changed: readonly (keyof ProgramSettings)[],
  connected: readonly ConnectedCrm[],
): void {
  if (changed.includes('crmRoutes')) requireConnections(settings, connected);
  const records = changed.includes('newRecords') ? faultsOfNewRecords(settings.newRecords, connected) : [];
  if (records.length > 0) throw new NewRecordsUnfit(records);
  const form = changed.includes('formFields') ? faultsOfFormFields(settings.formFields, connected) : [];
  if (form.length > 0) throw new FormFieldsUnfit(form);
}

function requireConnections({ crmRoutes }: ProgramSettings, connections: readonly ConnectedCrm[]): void {
  const known = connections.map(({ id }) => id);
  const unknown = crmRoutes.flatMap(({ connection }, index) =>
    known.includes(connection) ? [] : [{ index, connection }],
  );
  if (unknown.length > 0) throw new RouteToNowhere(unknown, known);
}

function picked(settings: ProgramSettings, names: readonly (keyof ProgramSettings)[]): Readonly<Record<string, Json>> {
  // Through JSON, as that is what the log keeps.
  const values: Record<string, Json> = JSON.parse(JSON.stringify(settings)) as Record<string, Json>;
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}
