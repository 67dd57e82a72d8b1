import { newId } from '../platform/ids.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { dayIn, type Day } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import type { PlanJudgement } from './judge-plan.js';
import { insertPlanVersion, type StoredVersion } from './plan.store.js';

export interface StoreVersionDependencies {
  /** Has every deal won on or after a day looked at again, in this unit of work. */
  readonly recreditSince: (uow: UnitOfWork, day: Day) => Promise<void>;
}

/** From whom a version comes, and from what text. */
export type Origin = Pick<StoredVersion, 'source' | 'createdBy' | 'author' | 'reason' | 'approvedBy'>;

/** Stores what was judged to be a new version, known from today on, and has the deals it may bear on credited again. */
export async function storeVersion(
  uow: UnitOfWork,
  deps: StoreVersionDependencies,
  { number, plan, document }: PlanJudgement<StoredVersion> & { readonly kind: 'new' },
  origin: Origin,
): Promise<StoredVersion> {
  const { settings } = await loadProgram(uow.trx);
  const version: StoredVersion = {
    id: newId('pvn'),
    number,
    plan,
    document,
    createdAt: uow.now,
    knownOn: dayIn(uow.now, settings.timeZone),
    ...origin,
  };
  await insertPlanVersion(uow.trx, version);
  await deps.recreditSince(uow, plan.effectiveFrom);
  return version;
}
