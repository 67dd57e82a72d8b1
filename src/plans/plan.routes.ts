import { z } from 'zod';
import { defineRoute, documentBody, type Route } from '../platform/http/route.js';
import { planDocument } from './plan-document.js';
import { PlanNotFound } from './plan-errors.js';
import { planProposalOnWire, planVersionOnWire } from './plan-wire.js';
import { planProposalView, planReason, planVersionList, putPlanAnswer } from './plan.api.js';
import { loadPlanVersions } from './plan.store.js';
import type { createPutPlan } from './put-plan.handler.js';

const tags = ['Plans'];
const params = z.strictObject({ slug: z.string().max(100) });

/** Storing versions of plans and reading them. */
export function planRoutes(deps: { readonly putPlan: ReturnType<typeof createPutPlan> }): readonly Route[] {
  return [
    defineRoute({
      method: 'put',
      path: '/api/v1/plans/{slug}',
      access: 'operator',
      right: 'plans:apply',
      kind: 'write',
      summary: 'Store a new version of a plan',
      description:
        'YAML or JSON. A stored version is never edited: the same terms again change nothing, other terms become the next ' +
        'version. The deals it bears on are credited anew. Where the program wants two to agree (`planApproval`), it becomes a ' +
        'proposal (202) that is not in force until another key approves it.',
      tags,
      params,
      query: z.strictObject({
        reason: planReason.optional().meta({ description: 'Why, kept with the version.' }),
        after: z.string().max(100).optional().meta({
          description:
            'The version it follows, such as `standard@2`, or `none`: refused (409) when another is the latest.',
        }),
      }),
      body: documentBody(planDocument),
      responses: { 200: putPlanAnswer, 201: putPlanAnswer, 202: planProposalView },
      handle: async ({ uow, actor, params: { slug }, query: { reason, after }, body }) => {
        const outcome = await deps.putPlan(uow, { actor, slug, plan: body.text, reason, after });
        if (outcome.kind === 'proposed') return { status: 202, body: planProposalOnWire(outcome.proposal) };
        const { kind, version } = outcome;
        const answer = { ...planVersionOnWire(version), outcome: kind };
        return kind === 'created' ? { status: 201, body: answer } : { status: 200, body: answer };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/plans',
      access: 'operator',
      kind: 'read',
      summary: 'Every version of every plan',
      tags,
      responses: { 200: planVersionList },
      handle: async ({ db }) => {
        const versions = await loadPlanVersions(db);
        return { status: 200, body: { items: versions.map(planVersionOnWire), nextCursor: null } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/plans/{slug}',
      access: 'operator',
      kind: 'read',
      summary: 'The versions of one plan',
      tags,
      params,
      responses: { 200: planVersionList },
      handle: async ({ db, params: { slug } }) => {
        const versions = await loadPlanVersions(db, slug);
        if (versions.length === 0) throw new PlanNotFound(slug);
        return { status: 200, body: { items: versions.map(planVersionOnWire), nextCursor: null } };
      },
    }),
  ];
}
