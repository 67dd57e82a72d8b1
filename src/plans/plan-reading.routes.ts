import { z } from 'zod';
import { maySeePartner } from '../access/visibility.js';
import { PartnerNotFound } from '../partners/partner-errors.js';
import { findPartner } from '../partners/partner.store.js';
import { termsOn } from '../partners/partner-terms.js';
import { partnerTerms } from '../partners/partner-terms.store.js';
import type { Clock } from '../platform/clock.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { dayIn } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { describePlan } from './describe-plan.js';
import { fieldsLookedAt } from './fields-looked-at.js';
import { planSchema } from './plan-schema.js';
import { partnerPlan } from './plan.api.js';
import { loadPlanVersions } from './plan.store.js';
import { versionForPartner } from './plan-versions.js';
import { versionName } from './plan.js';

const tags = ['Plans'];

/** What plans promise, in words, and what a plan may say. */
export function planReadingRoutes({ clock }: { readonly clock: Clock }): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/plan-schema',
      access: 'any',
      kind: 'read',
      summary: 'The JSON Schema of a plan',
      tags,
      responses: { 200: z.record(z.string(), z.unknown()) },
      handle: () => Promise.resolve({ status: 200 as const, body: planSchema() }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/partners/{id}/plan',
      access: 'any',
      kind: 'read',
      summary: 'What the plan in force today promises a partner',
      tags,
      params: z.object({ id: z.string().max(100) }),
      responses: { 200: partnerPlan },
      handle: async ({ db, actor, params: { id } }) => {
        if (!maySeePartner(actor, id) || (await findPartner(db, id)) === undefined) throw new PartnerNotFound(id);
        const { settings } = await loadProgram(db);
        const today = dayIn(clock.now(), settings.timeZone);
        const terms = termsOn((await partnerTerms(db, [id])).get(id) ?? [], today);
        const partner = { partnerId: id, tier: terms?.tier ?? null };
        const version = versionForPartner(await loadPlanVersions(db), partner, today);
        const sentences = version === null ? [] : [...describePlan(version.plan, actor.kind)];
        const fields = [...new Set(version?.plan.rules.flatMap(fieldsLookedAt) ?? [])].sort();
        return {
          status: 200,
          body: { version: version === null ? null : versionName(version), day: today, sentences, fields },
        };
      },
    }),
  ];
}
