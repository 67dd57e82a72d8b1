import type { Account } from '../account/account.js';
import { objectNotFound, validationError } from '../account/api-fault.js';
import type { ObjectType } from '../account/object-type.js';
import { contacts } from '../account/object-type.js';
import { archiveRecord, mergeRecords, purgeRecord } from '../account/record-lifecycle.js';
import type { Selection } from '../account/record-json.js';
import { recordJson, writtenJson } from '../account/record-json.js';
import type { CrmRecord } from '../account/record.js';
import { prepareCreate, prepareUpdate } from '../account/write-record.js';
import type { ApiReply, ApiRequest, ApiRoute } from './api-route.js';
import { apiWrite, flagParam, listParam, noContent, ok, param, typeParam } from './api-route.js';
import { findByProperty } from './find-record.js';
import { newTies } from './new-ties.js';
import { bodies, readBody } from './request-body.js';

function selectionOf(request: ApiRequest): Selection {
  return {
    properties: listParam(request, 'properties'),
    propertiesWithHistory: listParam(request, 'propertiesWithHistory'),
    associations: listParam(request, 'associations'),
  };
}

/** The record a single call names: by id (merged-away ids lead to the survivor) or by a unique property. */
function named(account: Account, request: ApiRequest, archived: boolean): CrmRecord {
  const type = typeParam(request);
  const id = param(request, 'id');
  const idProperty = request.query.get('idProperty');
  const record =
    idProperty === null || idProperty === 'hs_object_id'
      ? account.records.resolve(type, id)
      : findByProperty(account, type, idProperty, id);
  if (record === undefined || (record.archivedAt !== null) !== archived) throw objectNotFound([id]);
  return record;
}

const defaultPage = 10;
const largestPage = 100;

function list(account: Account, request: ApiRequest): ApiReply {
  const type = typeParam(request);
  const selection = selectionOf(request);
  const limit = Number(request.query.get('limit') ?? defaultPage);
  const most = selection.propertiesWithHistory.length > 0 ? account.settings.historyReadLimit : largestPage;
  if (!(limit >= 1 && limit <= most)) throw validationError(`limit must be between 1 and ${most}.`);
  const after = Number(request.query.get('after') ?? 0);
  const archived = flagParam(request, 'archived');
  const found: CrmRecord[] = [];
  for (const record of account.records.all(type)) {
    if (Number(record.id) < after || (record.archivedAt !== null) !== archived) continue;
    found.push(record);
    if (found.length > limit) break;
  }
  const next = found[limit];
  const paging =
    next === undefined ? {} : { paging: { next: { after: next.id, link: pageLink(request, type, next.id) } } };
  return ok({ results: found.slice(0, limit).map((record) => recordJson(account, record, selection)), ...paging });
}

function pageLink(request: ApiRequest, type: ObjectType, after: string): string {
  const query = new URLSearchParams(request.query);
  query.set('after', after);
  return `https://api.hubapi.com/crm/v3/objects/${type.name}?${query.toString()}`;
}

function create(account: Account, request: ApiRequest): ApiReply {
  const type = typeParam(request);
  const { properties, associations } = readBody(bodies.create, request.body);
  const input = { properties, ties: newTies(account, type, associations) };
  const record = prepareCreate(account, type, input, apiWrite(account, request)).commit();
  return { status: 201, body: writtenJson(account, record) };
}

function update(account: Account, request: ApiRequest): ApiReply {
  const record = named(account, request, false);
  const { properties } = readBody(bodies.update, request.body);
  return ok(writtenJson(account, prepareUpdate(account, record, properties, apiWrite(account, request)).commit()));
}

function merge(account: Account, request: ApiRequest): ApiReply {
  const { primaryObjectId, objectIdToMerge } = readBody(bodies.merge, request.body);
  const ids = { primaryId: primaryObjectId, otherId: objectIdToMerge };
  return ok(writtenJson(account, mergeRecords(account, typeParam(request), ids, apiWrite(account, request))));
}

function gdprDelete(account: Account, request: ApiRequest): ApiReply {
  const { objectId, idProperty } = readBody(bodies.gdprDelete, request.body);
  const id = idProperty === undefined ? objectId : (findByProperty(account, contacts, idProperty, objectId)?.id ?? '');
  purgeRecord(account, contacts, id, apiWrite(account, request));
  return noContent;
}

/** Records one at a time. */
export const objectRoutes: readonly ApiRoute[] = [
  { method: 'GET', template: '/crm/objects/{type}', version: 'v3', answer: list },
  { method: 'POST', template: '/crm/objects/{type}', version: 'v3', answer: create },
  { method: 'POST', template: '/crm/objects/{type}/merge', version: 'v3', answer: merge },
  { method: 'POST', template: '/crm/objects/contacts/gdpr-delete', version: 'v3', answer: gdprDelete },
  {
    method: 'GET',
    template: '/crm/objects/{type}/{id}',
    version: 'v3',
    answer: (account, request) =>
      ok(recordJson(account, named(account, request, flagParam(request, 'archived')), selectionOf(request))),
  },
  { method: 'PATCH', template: '/crm/objects/{type}/{id}', version: 'v3', answer: update },
  {
    method: 'DELETE',
    template: '/crm/objects/{type}/{id}',
    version: 'v3',
    answer(account, request) {
      archiveRecord(account, typeParam(request), param(request, 'id'), apiWrite(account, request));
      return noContent;
    },
  },
];
