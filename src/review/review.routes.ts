import { z } from 'zod';
import { pageOf } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { loadProgram } from '../program/program.store.js';
import { ageingByOwner } from './ageing.js';
import { assignReview } from './assign-review.handler.js';
import { ageingShape, assignBody, assignedShape } from './review.api.js';
import { assigneeView } from './review-view.js';
import { waitingForAnswer } from '../registration/review.store.js';

const tags = ['reviews'];

/** Who answers registrations, and how long they have waited; the queue itself is the desk's. */
export function reviewRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/registrations/{id}/assign',
      access: 'operator',
      right: 'registrations:decide',
      summary: 'Say who answers a registration',
      description:
        'To yourself unless said. What somebody else has already is refused unless you say whom you take it from.',
      tags,
      params: z.strictObject({ id: z.string().max(60) }),
      body: assignBody,
      responses: { 200: assignedShape },
      kind: 'write',
      handle: async ({ uow, actor, params: { id }, body }) => {
        const assignment = await assignReview(uow, { id, actor, ...body });
        return { status: 200, body: { assignee: assigneeView(assignment) } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/reviews/ageing',
      access: 'operator',
      summary: 'How long registrations have waited, by who answers them',
      tags,
      responses: { 200: pageOf(ageingShape) },
      kind: 'read',
      handle: async ({ db, now }) => {
        const { settings } = await loadProgram(db);
        const owners = ageingByOwner(await waitingForAnswer(db), settings, now);
        const items = owners.map((owner) => ({ ...owner, oldest: owner.oldest.toISOString() }));
        return { status: 200, body: { items, nextCursor: null } };
      },
    }),
  ];
}
