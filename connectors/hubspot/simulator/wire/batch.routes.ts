import type { Account } from '../account/account.js';
import { ApiFault, validationError } from '../account/api-fault.js';
import type { ObjectType } from '../account/object-type.js';
import { contacts } from '../account/object-type.js';
import { archiveRecord } from '../account/record-lifecycle.js';
import { recordJson, shoutedName } from '../account/record-json.js';
import type { CrmRecord } from '../account/record.js';
import type { PreparedWrite, WriteContext } from '../account/write-record.js';
import { prepareCreate, prepareUpdate } from '../account/write-record.js';
import type { ApiReply, ApiRequest, ApiRoute } from './api-route.js';
import { apiWrite, flagParam, noContent, typeParam } from './api-route.js';
import type { BatchError } from './batch-reply.js';
import { batchError, batchReply } from './batch-reply.js';
import { refuseRepeats, writeBatch } from './batch-write.js';
import { findByProperty, requireUniqueProperty } from './find-record.js';
import { newTies } from './new-ties.js';
import { bodies, readBody } from './request-body.js';

/** The text is as seen in public issue reports; one error stands for all ids that were not found. */
function notFound(type: ObjectType, ids: readonly string[]): BatchError {
  const message = `Could not get some ${shoutedName(type)} objects, they may be deleted or not exist. Check that ids are valid.`;
  return batchError(new ApiFault(404, 'OBJECT_NOT_FOUND', message), { ids });
}

function read(account: Account, request: ApiRequest): ApiReply {
  const type = typeParam(request);
  const { inputs, idProperty, properties, propertiesWithHistory } = readBody(bodies.batchRead, request.body);
  const { historyReadLimit, mergedIdsInBatchRead } = account.settings;
  if (propertiesWithHistory.length > 0 && inputs.length > historyReadLimit) {
    throw validationError(`At most ${historyReadLimit} records can be read with history in one call.`);
  }
  const archived = flagParam(request, 'archived');
  const find = (id: string): CrmRecord | undefined => {
    if (idProperty !== undefined && idProperty !== 'hs_object_id') return findByProperty(account, type, idProperty, id);
    return mergedIdsInBatchRead === 'redirect' ? account.records.resolve(type, id) : account.records.find(type, id);
  };
  const found = new Map<string, CrmRecord>();
  const missing: string[] = [];
  for (const { id } of inputs) {
    const record = find(id);
    if (record === undefined || (record.archivedAt !== null) !== archived) missing.push(id);
    else found.set(record.id, record);
  }
  const selection = { properties, propertiesWithHistory, associations: [] };
  const results = [...found.values()].map((record) => recordJson(account, record, selection));
  return batchReply(account, { results, errors: missing.length === 0 ? [] : [notFound(type, missing)] }, 200);
}

function create(account: Account, request: ApiRequest): ApiReply {
  const type = typeParam(request);
  const { inputs } = readBody(bodies.batchCreate, request.body);
  for (const name of [...account.properties.uniqueNames(type), ...(type === contacts ? ['email'] : [])]) {
    const values = inputs.map((input) => input.properties[name]);
    refuseRepeats(values.filter((each) => typeof each === 'string' && each !== '').map(String), `values of ${name}`);
  }
  const context = apiWrite(account, request);
  return writeBatch(account, {
    inputs,
    prepare: ({ properties, associations }) => ({
      write: prepareCreate(account, type, { properties, ties: newTies(account, type, associations) }, context),
    }),
    success: 201,
  });
}

function update(account: Account, request: ApiRequest): ApiReply {
  const type = typeParam(request);
  const { inputs } = readBody(bodies.batchUpdate, request.body);
  refuseRepeats(
    inputs.map((input) => input.id),
    'IDs',
  );
  const context = apiWrite(account, request);
  // Unlike a single update, a batch does not follow merged ids, and a contact cannot be named by e-mail here.
  const find = ({ id, idProperty }: (typeof inputs)[number]): CrmRecord | undefined => {
    if (idProperty === undefined) return account.records.find(type, id);
    if (idProperty === 'email') requireUniqueProperty(account, type, 'hs_object_id');
    return findByProperty(account, type, idProperty, id);
  };
  const found: ((typeof inputs)[number] & { readonly record: CrmRecord })[] = [];
  const missing: string[] = [];
  for (const input of inputs) {
    const record = find(input);
    if (record === undefined || record.archivedAt !== null) missing.push(input.id);
    else found.push({ ...input, record });
  }
  return writeBatch(account, {
    inputs: found,
    prepare: ({ record, properties }) => ({ write: prepareUpdate(account, record, properties, context) }),
    success: 200,
    errors: missing.length === 0 ? [] : [notFound(type, missing)],
  });
}

interface UpsertInput {
  readonly id: string;
  readonly idProperty?: string | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
}

function prepareUpsert(
  account: Account,
  type: ObjectType,
  { id, idProperty = '', properties }: UpsertInput,
  context: WriteContext,
): { readonly write: PreparedWrite; readonly isNew: boolean } {
  requireUniqueProperty(account, type, idProperty);
  const holder = account.records.holderOf(type, idProperty, id);
  if (holder === undefined) {
    const named = { ...properties, [idProperty]: id };
    return { write: prepareCreate(account, type, { properties: named, ties: [] }, context), isNew: true };
  }
  if (Object.keys(properties).length === 0) return { write: { commit: () => holder }, isNew: false };
  return { write: prepareUpdate(account, holder, properties, context), isNew: false };
}

function upsert(account: Account, request: ApiRequest): ApiReply {
  const type = typeParam(request);
  const { inputs } = readBody(bodies.batchUpdate, request.body);
  refuseRepeats(
    inputs.map((input) => input.id),
    'IDs',
  );
  const context = apiWrite(account, request);
  return writeBatch(account, {
    inputs,
    prepare: (input) => prepareUpsert(account, type, input, context),
    success: 200,
  });
}

function archive(account: Account, request: ApiRequest): ApiReply {
  const type = typeParam(request);
  for (const { id } of readBody(bodies.batchArchive, request.body).inputs) {
    archiveRecord(account, type, id, apiWrite(account, request));
  }
  return noContent;
}

/** Up to a hundred records at a time. */
export const batchRoutes: readonly ApiRoute[] = [
  { method: 'POST', template: '/crm/objects/{type}/batch/read', version: 'v3', answer: read },
  { method: 'POST', template: '/crm/objects/{type}/batch/create', version: 'v3', answer: create },
  { method: 'POST', template: '/crm/objects/{type}/batch/update', version: 'v3', answer: update },
  { method: 'POST', template: '/crm/objects/{type}/batch/upsert', version: 'v3', answer: upsert },
  { method: 'POST', template: '/crm/objects/{type}/batch/archive', version: 'v3', answer: archive },
];
