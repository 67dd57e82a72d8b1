import { z } from 'zod';
import type { Reader } from '../platform/database.js';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { createApproveProposal, rejectProposal } from './decide-proposal.handler.js';
import { PlanNotFound } from './plan-errors.js';
import { planProposalOnWire } from './plan-wire.js';
import { approveProposalBody, planProposalView, rejectProposalBody } from './plan.api.js';
import { loadPlanVersions } from './plan.store.js';
import { listProposals, proposalStatuses } from './proposal.store.js';
import type { StoreVersionDependencies } from './store-version.handler.js';

const tags = ['Plans'];
const slug = z.string().max(100);
const params = z.strictObject({ slug, id: z.string().max(60) });
const position = z.strictObject({ before: z.string() });

/** Plans that wait for a second person, and that person's answer. */
export function proposalRoutes(deps: StoreVersionDependencies): readonly Route[] {
  const approveProposal = createApproveProposal(deps);
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/plans/{slug}/proposals',
      access: 'operator',
      kind: 'read',
      summary: 'Proposals of a plan, newest first',
      tags,
      params: z.strictObject({ slug }),
      query: z.strictObject({ ...pageQuery, status: z.enum(proposalStatuses).optional() }),
      responses: { 200: pageOf(planProposalView) },
      handle: async ({ db, params, query: { limit, cursor, status } }) => {
        const filter = { slug: params.slug, status, ...readCursor(cursor, position) };
        const proposals = await listProposals(db, filter, limit + 1);
        if (proposals.length === 0) await existingPlan(db, params.slug);
        return { status: 200, body: toPage(proposals, limit, ({ id }) => ({ before: id }), planProposalOnWire) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/plans/{slug}/proposals/{id}/approve',
      access: 'operator',
      right: 'plans:apply',
      kind: 'write',
      summary: 'Make a proposal the next version of its plan',
      description: 'With another key than it was proposed with. It is judged again: others may have been stored since.',
      tags,
      params,
      body: approveProposalBody,
      responses: { 200: planProposalView },
      handle: async ({ uow, actor, params, body: { reason = null } }) => {
        const { proposal } = await approveProposal(uow, { actor, ...params, reason });
        return { status: 200, body: planProposalOnWire(proposal) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/plans/{slug}/proposals/{id}/reject',
      access: 'operator',
      right: 'plans:apply',
      kind: 'write',
      summary: 'Reject a proposal',
      tags,
      params,
      body: rejectProposalBody,
      responses: { 200: planProposalView },
      handle: async ({ uow, actor, params, body: { reason } }) => ({
        status: 200,
        body: planProposalOnWire(await rejectProposal(uow, { actor, ...params, reason })),
      }),
    }),
  ];
}

/** @throws PlanNotFound when nothing was ever stored or proposed under the slug */
async function existingPlan(db: Reader, slug: string): Promise<void> {
  const isProposed = (await listProposals(db, { slug }, 1)).length > 0;
  if (!isProposed && (await loadPlanVersions(db, slug)).length === 0) throw new PlanNotFound(slug);
}
