import { recordAudit } from '../audit/audit.store.js';
import { actorKey, type Actor } from '../platform/actor.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { judgePlan } from './judge-plan.js';
import { versionName } from './plan.js';
import { OwnProposal, ProposalDecided, ProposalNotFound } from './plan-errors.js';
import { loadPlanVersions, lockPlans, type StoredVersion } from './plan.store.js';
import { decideProposal, listProposals, type PlanProposal, type ProposalDecision } from './proposal.store.js';
import { storeVersion, type StoreVersionDependencies } from './store-version.handler.js';

export interface DecideProposal {
  readonly actor: Actor;
  readonly slug: string;
  readonly id: string;
  readonly reason: string | null;
}

export interface ApprovedProposal {
  readonly proposal: PlanProposal;
  readonly version: StoredVersion;
}

/**
 * Makes a proposal the next version of its plan. It is judged again, as others may have been stored since.
 * @throws OwnProposal when its author approves, PlanRefused when it does not fit any more; it then stays open
 */
export function createApproveProposal(deps: StoreVersionDependencies) {
  return async (uow: UnitOfWork, request: DecideProposal): Promise<ApprovedProposal> => {
    const proposal = await lockOpenProposal(uow, request);
    const by = actorKey(request.actor);
    if (proposal.proposedBy === by) throw new OwnProposal(proposal.id);
    const { slug, source, proposedBy: createdBy, author, reason } = proposal;
    const judgement = judgePlan(await loadPlanVersions(uow.trx), slug, source);
    const version =
      judgement.kind === 'unchanged'
        ? judgement.version
        : await storeVersion(uow, deps, judgement, { source, createdBy, author, reason, approvedBy: by });
    const decision = { by, at: uow.now, reason: request.reason, versionId: version.id };
    const decided = await decide(uow, proposal, 'approved', decision);
    await recordAudit(uow, {
      actor: request.actor,
      action: 'plan.approve',
      subject: { type: 'plan', id: slug },
      details: { proposal: proposal.id, version: versionName(version) },
    });
    return { proposal: decided, version };
  };
}

/** Ends a proposal without a version; its author may, too. */
export async function rejectProposal(uow: UnitOfWork, request: DecideProposal): Promise<PlanProposal> {
  const proposal = await lockOpenProposal(uow, request);
  const decision = { by: actorKey(request.actor), at: uow.now, reason: request.reason, versionId: null };
  const decided = await decide(uow, proposal, 'rejected', decision);
  await recordAudit(uow, {
    actor: request.actor,
    action: 'plan.reject',
    subject: { type: 'plan', id: proposal.slug },
    details: { proposal: proposal.id },
  });
  return decided;
}

async function decide(
  uow: UnitOfWork,
  proposal: PlanProposal,
  status: 'approved' | 'rejected',
  decision: ProposalDecision,
): Promise<PlanProposal> {
  await decideProposal(uow.trx, proposal.id, status, decision);
  return { ...proposal, status, decision };
}

/** The proposal, on which nobody else decides meanwhile: the lock of all plans is one of their proposals too. */
async function lockOpenProposal(uow: UnitOfWork, { slug, id }: DecideProposal): Promise<PlanProposal> {
  await lockPlans(uow.trx);
  const [proposal] = await listProposals(uow.trx, { slug, id }, 1);
  if (proposal === undefined) throw new ProposalNotFound(slug, id);
  if (proposal.status !== 'open') throw new ProposalDecided(id, proposal.status);
  return proposal;
}
