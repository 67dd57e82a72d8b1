import { recordAudit } from '../audit/audit.store.js';
import { actorKey, actorName, type Actor } from '../platform/actor.js';
import { canonicalJson } from '../platform/canonical-json.js';
import { newId } from '../platform/ids.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { loadProgram } from '../program/program.store.js';
import { judgePlan, type PlanJudgement, type PlanSource } from './judge-plan.js';
import { versionName } from './plan.js';
import { PlanMovedOn } from './plan-errors.js';
import { loadPlanVersions, lockPlans, type StoredVersion } from './plan.store.js';
import { insertProposal, openProposals, type PlanProposal } from './proposal.store.js';
import { storeVersion, type StoreVersionDependencies } from './store-version.handler.js';

export interface PutPlan {
  readonly actor: Actor;
  /** The slug the caller addressed; the document must name the same. */
  readonly slug: string;
  readonly plan: PlanSource;
  readonly reason?: string | undefined;
  /** The version it is to follow, `none` for the first one: refused when another is the latest. Absent: whatever the latest is. */
  readonly after?: string | undefined;
}

export type PutPlanOutcome =
  /** `unchanged`: these terms are stored already and still hold; nothing was written. */
  | { readonly kind: 'created' | 'unchanged'; readonly version: StoredVersion }
  /** Two have to agree, so that it waits for the other one. */
  | { readonly kind: 'proposed'; readonly proposal: PlanProposal };

type NewVersion = PlanJudgement<StoredVersion> & { readonly kind: 'new' };

/**
 * Stores a new version of a plan, and has the deals it may bear on credited again; where two have to agree it becomes a proposal
 * instead. @throws PlanRefused or PlanMovedOn, and nothing is stored
 */
export function createPutPlan(deps: StoreVersionDependencies) {
  return async (uow: UnitOfWork, request: PutPlan): Promise<PutPlanOutcome> => {
    await lockPlans(uow.trx);
    const versions = await loadPlanVersions(uow.trx);
    const judgement = judgePlan(versions, request.slug, request.plan);
    if (judgement.kind === 'unchanged') return { kind: 'unchanged', version: judgement.version };
    refuseOvertaken(versions, request);
    const { settings } = await loadProgram(uow.trx);
    switch (settings.planApproval) {
      case 'one':
        return { kind: 'created', version: await apply(uow, deps, request, judgement) };
      case 'two':
        return { kind: 'proposed', proposal: await propose(uow, request, judgement) };
    }
  };
}

function refuseOvertaken(versions: readonly StoredVersion[], { slug, after }: PutPlan): void {
  const numbers = versions.filter(({ plan }) => plan.slug === slug).map(({ number }) => number);
  const latest = numbers.length === 0 ? 'none' : `${slug}@${String(Math.max(...numbers))}`;
  if (after !== undefined && after !== latest) throw new PlanMovedOn(after, latest);
}

async function apply(
  uow: UnitOfWork,
  deps: StoreVersionDependencies,
  request: PutPlan,
  judgement: NewVersion,
): Promise<StoredVersion> {
  const { actor, reason = null } = request;
  const origin = { source: textOf(request), createdBy: actorKey(actor), author: actorName(actor), reason };
  const version = await storeVersion(uow, deps, judgement, { ...origin, approvedBy: null });
  const { effectiveFrom, corrects } = judgement.plan;
  await recordAudit(uow, {
    actor,
    action: 'plan.apply',
    subject: { type: 'plan', id: request.slug },
    details: { version: versionName(version), effectiveFrom, corrects },
  });
  return version;
}

/** The same terms proposed again are the proposal that waits already, whoever made it. */
async function propose(uow: UnitOfWork, request: PutPlan, { plan, document }: NewVersion): Promise<PlanProposal> {
  const { actor, slug, reason = null } = request;
  const terms = canonicalJson(document);
  const waiting = (await openProposals(uow.trx, slug)).find((other) => canonicalJson(other.document) === terms);
  if (waiting !== undefined) return waiting;
  const proposal: PlanProposal = {
    id: newId('ppr'),
    slug,
    document,
    source: textOf(request),
    proposedBy: actorKey(actor),
    author: actorName(actor),
    reason,
    proposedAt: uow.now,
    status: 'open',
    decision: null,
  };
  await insertProposal(uow.trx, proposal);
  await recordAudit(uow, {
    actor,
    action: 'plan.propose',
    subject: { type: 'plan', id: slug },
    details: { proposal: proposal.id, effectiveFrom: plan.effectiveFrom, corrects: plan.corrects },
  });
  return proposal;
}

function textOf({ plan }: PutPlan): string {
  return typeof plan === 'string' ? plan : JSON.stringify(plan, null, 2);
}
