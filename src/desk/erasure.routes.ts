import { z } from 'zod';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { normaliseEmail } from '../registration/matching.js';
import { erasureShape, personBody, personExportShape } from './erasure.api.js';
import { ErasureNotFound } from './erasure-errors.js';
import { findErasure, listErasures, type ErasureRow } from './erasure.store.js';
import type { ErasePerson } from './erase-person.handler.js';
import type { ExportPerson } from './export-person.handler.js';

const tags = ['Privacy'];
const right = 'contacts:erase';
const position = z.object({ before: z.string() });

/** What a person may ask for about themselves: to be told what is held, and to be erased. */
export function erasureRoutes(deps: Deps): readonly Route[] {
  return [...erasing(deps), ...certificates(), exporting(deps)];
}

interface Deps {
  readonly erase: ErasePerson;
  readonly exportPerson: ExportPerson;
}

function erasing(deps: Pick<Deps, 'erase'>): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/erasures',
      access: 'operator',
      right,
      kind: 'write',
      summary: 'Erase a contact everywhere, by address',
      description:
        'Amounts, ids and the book stay. Claims that still stand end, unless their deal is in the CRM. Asked again, it answers 200 with the first certificate.',
      tags,
      body: personBody,
      responses: { 200: erasureShape, 201: erasureShape },
      handle: async ({ uow, actor, body: { email } }) => {
        const { erasure, isNew } = await deps.erase(uow, { email, actor, cause: 'request' });
        return { status: isNew ? 201 : 200, body: onWire(erasure) };
      },
    }),
  ];
}

function certificates(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/erasures',
      access: 'operator',
      kind: 'read',
      summary: 'List erasures, newest first',
      tags,
      query: z.strictObject(pageQuery),
      responses: { 200: pageOf(erasureShape) },
      handle: async ({ db, query }) => {
        const rows = await listErasures(db, readCursor(query.cursor, position)?.before, query.limit + 1);
        return { status: 200, body: toPage(rows, query.limit, ({ id }) => ({ before: id }), onWire) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/erasures/{id}',
      access: 'operator',
      kind: 'read',
      summary: 'One erasure with its signed certificate',
      tags,
      params: z.strictObject({ id: z.string().max(60) }),
      responses: { 200: erasureShape },
      handle: async ({ db, params: { id } }) => {
        const row = await findErasure(db, id);
        if (row === undefined) throw new ErasureNotFound(id);
        return { status: 200, body: onWire(row) };
      },
    }),
  ];
}

function exporting(deps: Pick<Deps, 'exportPerson'>): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/person-exports',
    access: 'operator',
    right,
    kind: 'write',
    summary: 'Everything held about a person, by address',
    tags,
    body: personBody,
    responses: { 200: personExportShape },
    secretReply: true,
    handle: async ({ uow, actor, body: { email } }) => {
      const held = await deps.exportPerson(uow, { email, actor });
      const onWireHeld = held.map(({ table, records }) => ({ table, records: records as z.core.util.JSONType[] }));
      return {
        status: 200,
        body: { email: normaliseEmail(email), exportedAt: uow.now.toISOString(), held: onWireHeld },
      };
    },
  });
}

function onWire(row: ErasureRow): z.input<typeof erasureShape> {
  return {
    id: row.id,
    erasedAt: row.requested_at.toISOString(),
    cause: row.cause,
    requestedBy: row.requested_by_name,
    erased: row.erased,
    certificate: row.certificate,
  };
}
