import { z } from 'zod';
import { assertDefined } from '../platform/assert.js';
import type { Reader } from '../platform/database.js';
import { pageOf } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { RegistrationNotFound } from '../registration/registration-errors.js';
import { findRegistration } from '../registration/registration.store.js';
import { crmIdsOfDeals } from '../sync/crm-link.store.js';
import { movesOf, type LinkMoveRow } from './link-move.store.js';
import { linkMoveShape, relinkBody, unlinkBody, type LinkMoveView } from './relink.api.js';
import { createRelink, type DealAt } from './relink.handler.js';
import { unlink } from './unlink.handler.js';

const tags = ['registrations'];
const params = z.strictObject({ id: z.string().max(60) });
/** A link that moved more often than that tells no more by it. */
const mostMoves = 100;

/** Which deal of the CRM is a registration's, as a person says, and which it was before. */
export function relinkRoutes(dealAt: DealAt): readonly Route[] {
  const relink = createRelink(dealAt);
  const answer = async (db: Reader, id: string) => ({
    status: 200 as const,
    body: { items: await shownMoves(db, await movesOf(db, id, mostMoves)), nextCursor: null },
  });
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/registrations/{id}/link-moves',
      access: 'operator',
      kind: 'read',
      summary: 'Which deals a registration was given, the last one first',
      tags,
      params,
      responses: { 200: pageOf(linkMoveShape) },
      handle: async ({ db, params: { id } }) => {
        if ((await findRegistration(db, id)) === undefined) throw new RegistrationNotFound(id);
        return answer(db, id);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/registrations/{id}/link-moves',
      access: 'operator',
      right: 'links:decide',
      kind: 'write',
      summary: 'Give a registration the deal at an address of the CRM',
      description:
        'The registration follows this deal from now on, and both deals are credited anew. Whether the deal is there is seen ' +
        'when it is read, within seconds; the registration says so under `crm.presence`.',
      tags,
      params,
      body: relinkBody,
      responses: { 200: pageOf(linkMoveShape) },
      handle: async ({ uow, actor, params: { id }, body }) => {
        await relink(uow, { registrationId: id, actor, ...body });
        return answer(uow.trx, id);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/registrations/{id}/unlink',
      access: 'operator',
      right: 'links:decide',
      kind: 'write',
      summary: 'Take a registration off its deal',
      description:
        'What was credited for it is reversed or clawed back. The registration stands as it did, and can be given a deal again.',
      tags,
      params,
      body: unlinkBody,
      responses: { 200: pageOf(linkMoveShape) },
      handle: async ({ uow, actor, params: { id }, body }) => {
        await unlink(uow, { registrationId: id, actor, ...body });
        return answer(uow.trx, id);
      },
    }),
  ];
}

async function shownMoves(db: Reader, moves: readonly LinkMoveRow[]): Promise<readonly LinkMoveView[]> {
  const ids = moves.flatMap((move) => [move.to_deal_id, move.from_deal_id]).filter((id) => id !== null);
  const crmIds = await crmIdsOfDeals(db, ids);
  const named = (dealId: string) => {
    const { crmDealId } = assertDefined(crmIds.get(dealId), 'a deal of ours is never removed');
    return { dealId, crmDealId };
  };
  return moves.map((move) => ({
    id: move.id,
    at: move.at.toISOString(),
    by: move.moved_by,
    reason: move.reason,
    from: move.from_deal_id === null ? null : named(move.from_deal_id),
    to: move.to_deal_id === null ? null : named(move.to_deal_id),
    proposalId: move.proposal_id,
  }));
}
