import type { Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { JsonColumn } from '../platform/platform-tables.js';
import { planDocument, type PlanDocument } from './plan-document.js';

export const proposalStatuses = ['open', 'approved', 'rejected'] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];

export interface PlanProposalsTable {
  id: string;
  slug: string;
  document: JsonColumn<PlanDocument>;
  source: string;
  proposed_by: string;
  author: string;
  reason: string | null;
  proposed_at: Date;
  status: ProposalStatus;
  decided_by: string | null;
  decided_at: Date | null;
  decision_reason: string | null;
  version_id: string | null;
}

declare module '../platform/database.js' {
  interface Tables {
    plan_proposals: PlanProposalsTable;
  }
}

/** A plan that waits for somebody else's approval, or did. */
export interface PlanProposal {
  readonly id: string;
  readonly slug: string;
  readonly document: PlanDocument;
  readonly source: string;
  readonly proposedBy: string;
  readonly author: string;
  readonly reason: string | null;
  readonly proposedAt: Date;
  readonly status: ProposalStatus;
  /** Null while it is open. */
  readonly decision: ProposalDecision | null;
}

export interface ProposalDecision {
  readonly by: string;
  readonly at: Date;
  readonly reason: string | null;
  /** The version it became; null when it was rejected. */
  readonly versionId: string | null;
}

export async function insertProposal(trx: Tx, proposal: PlanProposal): Promise<void> {
  await trx
    .insertInto('plan_proposals')
    .values({
      id: proposal.id,
      slug: proposal.slug,
      document: JSON.stringify(proposal.document),
      source: proposal.source,
      proposed_by: proposal.proposedBy,
      author: proposal.author,
      reason: proposal.reason,
      proposed_at: proposal.proposedAt,
      status: proposal.status,
    })
    .execute();
}

export async function decideProposal(
  trx: Tx,
  id: string,
  status: Exclude<ProposalStatus, 'open'>,
  decision: ProposalDecision,
): Promise<void> {
  await trx
    .updateTable('plan_proposals')
    .set({
      status,
      decided_by: decision.by,
      decided_at: decision.at,
      decision_reason: decision.reason,
      version_id: decision.versionId,
    })
    .where('id', '=', id)
    .execute();
}

/** A plan with more than these is a plan that nobody approves. */
const mostOpen = 1_000;

/** The proposals of a plan that nobody decided on yet. */
export async function openProposals(db: Reader, slug: string): Promise<readonly PlanProposal[]> {
  return listProposals(db, { slug, status: 'open' }, mostOpen);
}

export interface ProposalFilter {
  readonly slug: string;
  readonly id?: string | undefined;
  readonly status?: ProposalStatus | undefined;
  /** Only proposals older than this one. */
  readonly before?: string | undefined;
}

/** Proposals of a plan, newest first. */
export async function listProposals(
  db: Reader,
  filter: ProposalFilter,
  limit: number,
): Promise<readonly PlanProposal[]> {
  let query = db.selectFrom('plan_proposals').selectAll().where('slug', '=', filter.slug);
  if (filter.id !== undefined) query = query.where('id', '=', filter.id);
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.before !== undefined) query = query.where('id', '<', filter.before);
  return (await query.orderBy('id', 'desc').limit(limit).execute()).map(proposalOf);
}

function proposalOf(row: Selectable<PlanProposalsTable>): PlanProposal {
  return {
    id: row.id,
    slug: row.slug,
    document: planDocument.parse(row.document),
    source: row.source,
    proposedBy: row.proposed_by,
    author: row.author,
    reason: row.reason,
    proposedAt: row.proposed_at,
    status: row.status,
    decision:
      row.decided_at === null
        ? null
        : { by: row.decided_by ?? '', at: row.decided_at, reason: row.decision_reason, versionId: row.version_id },
  };
}
