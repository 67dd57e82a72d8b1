import { canonicalJson } from '../platform/canonical-json.js';
import type { Plan, PlanVersion } from './plan.js';
import type { PlanDocument } from './plan-document.js';
import { PlanRefused } from './plan-errors.js';
import { planFault } from './plan-faults.js';
import { judgeNewVersion } from './plan-versions.js';
import { readPlanText, readPlanValue, type PlanReading } from './read-plan.js';

/** A plan as text (YAML or JSON), or parsed already. */
export type PlanSource = string | { readonly [name: string]: unknown };

/** A stored version with its terms as they are compared. */
export interface VersionWithDocument extends PlanVersion {
  readonly document: PlanDocument;
}

export type PlanJudgement<Version> =
  /** These terms are stored already and still hold. */
  | { readonly kind: 'unchanged'; readonly version: Version }
  /** It may become the version of this number. */
  | { readonly kind: 'new'; readonly number: number; readonly plan: Plan; readonly document: PlanDocument };

/**
 * What storing a plan under a slug would come to, beside the versions that are stored: the one judgement for all who ask.
 * @throws PlanRefused when it may not be stored
 */
export function judgePlan<Version extends VersionWithDocument>(
  stored: readonly Version[],
  slug: string,
  source: PlanSource,
): PlanJudgement<Version> {
  const { plan, document, lineOf } = accepted(
    typeof source === 'string' ? readPlanText(source) : readPlanValue(source),
  );
  if (plan.slug !== slug) {
    const where = { field: 'plan', line: lineOf(['plan'], 'value'), value: plan.slug };
    throw new PlanRefused([planFault(where, `${slug}, the plan that is addressed`)]);
  }
  const same = sameTerms(stored, document);
  if (same !== undefined) return { kind: 'unchanged', version: same };
  const verdict = judgeNewVersion(stored, plan);
  if (verdict.kind === 'refused') {
    const value = verdict.field === 'corrects' ? plan.corrects : plan.effectiveFrom;
    const where = { field: verdict.field, line: lineOf([verdict.field], 'value'), value };
    throw new PlanRefused([planFault(where, verdict.expected)]);
  }
  return { kind: 'new', number: verdict.number, plan, document };
}

function accepted(reading: PlanReading): PlanReading & { readonly kind: 'plan' } {
  if (reading.kind === 'refused') throw new PlanRefused(reading.faults);
  return reading;
}

/** A version with the very same terms that no later one corrects: applying a folder of plans again changes nothing. */
function sameTerms<Version extends VersionWithDocument>(
  stored: readonly Version[],
  document: PlanDocument,
): Version | undefined {
  const terms = canonicalJson(document);
  const own = stored.filter((version) => version.plan.slug === document.plan);
  const corrected = new Set(own.map((version) => version.plan.corrects));
  return own.find((version) => !corrected.has(version.number) && canonicalJson(version.document) === terms);
}
