import { z } from 'zod';
import { maySeePartner, partnerScope } from '../access/visibility.js';
import type { SignedInActor } from '../platform/actor.js';
import type { Reader } from '../platform/database.js';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import {
  disputeDetailShape,
  disputeMessageBody,
  disputeQuery,
  disputeShape,
  newDispute,
  settleBody,
} from './dispute.api.js';
import { DisputeNotFound } from './dispute-errors.js';
import { dueKey, findDispute, listDisputes, messagesOf, type DisputeRow } from './dispute.store.js';
import { settleDispute, withdrawDispute, writeMessage } from './move-dispute.handler.js';
import { openDispute, type TellOfDispute } from './open-dispute.handler.js';

const tags = ['Disputes'];
const right = 'disputes:decide';
const params = z.strictObject({ id: z.string().max(60) });
const position = z.object({ after: z.string() });

/** What partners dispute, and what came of it. */
export function disputeRoutes(tell: TellOfDispute): readonly Route[] {
  return [...lookingRoutes(), ...partnersRoutes(tell), ...answeringRoutes(tell)];
}

function lookingRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/disputes',
      access: 'any',
      kind: 'read',
      summary: 'List disputes',
      tags,
      query: z.strictObject({ ...pageQuery, ...disputeQuery }),
      responses: { 200: pageOf(disputeShape) },
      handle: async ({ db, actor, query }) => {
        const scope = partnerScope(actor, query.partnerId);
        if (scope.kind === 'none') return { status: 200, body: { items: [], nextCursor: null } };
        const partnerId = scope.kind === 'one' ? scope.partnerId : undefined;
        const filter = { ...query, partnerId, ...readCursor(query.cursor, position) };
        const rows = await listDisputes(db, filter, query.limit + 1);
        return { status: 200, body: toPage(rows, query.limit, (row) => ({ after: dueKey(row) }), onWire) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/disputes/{id}',
      access: 'any',
      kind: 'read',
      summary: 'One dispute with what was written',
      tags,
      params,
      responses: { 200: disputeDetailShape },
      handle: async ({ db, actor, params: { id } }) => {
        const row = await findDispute(db, id);
        if (row === undefined || !maySeePartner(actor, row.partner_id)) throw new DisputeNotFound(id);
        return { status: 200, body: await detailOnWire(db, actor, row) };
      },
    }),
  ];
}

function partnersRoutes(tell: TellOfDispute): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/disputes',
      access: 'partner',
      right,
      kind: 'write',
      summary: 'Dispute a commission line, or a missing credit',
      tags,
      body: newDispute,
      responses: { 201: disputeShape },
      handle: async ({ uow, actor, body }) => ({
        status: 201,
        body: onWire(await openDispute(uow, tell, actor, body)),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/disputes/{id}/withdraw',
      access: 'partner',
      right,
      kind: 'write',
      summary: 'Withdraw a dispute',
      tags,
      params,
      responses: { 200: disputeDetailShape },
      handle: async ({ uow, actor, params: { id } }) => {
        const row = await withdrawDispute(uow, tell, { actor, id });
        return { status: 200, body: await detailOnWire(uow.trx, actor, row) };
      },
    }),
  ];
}

function answeringRoutes(tell: TellOfDispute): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/disputes/{id}/messages',
      access: 'any',
      right,
      kind: 'write',
      summary: 'Write to the other side of a dispute',
      description: 'An operator’s message stops the clock, a partner’s starts it again.',
      tags,
      params,
      body: disputeMessageBody,
      responses: { 201: disputeDetailShape },
      handle: async ({ uow, actor, params: { id }, body: { text } }) => {
        const row = await writeMessage(uow, tell, { actor, id, text });
        return { status: 201, body: await detailOnWire(uow.trx, actor, row) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/disputes/{id}/settle',
      access: 'operator',
      right,
      kind: 'write',
      summary: 'Uphold or decline a dispute',
      description: 'It books nothing by itself: `decisionId` points to the decision that puts the commission right.',
      tags,
      params,
      body: settleBody,
      responses: { 200: disputeDetailShape },
      handle: async ({ uow, actor, params: { id }, body }) => {
        const row = await settleDispute(uow, tell, { actor, id, body });
        return { status: 200, body: await detailOnWire(uow.trx, actor, row) };
      },
    }),
  ];
}

function onWire(row: DisputeRow): z.input<typeof disputeShape> {
  return {
    id: row.id,
    partnerId: row.partner_id,
    lineId: row.line_id,
    registrationId: row.registration_id,
    deal: row.deal_named,
    reason: row.reason,
    links: row.links,
    status: row.status,
    openedAt: row.opened_at.toISOString(),
    dueOn: row.due_on,
    settledAt: row.settled_at?.toISOString() ?? null,
    outcome: row.outcome,
    decisionId: row.decision_id,
  };
}

async function detailOnWire(
  db: Reader,
  actor: SignedInActor,
  row: DisputeRow,
): Promise<z.input<typeof disputeDetailShape>> {
  const isOperator = actor.kind === 'operator';
  const messages = (await messagesOf(db, row.id)).map(({ id, side, author, text, at }) => ({
    ...{ id, side, text, at: at.toISOString() },
    author: isOperator || side === 'partner' ? author : null,
  }));
  const settledBy = isOperator || row.status === 'withdrawn' ? row.settled_by : null;
  return { ...onWire(row), settledBy, messages };
}
