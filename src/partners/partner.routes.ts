import { z } from 'zod';
import { maySeePartner } from '../access/visibility.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { PartnerNotFound } from './partner-errors.js';
import { newPartner, partner, partnerChange } from './partner.api.js';
import { changePartner, createPartner, existingPartner } from './partner.handler.js';
import { listPartners, type PartnerRow } from './partner.store.js';

const tags = ['Partners'];
const params = z.object({ id: z.string().max(100) });
const position = z.object({ afterId: z.string() });

export interface PartnerRoutesDependencies {
  /** Where partners reach the service, without trailing slash; asked for late, as the port may be any free one. */
  readonly publicUrl: () => string;
  /** Told in the same unit of work, so that what waited for a partner to be active is looked at again. */
  readonly changed: (uow: UnitOfWork) => Promise<void>;
}

type OnWire = (row: PartnerRow) => z.input<typeof partner>;

export function partnerRoutes(deps: PartnerRoutesDependencies): readonly Route[] {
  const onWire: OnWire = (row) => partnerOnWire(row, deps.publicUrl());
  return [...allPartnersRoutes(onWire), ...onePartnerRoutes(deps, onWire)];
}

function allPartnersRoutes(onWire: OnWire): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/partners',
      access: 'operator',
      kind: 'write',
      summary: 'Create a partner',
      tags,
      body: newPartner,
      responses: { 201: partner },
      handle: async ({ uow, actor, body }) => {
        const created = await createPartner(uow, actor, body);
        return { status: 201, headers: { Location: `/api/v1/partners/${created.id}` }, body: onWire(created) };
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
      handle: async ({ db, query }) => {
        const filter = { ...query, ...readCursor(query.cursor, position) };
        const rows = await listPartners(db, filter, query.limit + 1);
        return { status: 200, body: toPage(rows, query.limit, (row) => ({ afterId: row.id }), onWire) };
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
      handle: async ({ db, actor }) => ({ status: 200, body: onWire(await existingPartner(db, actor.partnerId)) }),
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
      handle: async ({ db, actor, params: { id } }) => {
        if (!maySeePartner(actor, id)) throw new PartnerNotFound(id);
        return { status: 200, body: onWire(await existingPartner(db, id)) };
      },
    }),
    defineRoute({
      method: 'patch',
      path: '/api/v1/partners/{id}',
      access: 'operator',
      kind: 'write',
      summary: 'Change a partner',
      description: 'Fields that are left out keep their value. An inactive partner registers nothing new.',
      tags,
      params,
      body: partnerChange,
      responses: { 200: partner },
      handle: async ({ uow, actor, params: { id }, body }) => {
        const partner = await changePartner(uow, actor, id, body);
        await deps.changed(uow);
        return { status: 200, body: onWire(partner) };
      },
    }),
  ];
}

function partnerOnWire(row: PartnerRow, publicUrl: string): z.input<typeof partner> {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    type: row.type,
    recruitedBy: row.recruited_by,
    payoutCurrency: row.payout_currency,
    status: row.status,
    personalUrl: `${publicUrl}/r/${row.personal_token}`,
    createdAt: row.created_at.toISOString(),
  };
}
