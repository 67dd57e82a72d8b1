import { z } from 'zod';
import { assertDefined } from '../platform/assert.js';
import type { Reader } from '../platform/database.js';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { crmIdsOfDeals, linksOfDeals } from '../sync/crm-link.store.js';
import { changeAfterWinShape, decideChangeBody } from './change-after-win.api.js';
import { changeStatuses } from './change-after-win.js';
import { listChanges, type ChangeAfterWin } from './change-after-win.store.js';
import { findDealStates } from './deal-state.store.js';
import { decideChange } from './decide-change.handler.js';

const tags = ['deals'];
const params = z.strictObject({ id: z.string().max(60) });
const position = z.strictObject({ before: z.string() });

/** What was changed in the CRM about deals that are won, and what rev ops says of it. */
export function changeAfterWinRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/changes-after-win',
      access: 'operator',
      kind: 'read',
      summary: 'What was changed in the CRM about deals after they were won',
      description: 'The newest first; those that wait for a decision unless `status` says otherwise.',
      tags,
      query: z.strictObject({
        ...pageQuery,
        dealId: z.string().max(60).optional(),
        status: z.enum([...changeStatuses, 'all']).default('open'),
      }),
      responses: { 200: pageOf(changeAfterWinShape) },
      handle: async ({ db, query: { limit, cursor, status, dealId } }) => {
        const filter = { dealId, status: status === 'all' ? undefined : status, ...readCursor(cursor, position) };
        const changes = await listChanges(db, filter, limit + 1);
        return { status: 200, body: toPage(changes, limit, ({ id }) => ({ before: id }), await viewer(db, changes)) };
      },
    }),
    ...(['accept', 'restore'] as const).map((verb) =>
      defineRoute({
        method: 'post',
        path: `/api/v1/changes-after-win/{id}/${verb}`,
        access: 'operator',
        right: 'links:decide',
        kind: 'write',
        summary: summaries[verb],
        description: 'Our own registration id is written back where the value before is restored.',
        tags,
        params,
        body: decideChangeBody,
        responses: { 200: changeAfterWinShape },
        handle: async ({ uow, actor, params: { id }, body: { reason, after } }) => {
          const verdict = verb === 'accept' ? ('accepted' as const) : ('restored' as const);
          const change = await decideChange(uow, { id, verdict, actor, reason, after });
          return { status: 200 as const, body: (await viewer(uow.trx, [change]))(change) };
        },
      }),
    ),
  ];
}

const summaries = {
  accept: 'Have crediting follow a change that is held',
  restore: 'Have the value before a change go on counting',
};

async function viewer(db: Reader, changes: readonly ChangeAfterWin[]) {
  const dealIds = [...new Set(changes.map((change) => change.deal_id))];
  const crmIds = await crmIdsOfDeals(db, dealIds);
  const states = await findDealStates(db, dealIds);
  const links = await linksOfDeals(db, dealIds);
  return (change: ChangeAfterWin): z.input<typeof changeAfterWinShape> => ({
    id: change.id,
    status: change.status,
    dealId: change.deal_id,
    ...assertDefined(crmIds.get(change.deal_id), 'a deal of ours is never removed'),
    dealName: states.get(change.deal_id)?.state.name ?? null,
    registrationIds: links.filter((link) => link.deal_id === change.deal_id).map((link) => link.registration_id),
    field: change.field,
    before: change.before_value,
    after: change.after_value,
    changedBy: change.changed_by,
    changedHow: change.changed_how,
    changedAt: change.changed_at?.toISOString() ?? null,
    observedAt: change.observed_at.toISOString(),
    decidedAt: change.decided_at?.toISOString() ?? null,
    decidedBy: change.decided_by,
    reason: change.reason,
  });
}
