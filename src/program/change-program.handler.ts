import { recordAudit } from '../audit/audit.store.js';
import type { Actor } from '../platform/actor.js';
import type { Json } from '../platform/json.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { DefaultCurrencyUnknown, ProgramChangedMeanwhile } from './program-errors.js';
import { lockProgram, saveProgram } from './program.store.js';
import type { ProgramChange, ProgramSettings } from './program.api.js';
import { changedNames, changedSettings, isDefaultCurrencyKnown, type Program } from './program.js';

/**
 * Changes the settings that are named. Each revision stands in the audit log with what it changed from and to; a change that
 * changes nothing makes no revision. @throws ProgramChangedMeanwhile, DefaultCurrencyUnknown
 */
export async function changeProgram(uow: UnitOfWork, actor: Actor, change: ProgramChange): Promise<Program> {
  const current = await lockProgram(uow);
  if (change.revision !== undefined && change.revision !== current.revision) {
    throw new ProgramChangedMeanwhile(change.revision, current.revision);
  }
  const settings = changedSettings(current.settings, change);
  if (!isDefaultCurrencyKnown(settings)) throw new DefaultCurrencyUnknown(settings.defaultCurrency ?? '');
  const names = changedNames(current.settings, settings);
  if (names.length === 0) return current;
  const revision = current.revision + 1;
  await saveProgram(uow.trx, revision, settings, uow.now);
  await recordAudit(uow, {
    actor,
    action: 'program.change',
    subject: { type: 'program', id: String(revision) },
    details: { from: picked(current.settings, names), to: picked(settings, names) },
  });
  return { revision, updatedAt: uow.now, settings };
}

function picked(settings: ProgramSettings, names: readonly (keyof ProgramSettings)[]): Readonly<Record<string, Json>> {
  // Through JSON, as that is what the log keeps.
  const values: Record<string, Json> = JSON.parse(JSON.stringify(settings)) as Record<string, Json>;
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}
