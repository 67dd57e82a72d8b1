import { recordAudit } from '../audit/audit.store.js';
import { actorKey, type Actor } from '../platform/actor.js';
import { canonicalJson } from '../platform/canonical-json.js';
import { newId } from '../platform/ids.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { dayIn, type Day } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { versionName } from './plan.js';
import type { PlanDocument } from './plan-document.js';
import { PlanRefused } from './plan-errors.js';
import { planFault } from './plan-faults.js';
import { insertPlanVersion, loadPlanVersions, lockPlans, type StoredVersion } from './plan.store.js';
import { judgeNewVersion } from './plan-versions.js';
import { readPlanText, readPlanValue, type PlanReading } from './read-plan.js';

export interface PutPlan {
  readonly actor: Actor;
  /** The slug the caller addressed; the document must name the same. */
  readonly slug: string;
  /** The plan as text (YAML or JSON), or parsed already. */
  readonly plan: string | { readonly [name: string]: unknown };
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
    const reading = accepted(
      typeof request.plan === 'string' ? readPlanText(request.plan) : readPlanValue(request.plan),
    );
    const { plan, document, lineOf } = reading;
    if (plan.slug !== request.slug) {
      const where = { field: 'plan', line: lineOf(['plan'], 'value'), value: plan.slug };
      throw new PlanRefused([planFault(where, `${request.slug}, the plan that is addressed`)]);
    }
    await lockPlans(uow.trx);
    const stored = await loadPlanVersions(uow.trx);
    const same = sameTerms(stored, document);
    if (same !== undefined) return { kind: 'unchanged', version: same };

    const verdict = judgeNewVersion(stored, plan);
    if (verdict.kind === 'refused') {
      const value = verdict.field === 'corrects' ? plan.corrects : plan.effectiveFrom;
      const where = { field: verdict.field, line: lineOf([verdict.field], 'value'), value };
      throw new PlanRefused([planFault(where, verdict.expected)]);
    }
    const { settings } = await loadProgram(uow.trx);
    const version: StoredVersion = {
      id: newId('pvn'),
      number: verdict.number,
      plan,
      document,
      source: typeof request.plan === 'string' ? request.plan : JSON.stringify(request.plan, null, 2),
      createdBy: actorKey(request.actor),
      createdAt: uow.now,
      knownOn: dayIn(uow.now, settings.timeZone),
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

function accepted(reading: PlanReading): PlanReading & { readonly kind: 'plan' } {
  if (reading.kind === 'refused') throw new PlanRefused(reading.faults);
  return reading;
}

/** A version with the very same terms that no later one corrects: applying a folder of plans again changes nothing. */
function sameTerms(stored: readonly StoredVersion[], document: PlanDocument): StoredVersion | undefined {
  const terms = canonicalJson(document);
  const own = stored.filter((version) => version.plan.slug === document.plan);
  const corrected = new Set(own.map((version) => version.plan.corrects));
  return own.find((version) => !corrected.has(version.number) && canonicalJson(version.document) === terms);
}
