import { z } from 'zod';
import { maySeePartner } from '../access/visibility.js';
import { assertDefined } from '../platform/assert.js';
import type { Reader } from '../platform/database.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { dayOf } from './agreement.handler.js';
import { PartnerNotFound } from './partner-errors.js';
import { newPartner, partner, partnerChange, partnerTermsShape } from './partner.api.js';
import {
  changePartner,
  createPartner,
  existingPartner,
  standingPartners,
  type StandingPartner,
} from './partner.handler.js';
import { listPartners } from './partner.store.js';
import { termsHistory, type RecordedTerms } from './partner-terms.store.js';

const tags = ['Partners'];
const params = z.object({ id: z.string().max(100) });
const position = z.object({ afterId: z.string() });

export interface PartnerRoutesDependencies {
  /** Where partners reach the service, without trailing slash; asked for late, as the port may be any free one. */
  readonly publicUrl: () => string;
  /** Told in the same unit of work, so that what waited for a partner to be active is looked at again. */
  readonly changed: (uow: UnitOfWork) => Promise<void>;
  /** Has the deals of partners looked at again, in this unit of work: other terms hold for them. */
  readonly recreditPartners: (uow: UnitOfWork, partnerIds: readonly string[]) => Promise<void>;
}

type OnWire = (standing: StandingPartner) => z.input<typeof partner>;

export function partnerRoutes(deps: PartnerRoutesDependencies): readonly Route[] {
  const onWire: OnWire = (standing) => partnerOnWire(standing, deps.publicUrl());
  return [...allPartnersRoutes(onWire), ...onePartnerRoutes(deps, onWire)];
}

function allPartnersRoutes(onWire: OnWire): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/partners',
      access: 'operator',
      right: 'partners:manage',
      kind: 'write',
      summary: 'Create a partner',
      tags,
      body: newPartner,
      responses: { 201: partner },
      handle: async ({ uow, actor, body }) => {
        const created = await createPartner(uow, actor, body);
        return { status: 201, headers: { Location: `/api/v1/partners/${created.row.id}` }, body: onWire(created) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/partners',
      access: 'operator',
      kind: 'read',
      summary: 'List partners',
      tags,
      query: z.strictObject({
        ...pageQuery,
        status: z.enum(['active', 'inactive']).optional(),
        email: z.string().max(254).optional(),
      }),
      responses: { 200: pageOf(partner) },
      handle: async ({ db, now, query }) => {
        const filter = { ...query, ...readCursor(query.cursor, position) };
        const partners = await standingPartners(db, await listPartners(db, filter, query.limit + 1), now);
        return { status: 200, body: toPage(partners, query.limit, ({ row }) => ({ afterId: row.id }), onWire) };
      },
    }),
  ];
}

function onePartnerRoutes(deps: PartnerRoutesDependencies, onWire: OnWire): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/partners/me',
      access: 'partner',
      kind: 'read',
      summary: 'The partner whose key this is',
      tags,
      responses: { 200: partner },
      handle: async ({ db, now, actor }) => ({ status: 200, body: onWire(await standing(db, now, actor.partnerId)) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/partners/{id}',
      access: 'any',
      kind: 'read',
      summary: 'One partner',
      tags,
      params,
      responses: { 200: partner },
      handle: async ({ db, now, actor, params: { id } }) => {
        if (!maySeePartner(actor, id)) throw new PartnerNotFound(id);
        return { status: 200, body: onWire(await standing(db, now, id)) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/partners/{id}/terms',
      access: 'any',
      kind: 'read',
      summary: 'A partner’s type, tier and tags over time, newest first',
      tags,
      params,
      responses: { 200: z.object({ items: z.array(partnerTermsShape) }) },
      handle: async ({ db, now, actor, params: { id } }) => {
        if (!maySeePartner(actor, id)) throw new PartnerNotFound(id);
        await existingPartner(db, id);
        const isOperator = actor.kind === 'operator';
        const today = await dayOf(db, now);
        // What is yet to come is the vendor's affair until it has come.
        const terms = (await termsHistory(db, id)).filter(({ since }) => isOperator || since <= today);
        return { status: 200, body: { items: terms.map((one) => termsOnWire(one, isOperator)) } };
      },
    }),
    defineRoute({
      method: 'patch',
      path: '/api/v1/partners/{id}',
      access: 'operator',
      right: 'partners:manage',
      kind: 'write',
      summary: 'Change a partner',
      description:
        'Fields that are left out keep their value. An inactive partner registers nothing new. Type, tier and tags hold from ' +
        '`since` until the next day for which others were given.',
      tags,
      params,
      body: partnerChange,
      responses: { 200: partner },
      handle: async ({ uow, actor, params: { id }, body }) => {
        const changed = await changePartner(uow, actor, id, body);
        await deps.changed(uow);
        if (changed.concernsPlans) await deps.recreditPartners(uow, [id]);
        return { status: 200, body: onWire(changed) };
      },
    }),
  ];
}

/** @throws PartnerNotFound */
async function standing(db: Reader, now: Date, id: string): Promise<StandingPartner> {
  const [partner] = await standingPartners(db, [await existingPartner(db, id)], now);
  return assertDefined(partner, 'one standing partner for each row');
}

function termsOnWire(terms: RecordedTerms, isOperator: boolean): z.input<typeof partnerTermsShape> {
  const { since, type, tier, tags: words, recordedAt } = terms;
  const [reason, recordedBy] = isOperator ? [terms.reason, terms.recordedBy] : [null, null];
  return { since, type, tier, tags: words, reason, recordedAt: recordedAt.toISOString(), recordedBy };
}

function partnerOnWire({ row, terms }: StandingPartner, publicUrl: string): z.input<typeof partner> {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    type: terms.type,
    tier: terms.tier,
    tags: terms.tags,
    recruitedBy: row.recruited_by,
    payoutCurrency: row.payout_currency,
    status: row.status,
    personalUrl: `${publicUrl}/r/${row.personal_token}`,
    createdAt: row.created_at.toISOString(),
  };
}
