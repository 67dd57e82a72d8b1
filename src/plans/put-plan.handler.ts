import { recordAudit } from '../audit/audit.store.js';
import { actorKey, actorName, type Actor } from '../platform/actor.js';
import { newId } from '../platform/ids.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { dayIn, type Day } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { judgePlan, type PlanSource } from './judge-plan.js';
import { versionName } from './plan.js';
import { insertPlanVersion, loadPlanVersions, lockPlans, type StoredVersion } from './plan.store.js';

export interface PutPlan {
  readonly actor: Actor;
  /** The slug the caller addressed; the document must name the same. */
  readonly slug: string;
  readonly plan: PlanSource;
  readonly reason?: string | undefined;
}

export interface PutPlanOutcome {
  /** `unchanged`: these terms are stored already and still hold; nothing was written. */
  readonly kind: 'created' | 'unchanged';
  readonly version: StoredVersion;
}

export interface PutPlanDependencies {
  /** Has every deal won on or after a day looked at again, in this unit of work. */
  readonly recreditSince: (uow: UnitOfWork, day: Day) => Promise<void>;
}

/** Stores a new version of a plan, and has the deals it may bear on credited again. @throws PlanRefused, and nothing is stored */
export function createPutPlan(deps: PutPlanDependencies) {
  return async (uow: UnitOfWork, request: PutPlan): Promise<PutPlanOutcome> => {
    await lockPlans(uow.trx);
    const judgement = judgePlan(await loadPlanVersions(uow.trx), request.slug, request.plan);
    if (judgement.kind === 'unchanged') return { kind: 'unchanged', version: judgement.version };
    const { number, plan, document } = judgement;
    const { settings } = await loadProgram(uow.trx);
    const version: StoredVersion = {
      id: newId('pvn'),
      number,
      plan,
      document,
      source: typeof request.plan === 'string' ? request.plan : JSON.stringify(request.plan, null, 2),
      createdBy: actorKey(request.actor),
      createdAt: uow.now,
      knownOn: dayIn(uow.now, settings.timeZone),
      author: actorName(request.actor),
      reason: request.reason ?? null,
    };
    await insertPlanVersion(uow.trx, version);
    await recordAudit(uow, {
      actor: request.actor,
      action: 'plan.apply',
      subject: { type: 'plan', id: plan.slug },
      details: { version: versionName(version), effectiveFrom: plan.effectiveFrom, corrects: plan.corrects },
    });
    await deps.recreditSince(uow, plan.effectiveFrom);
    return { kind: 'created', version };
  };
}
