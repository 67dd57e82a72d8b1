import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/route.js';
import { isLine, lineWords } from '../platform/http/plain-text.js';
import type { DecisionDependencies } from './decision.handler.js';
import { RegistrationNotFound } from './registration-errors.js';
import { findRegistration } from './registration.store.js';
import { sharesOfRegistrations } from './registration-share.store.js';
import { shareRegistration } from './share-registration.handler.js';

const tags = ['Registrations'];
const path = '/api/v1/registrations/{id}/shares';
const params = z.object({ id: z.string().max(100) });
const mostPartners = 20;

const share = z.strictObject({
  partnerId: z.string().min(1).max(60),
  percent: z.string().max(40).meta({ description: 'Decimal text; together they come to 100.', example: '60' }),
});
const newShares = z
  .strictObject({
    shares: z.array(share).max(mostPartners).meta({ description: "Empty: it is all the registration's partner's." }),
    reason: z.string().trim().min(1).max(500).refine(isLine, { error: lineWords }),
  })
  .meta({ id: 'NewShares' });
const sharesShape = z.object({ registrationId: z.string(), shares: z.array(share) }).meta({ id: 'Shares' });

/** Between whom the commission of a registration is divided. */
export function registrationShareRoutes(deps: Pick<DecisionDependencies, 'dealConcerned'>): readonly Route[] {
  return [
    defineRoute({
      method: 'put',
      path,
      access: 'operator',
      right: 'registrations:decide',
      kind: 'write',
      summary: 'Divide the commission of a registration between partners',
      description: 'The registration’s own partner is among them. What is booked is put right by new lines.',
      tags,
      params,
      body: newShares,
      responses: { 200: sharesShape },
      handle: async ({ uow, actor, params: { id }, body }) => {
        const shares = await shareRegistration(uow, deps, actor, id, body);
        return { status: 200, body: { registrationId: id, shares: [...shares] } };
      },
    }),
    defineRoute({
      method: 'get',
      path,
      access: 'operator',
      kind: 'read',
      summary: 'Between whom the commission of a registration is divided',
      tags,
      params,
      responses: { 200: sharesShape },
      handle: async ({ db, params: { id } }) => {
        if ((await findRegistration(db, id)) === undefined) throw new RegistrationNotFound(id);
        const shares = (await sharesOfRegistrations(db, [id])).get(id) ?? [];
        return { status: 200, body: { registrationId: id, shares: [...shares] } };
      },
    }),
  ];
}
