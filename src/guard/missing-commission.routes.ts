import { z } from 'zod';
import { assertDefined } from '../platform/assert.js';
import type { Reader } from '../platform/database.js';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { crmIdsOfDeals } from '../sync/crm-link.store.js';
import { dismissMissing, linkMissing } from './decide-missing.handler.js';
import { missingStatuses } from './missing-commission-status.js';
import { sentencesOfMissing } from './missing-commission-words.js';
import { dismissMissingBody, linkMissingBody, missingCommissionShape } from './missing-commission.api.js';
import { listMissing, type MissingCommission } from './missing-commission.store.js';

const tags = ['registrations'];
const params = z.strictObject({ id: z.string().max(60) });
const position = z.strictObject({ likelihood: z.string().regex(/^\d{1,3}$/), id: z.string() });

/** Won deals that look introduced and nobody is credited for, and what rev ops says of them. */
export function missingCommissionRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/missing-commissions',
      access: 'operator',
      kind: 'read',
      summary: 'Won deals that look introduced and carry no credit',
      description: 'Open ones unless `status` says otherwise, the likeliest first.',
      tags,
      query: z.strictObject({ ...pageQuery, status: z.enum([...missingStatuses, 'all']).default('open') }),
      responses: { 200: pageOf(missingCommissionShape) },
      handle: async ({ db, query: { limit, cursor, status } }) => {
        const after = readCursor(cursor, position);
        const filter = {
          status: status === 'all' ? undefined : status,
          after: after && { id: after.id, likelihood: Number(after.likelihood) },
        };
        const found = await listMissing(db, filter, limit + 1);
        return { status: 200, body: toPage(found, limit, positionOf, await viewer(db, found)) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/missing-commissions/{id}/link',
      access: 'operator',
      right: 'links:decide',
      kind: 'write',
      summary: 'Give the registration the won deal, and credit it',
      description:
        'Where protection had run out before the win, it is honoured until then. The deal is credited as after any link.',
      tags,
      params,
      body: linkMissingBody,
      responses: { 200: missingCommissionShape },
      handle: async ({ uow, actor, params: { id }, body }) => {
        const missing = await linkMissing(uow, { id, actor, reason: body.reason ?? null });
        return { status: 200, body: (await viewer(uow.trx, [missing]))(missing) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/missing-commissions/{id}/dismiss',
      access: 'operator',
      right: 'links:decide',
      kind: 'write',
      summary: 'Say that nobody is owed anything for the won deal',
      description: 'It is shown again only with other evidence.',
      tags,
      params,
      body: dismissMissingBody,
      responses: { 200: missingCommissionShape },
      handle: async ({ uow, actor, params: { id }, body }) => {
        const missing = await dismissMissing(uow, { id, actor, reason: body.reason });
        return { status: 200, body: (await viewer(uow.trx, [missing]))(missing) };
      },
    }),
  ];
}

function positionOf({ likelihood, id }: MissingCommission) {
  return { likelihood: String(likelihood), id };
}

async function viewer(db: Reader, found: readonly MissingCommission[]) {
  const crmIds = await crmIdsOfDeals(
    db,
    found.map((missing) => missing.deal_id),
  );
  return (missing: MissingCommission): z.input<typeof missingCommissionShape> => ({
    id: missing.id,
    status: missing.status,
    registrationId: missing.registration_id,
    dealId: missing.deal_id,
    ...assertDefined(crmIds.get(missing.deal_id), 'a deal that was found is one of ours'),
    deal: missing.deal,
    likelihood: missing.likelihood,
    evidence: missing.evidence,
    sentences: [...sentencesOfMissing(missing.evidence)],
    foundAt: missing.found_at.toISOString(),
    decidedAt: missing.decided_at?.toISOString() ?? null,
    decidedBy: missing.decided_by,
    reason: missing.reason,
  });
}
