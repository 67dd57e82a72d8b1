import { z } from 'zod';
import type { Reader } from '../platform/database.js';
import { assertDefined } from '../platform/assert.js';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { crmIdsOfDeals } from '../sync/crm-link.store.js';
import { acceptProposal, rejectProposal } from './decide-proposal.handler.js';
import { acceptLinkBody, linkProposalShape, rejectLinkBody } from './link-proposal.api.js';
import { listProposals, type LinkProposal } from './link-proposal.store.js';
import { proposalStatuses } from './proposal-status.js';

const tags = ['registrations'];
const params = z.strictObject({ id: z.string().max(60) });
const position = z.strictObject({ likelihood: z.string().regex(/^\d{1,3}$/), id: z.string() });

/** Deals that may have taken the place of a registered one, and what rev ops says of them. */
export function linkProposalRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/link-proposals',
      access: 'operator',
      kind: 'read',
      summary: "Deals that may be a registration's, the likeliest first",
      description: 'Open ones unless `status` says otherwise.',
      tags,
      query: z.strictObject({
        ...pageQuery,
        registrationId: z.string().max(60).optional(),
        status: z.enum([...proposalStatuses, 'all']).default('open'),
      }),
      responses: { 200: pageOf(linkProposalShape) },
      handle: async ({ db, query: { limit, cursor, registrationId, status } }) => {
        const after = readCursor(cursor, position);
        const filter = {
          registrationId,
          status: status === 'all' ? undefined : status,
          after: after && { id: after.id, likelihood: Number(after.likelihood) },
        };
        const proposals = await listProposals(db, filter, limit + 1);
        const view = await viewer(db, proposals);
        return { status: 200, body: toPage(proposals, limit, positionOf, view) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/link-proposals/{id}/accept',
      access: 'operator',
      right: 'links:decide',
      kind: 'write',
      summary: 'Give the registration the proposed deal',
      description:
        'The registration follows this deal from now on, and both deals are credited anew. What else was proposed about the two is over.',
      tags,
      params,
      body: acceptLinkBody,
      responses: { 200: linkProposalShape },
      handle: async ({ uow, actor, params: { id }, body }) => {
        const proposal = await acceptProposal(uow, { id, actor, reason: body.reason ?? null });
        return { status: 200, body: (await viewer(uow.trx, [proposal]))(proposal) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/link-proposals/{id}/reject',
      access: 'operator',
      right: 'links:decide',
      kind: 'write',
      summary: "Say that the deal is not this registration's",
      description: 'It is not proposed to it again.',
      tags,
      params,
      body: rejectLinkBody,
      responses: { 200: linkProposalShape },
      handle: async ({ uow, actor, params: { id }, body }) => {
        const proposal = await rejectProposal(uow, { id, actor, reason: body.reason });
        return { status: 200, body: (await viewer(uow.trx, [proposal]))(proposal) };
      },
    }),
  ];
}

function positionOf({ likelihood, id }: LinkProposal) {
  return { likelihood: String(likelihood), id };
}

async function viewer(db: Reader, proposals: readonly LinkProposal[]) {
  const crmIds = await crmIdsOfDeals(
    db,
    proposals.map((proposal) => proposal.deal_id),
  );
  return (proposal: LinkProposal): z.input<typeof linkProposalShape> => {
    const { deal, ...evidence } = proposal.evidence;
    return {
      id: proposal.id,
      registrationId: proposal.registration_id,
      status: proposal.status,
      dealId: proposal.deal_id,
      ...assertDefined(crmIds.get(proposal.deal_id), 'a proposed deal is one of ours'),
      deal,
      likelihood: proposal.likelihood,
      evidence,
      createdAt: proposal.created_at.toISOString(),
      decidedAt: proposal.decided_at?.toISOString() ?? null,
      decidedBy: proposal.decided_by,
      reason: proposal.reason,
    };
  };
}
