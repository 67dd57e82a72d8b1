import { z } from 'zod';
import type { FieldDefinition } from '../org/field.js';
import type { RawValues } from '../org/incoming-values.js';
import type { ObjectDefinition } from '../org/object-definition.js';
import { OrgFault, noSuchField, notFound } from '../org/org-fault.js';
import { deleteRecord } from '../org/record-lifecycle.js';
import type { OrgRecord } from '../org/record-store.js';
import { AmbiguousExternalId, findByExternalId, upsertRecord } from '../org/upsert-record.js';
import { createRecord, requireLive, updateRecord } from '../org/write-record.js';
import { instantOf } from '../stamp.js';
import type { ApiRequest } from './api-request.js';
import { viewOf, writeInto } from './api-request.js';
import type { ApiRoute, RouteWorld } from './api-route.js';
import { recordJson } from './record-json.js';
import type { WireReply } from './reply.js';

const noContent: WireReply = { status: 204, body: '' };

/** A JSON object of field values. @throws OrgFault 400 for anything else. */
function readRecord(body: unknown): RawValues {
  const parsed = z.record(z.string(), z.unknown()).safeParse(body);
  if (parsed.success) return parsed.data;
  throw new OrgFault(400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required, and must be an object.');
}

export function objectAsked({ org }: Pick<RouteWorld, 'org'>, name = ''): ObjectDefinition {
  const object = org.schema.object(name);
  if (object === undefined || object.tooling) throw notFound();
  return object;
}

/** The fields of `fields=A,B`, or all. @throws OrgFault 400 INVALID_FIELD. */
export function fieldsAsked(world: RouteWorld, request: ApiRequest, entity: string, names: readonly string[] | null) {
  const view = viewOf(world.org, request);
  if (names === null) return view.fields(entity);
  return names.map((name): FieldDefinition => {
    const field = view.field(entity, name.trim());
    if (field === undefined) throw noSuchField(name, entity);
    return field;
  });
}

function show(world: RouteWorld, request: ApiRequest, record: OrgRecord): WireReply {
  const names = request.query.get('fields')?.split(',') ?? null;
  const fields = fieldsAsked(world, request, record.entity, names);
  const style = { version: request.version, exponents: world.org.settings.exponents };
  const modified = instantOf(String(record.values.SystemModstamp)) ?? 0;
  const headers = { 'Last-Modified': new Date(modified).toUTCString() };
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  if (modified <= since) return { status: 304, body: '', headers };
  return { status: 200, body: recordJson(record, fields, style), headers };
}

function findOne(world: RouteWorld, request: ApiRequest, entity: string, field: string, value: string): OrgRecord {
  const found = findByExternalId(world.org, { view: viewOf(world.org, request) }, entity, field, value);
  if (found.length > 1) throw new AmbiguousExternalId(found);
  return found[0] ?? notFoundByKey();
}

function notFoundByKey(): never {
  throw new OrgFault(404, 'NOT_FOUND', 'The requested resource does not exist');
}

function upsert(world: RouteWorld, request: ApiRequest, entity: string, field: string, value: string): WireReply {
  const { org } = world;
  const updateOnly = request.query.get('updateOnly') === 'true';
  const raw = readRecord(request.body);
  const { id, created } = writeInto(org, request, (context) =>
    upsertRecord(org, context, { entity, field, value, raw, updateOnly }),
  );
  if (!created && org.settings.upsertStatus === 204) return noContent;
  return { status: created ? 201 : 200, body: { id, success: true, errors: [], created } };
}

/** Records one at a time: create, read, change, delete, and by external id. */
export const sobjectRoutes: readonly ApiRoute[] = [
  {
    method: 'POST',
    template: '/sobjects/{entity}',
    answer(world, request, { entity }) {
      const object = objectAsked(world, entity);
      const raw = readRecord(request.body);
      const { id } = writeInto(world.org, request, (context) => createRecord(world.org, context, object.name, raw));
      const headers = { Location: `/services/data/v${request.version}/sobjects/${object.name}/${id}` };
      return { status: 201, body: { id, success: true, errors: [] }, headers };
    },
  },
  {
    method: 'GET',
    template: '/sobjects/{entity}/{id}',
    answer: (world, request, { entity, id = '' }) =>
      show(world, request, requireLive(world.org, id, objectAsked(world, entity).name)),
  },
  {
    method: 'PATCH',
    template: '/sobjects/{entity}/{id}',
    answer({ org }, request, { entity, id = '' }) {
      const object = objectAsked({ org }, entity);
      const raw = readRecord(request.body);
      writeInto(org, request, (context) => updateRecord(org, context, id, raw, object.name));
      return noContent;
    },
  },
  {
    method: 'DELETE',
    template: '/sobjects/{entity}/{id}',
    answer({ org }, request, { entity, id = '' }) {
      const object = objectAsked({ org }, entity);
      writeInto(org, request, (context) => deleteRecord(org, context, id, object.name));
      return noContent;
    },
  },
  {
    method: 'GET',
    template: '/sobjects/{entity}/{field}/{value}',
    answer: (world, request, { entity, field = '', value = '' }) =>
      show(world, request, findOne(world, request, objectAsked(world, entity).name, field, value)),
  },
  {
    method: 'PATCH',
    template: '/sobjects/{entity}/{field}/{value}',
    answer: (world, request, { entity, field = '', value = '' }) =>
      upsert(world, request, objectAsked(world, entity).name, field, value),
  },
  {
    method: 'DELETE',
    template: '/sobjects/{entity}/{field}/{value}',
    answer(world, request, { entity, field = '', value = '' }) {
      const record = findOne(world, request, objectAsked(world, entity).name, field, value);
      writeInto(world.org, request, (context) => deleteRecord(world.org, context, record.id));
      return noContent;
    },
  },
];
