import { z } from 'zod';
import type { OperatorActor } from '../platform/actor.js';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { InvitationUnknown, RightsNotHeld } from './access-errors.js';
import { changeRole, endAccess } from './end-access.handler.js';
import { findOpenInvitation, openInvitations } from './invitation.store.js';
import {
  acceptInvitation,
  hashOfToken,
  invitePerson,
  passwordHash,
  type SendInvitation,
} from './invite-person.handler.js';
import {
  acceptedInvitation,
  changedOperator,
  invitationShape,
  issuedInvitation,
  newOperator,
  offeredInvitation,
  personShape,
} from './people.api.js';
import { invitationOnWire, issuedInvitationOnWire, personOnWire } from './people-wire.js';
import { listPeople } from './person.store.js';
import { grantOf, operatorRoles, type OperatorRole } from './rights.js';

const tags = ['People'];
const right = 'people:manage';
const id = z.string().max(100);
const token = z.string().max(100);
const position = z.object({ afterId: z.string() });

export interface PeopleDependencies {
  readonly publicUrl: () => string;
  readonly sendInvitation: SendInvitation;
}

/** The vendor's own people: who is in, who is asked in, and the way in. */
export function peopleRoutes(deps: PeopleDependencies): readonly Route[] {
  return [...operatorRoutes(), ...invitingRoutes(deps), ...invitationRoutes()];
}

function operatorRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/people',
      access: 'operator',
      kind: 'read',
      summary: 'List the people who sign in as operators, those whose access has ended too',
      tags,
      query: z.strictObject(pageQuery),
      responses: { 200: pageOf(personShape) },
      handle: async ({ db, query }) => {
        const filter = { kind: 'operator' as const, ...readCursor(query.cursor, position) };
        const rows = await listPeople(db, filter, query.limit + 1);
        return { status: 200, body: toPage(rows, query.limit, (row) => ({ afterId: row.id }), personOnWire) };
      },
    }),
    defineRoute({
      method: 'patch',
      path: '/api/v1/people/{id}',
      access: 'operator',
      right,
      kind: 'write',
      summary: 'Give an operator another role',
      tags,
      params: z.object({ id }),
      body: changedOperator,
      responses: { 200: personShape },
      handle: async ({ uow, actor, params, body }) => {
        refuseMoreThanOwn(actor, body.role);
        const person = await changeRole(uow, { actor, id: params.id, kind: 'operator', role: body.role });
        return { status: 200, body: personOnWire(person) };
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/people/{id}',
      access: 'operator',
      right,
      kind: 'write',
      summary: 'End an operator’s access',
      description: 'At once: every session ends, and nothing lets the person in any more.',
      tags,
      params: z.object({ id }),
      responses: { 200: personShape },
      handle: async ({ uow, actor, params }) => {
        const person = await endAccess(uow, { actor, id: params.id, kind: 'operator' });
        return { status: 200, body: personOnWire(person) };
      },
    }),
  ];
}

function invitingRoutes({ publicUrl, sendInvitation }: PeopleDependencies): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/people',
      access: 'operator',
      right,
      kind: 'write',
      summary: 'Invite an operator',
      description: 'The invitation goes out by mail and holds for fourteen days; an earlier one to the address ends.',
      tags,
      secretReply: true,
      body: newOperator,
      responses: { 201: issuedInvitation },
      handle: async ({ uow, actor, body }) => {
        refuseMoreThanOwn(actor, body.role);
        const invite = { actor, ...body, kind: 'operator', partnerId: null } as const;
        const issued = await invitePerson(uow, sendInvitation, invite);
        return { status: 201, body: issuedInvitationOnWire(issued, publicUrl()) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/invitations',
      access: 'operator',
      kind: 'read',
      summary: 'List operators’ invitations that nobody has accepted yet',
      tags,
      responses: { 200: z.object({ items: z.array(invitationShape) }) },
      handle: async ({ db }) => {
        const rows = await openInvitations(db, { kind: 'operator' });
        return { status: 200, body: { items: rows.map(invitationOnWire) } };
      },
    }),
  ];
}

/** Nobody lets somebody in with rights they lack themselves. @throws RightsNotHeld */
function refuseMoreThanOwn(actor: OperatorActor, role: OperatorRole): void {
  const grant = grantOf(actor, operatorRoles[role]);
  if (grant.kind === 'refused') throw new RightsNotHeld(grant.lacking);
}

function invitationRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/invitations/{token}',
      access: 'public',
      kind: 'read',
      summary: 'Whom an invitation is for',
      tags,
      params: z.object({ token }),
      responses: { 200: offeredInvitation },
      handle: async ({ db, now, params }) => {
        const row = await findOpenInvitation(db, hashOfToken(params.token));
        if (row === undefined || row.expires_at <= now) throw new InvitationUnknown();
        return { status: 200, body: { name: row.name, email: row.email, kind: row.kind, role: row.role } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/invitations/{token}/accept',
      access: 'public',
      kind: 'write',
      summary: 'Accept an invitation',
      description: 'From now on the person signs in with the address it was sent to and the password chosen here.',
      tags,
      params: z.object({ token }),
      body: acceptedInvitation,
      responses: { 201: personShape },
      handle: async ({ uow, params, body }) => {
        const hash = await passwordHash(body.password);
        const person = await acceptInvitation(uow, { token: params.token, name: body.name, passwordHash: hash });
        return { status: 201, body: personOnWire(person) };
      },
    }),
  ];
}
