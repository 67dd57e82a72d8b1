import { describePlan } from './describe-plan.js';
import { versionName } from './plan.js';
import { planOf } from './plan-document.js';
import type { PlanProposalView, PlanVersionView } from './plan.api.js';
import type { StoredVersion } from './plan.store.js';
import type { PlanProposal } from './proposal.store.js';

/** A stored version as it is shown. */
export function planVersionOnWire(version: StoredVersion): PlanVersionView {
  const { plan } = version;
  return {
    id: version.id,
    plan: plan.slug,
    number: version.number,
    version: versionName(version),
    effectiveFrom: plan.effectiveFrom,
    effectiveTo: plan.effectiveTo,
    corrects: plan.corrects,
    document: version.document,
    sentences: [...describePlan(plan)],
    source: version.source,
    createdBy: version.createdBy,
    createdAt: version.createdAt.toISOString(),
    author: version.author,
    reason: version.reason,
    approvedBy: version.approvedBy,
  };
}

/** A proposal as it is shown. */
export function planProposalOnWire(proposal: PlanProposal): PlanProposalView {
  const { id, slug, document, source, proposedBy, author, reason, proposedAt, status, decision } = proposal;
  return {
    id,
    plan: slug,
    status,
    effectiveFrom: document.effectiveFrom,
    document,
    sentences: [...describePlan(planOf(document))],
    source,
    proposedBy,
    author,
    reason,
    proposedAt: proposedAt.toISOString(),
    decidedBy: decision?.by ?? null,
    decidedAt: decision?.at.toISOString() ?? null,
    decisionReason: decision?.reason ?? null,
    versionId: decision?.versionId ?? null,
  };
}
