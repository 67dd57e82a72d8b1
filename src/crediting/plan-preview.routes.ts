import { z } from 'zod';
import { defineRoute, documentBody, type Route } from '../platform/http/route.js';
import { planDocument } from '../plans/plan-document.js';
import { firstDayOf, lastDayOf } from '../program/calendar.js';
import { planPreviewQuery, planPreviewView } from './plan-preview.api.js';
import { planPreviewOnWire } from './plan-preview-wire.js';
import type { PreviewDays, PreviewPlanNow } from './preview-plan.handler.js';

/** Trying a plan on the deals that were really won. */
export function planPreviewRoutes(deps: { readonly previewPlan: PreviewPlanNow }): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/plans/{slug}/preview',
      access: 'operator',
      kind: 'read',
      summary: 'What storing a plan would change',
      description:
        'Takes the same body as storing it and writes nothing. The plan is judged as if it were stored, and run on the deals ' +
        'that were won on the days of the query: the answer says, per currency, partner and deal, what is booked, what would ' +
        'be, and the difference. Deals won on other days are not counted, though a plan may bear on them too.',
      tags: ['Plans'],
      params: z.strictObject({ slug: z.string().max(100) }),
      query: planPreviewQuery,
      body: documentBody(planDocument),
      responses: { 200: planPreviewView },
      handle: async ({ db, now, params: { slug }, query, body }) => {
        const request = { slug, plan: body.text, days: daysOf(query), keep: query.deals };
        return { status: 200, body: planPreviewOnWire(await deps.previewPlan(db, now, request)) };
      },
    }),
  ];
}

function daysOf({ period, from, to }: z.output<typeof planPreviewQuery>): PreviewDays | null {
  if (period !== undefined) return { from: firstDayOf(period), to: lastDayOf(period) };
  return from === undefined || to === undefined ? null : { from, to };
}
