import { z } from 'zod';
import { OwnersOnly } from '../access/access-errors.js';
import { endAccess } from '../access/end-access.handler.js';
import { openInvitations } from '../access/invitation.store.js';
import { invitePerson, type SendInvitation } from '../access/invite-person.handler.js';
import { invitationShape, issuedInvitation, newPartnerPerson, personShape } from '../access/people.api.js';
import { invitationOnWire, issuedInvitationOnWire, personOnWire } from '../access/people-wire.js';
import { listPeople } from '../access/person.store.js';
import { maySeePartner } from '../access/visibility.js';
import type { SignedInActor } from '../platform/actor.js';
import type { Reader } from '../platform/database.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { PartnerNotFound } from './partner-errors.js';
import { existingPartner } from './partner.handler.js';
import type { PartnerRow } from './partner.store.js';

const tags = ['People'];
const right = 'partners:manage';
const id = z.string().max(100);
/** Nobody's company has more; they come on one page. */
const mostPeople = 500;

export interface PartnerPeopleDependencies {
  readonly publicUrl: () => string;
  readonly sendInvitation: SendInvitation;
}

/** The people of a partner: its owners, and operators, say who comes in. */
export function partnerPeopleRoutes({ publicUrl, sendInvitation }: PartnerPeopleDependencies): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/partners/{id}/people',
      access: 'any',
      kind: 'read',
      summary: 'List a partner’s people and open invitations',
      tags,
      params: z.object({ id }),
      responses: { 200: z.object({ people: z.array(personShape), invitations: z.array(invitationShape) }) },
      handle: async ({ db, actor, params }) => {
        const partner = await visiblePartner(db, actor, params.id);
        const people = await listPeople(db, { partnerId: partner.id }, mostPeople);
        const invitations = await openInvitations(db, { kind: 'partner', partnerId: partner.id });
        const body = { people: people.map(personOnWire), invitations: invitations.map(invitationOnWire) };
        return { status: 200, body };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/partners/{id}/people',
      access: 'any',
      right,
      kind: 'write',
      summary: 'Invite somebody at a partner',
      description: 'The invitation goes out by mail and holds for fourteen days; an earlier one to the address ends.',
      tags,
      secretReply: true,
      params: z.object({ id }),
      body: newPartnerPerson,
      responses: { 201: issuedInvitation },
      handle: async ({ uow, actor, params, body }) => {
        const partner = await managedPartner(uow.trx, actor, params.id);
        const invite = { actor, ...body, kind: 'partner', partnerId: partner.id } as const;
        const issued = await invitePerson(uow, sendInvitation, invite);
        return { status: 201, body: issuedInvitationOnWire(issued, publicUrl()) };
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/partners/{id}/people/{personId}',
      access: 'any',
      right,
      kind: 'write',
      summary: 'End the access of somebody at a partner',
      tags,
      params: z.object({ id, personId: id }),
      responses: { 200: personShape },
      handle: async ({ uow, actor, params }) => {
        const partner = await managedPartner(uow.trx, actor, params.id);
        const of = { actor, id: params.personId, kind: 'partner', partnerId: partner.id } as const;
        return { status: 200, body: personOnWire(await endAccess(uow, of)) };
      },
    }),
  ];
}

async function visiblePartner(db: Reader, actor: SignedInActor, partnerId: string): Promise<PartnerRow> {
  if (!maySeePartner(actor, partnerId)) throw new PartnerNotFound(partnerId);
  return existingPartner(db, partnerId);
}

/** A partner's own program, which has a key of the partner, may do what its owners may. */
async function managedPartner(db: Reader, actor: SignedInActor, partnerId: string): Promise<PartnerRow> {
  const partner = await visiblePartner(db, actor, partnerId);
  const isMember = actor.kind === 'partner' && actor.person?.role === 'member';
  if (isMember) throw new OwnersOnly();
  return partner;
}
