import { z } from 'zod';
import { defineRoute, documentBody, type Route } from '../platform/http/route.js';
import { checkPlan, type PlanCheck } from './check-plan.js';
import { planCheckView, type PlanCheckView } from './plan-check.api.js';
import { planDocument } from './plan-document.js';
import { loadPlanVersions } from './plan.store.js';

/** Checking a plan while it is written. */
export function planCheckRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/plans/{slug}/check',
      access: 'operator',
      kind: 'read',
      summary: 'Whether a plan could be stored, and what it promises',
      description:
        'Takes the same body as storing it and writes nothing. What is wrong comes as `faults`, each with its field and line, ' +
        'in an answer like any other: an editor asks for it after each pause.',
      tags: ['Plans'],
      params: z.strictObject({ slug: z.string().max(100) }),
      body: documentBody(planDocument),
      responses: { 200: planCheckView },
      handle: async ({ db, params: { slug }, body }) => {
        const check = checkPlan(await loadPlanVersions(db), slug, body.text);
        return { status: 200, body: planCheckOnWire(check) };
      },
    }),
  ];
}

function planCheckOnWire(check: PlanCheck): PlanCheckView {
  if (check.outcome === 'refused') {
    const faults = check.faults.map(({ field, line, expected, message }) => ({ field, line, expected, message }));
    return { outcome: 'refused', version: null, effectiveFrom: null, sentences: [], faults };
  }
  const { outcome, version, plan, sentences } = check;
  return { outcome, version, effectiveFrom: plan.effectiveFrom, sentences: [...sentences], faults: [] };
}
