import { describePlan } from './describe-plan.js';
import { judgePlan, type VersionWithDocument } from './judge-plan.js';
import { PlanRefused } from './plan-errors.js';
import type { PlanFault } from './plan-faults.js';
import { versionName, type Plan } from './plan.js';

export type PlanCheck =
  | { readonly outcome: 'refused'; readonly faults: readonly PlanFault[] }
  | {
      /** `new`: it could be stored; `unchanged`: the same terms hold already. */
      readonly outcome: 'new' | 'unchanged';
      readonly version: string;
      readonly plan: Plan;
      readonly sentences: readonly string[];
    };

/** What storing a text under a slug would come to, for somebody who is still writing it: what is wrong is an answer, too. */
export function checkPlan(stored: readonly VersionWithDocument[], slug: string, text: string): PlanCheck {
  try {
    const judgement = judgePlan(stored, slug, text);
    const plan = judgement.kind === 'new' ? judgement.plan : judgement.version.plan;
    const number = judgement.kind === 'new' ? judgement.number : judgement.version.number;
    const version = versionName({ plan, number });
    return { outcome: judgement.kind, version, plan, sentences: describePlan(plan) };
  } catch (error) {
    if (!(error instanceof PlanRefused)) throw error;
    return { outcome: 'refused', faults: error.faults };
  }
}
