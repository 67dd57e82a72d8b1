import type { Account } from '../account/account.js';
import { ApiFault, objectNotFound } from '../account/api-fault.js';
import { archiveProperty } from '../account/archive-property.js';
import type { PropertyDefinition } from '../account/property-definition.js';
import type { ApiReply, ApiRequest, ApiRoute } from './api-route.js';
import { flagParam, noContent, ok, param, typeParam } from './api-route.js';
import type { BatchError } from './batch-reply.js';
import { batchError, batchReply } from './batch-reply.js';
import { definitionOf, patchedDefinition, propertyBodies, propertyJson } from './property-body.js';
import { readBody } from './request-body.js';

function find(account: Account, request: ApiRequest, archived = false): PropertyDefinition {
  const name = param(request, 'name');
  const type = typeParam(request);
  const definition = archived
    ? account.properties.list(type, true).find((each) => each.name === name)
    : account.properties.find(type, name);
  if (definition !== undefined) return definition;
  throw new ApiFault(404, 'OBJECT_NOT_FOUND', `No property found with name "${name}" for object type ${type.id}`);
}

function create(account: Account, request: ApiRequest): ApiReply {
  const body = readBody(propertyBodies.create, request.body);
  const definition = account.properties.create(typeParam(request), definitionOf(body, account.now()));
  return { status: 201, body: propertyJson(definition, false) };
}

function update(account: Account, request: ApiRequest): ApiReply {
  const patch = readBody(propertyBodies.update, request.body);
  const definition = patchedDefinition(find(account, request), patch, account.now());
  account.properties.replace(typeParam(request), definition);
  return ok(propertyJson(definition, false));
}

/** Runs one part of a batch after the other; what is refused is told beside what went well. */
function eachOf<T extends { readonly name: string }>(
  inputs: readonly T[],
  act: (input: T) => unknown,
): { results: unknown[]; errors: BatchError[] } {
  const results: unknown[] = [];
  const errors: BatchError[] = [];
  for (const input of inputs) {
    try {
      results.push(act(input));
    } catch (error) {
      if (!(error instanceof ApiFault)) throw error;
      errors.push(batchError(error, { name: [input.name] }));
    }
  }
  return { results, errors };
}

function batchCreate(account: Account, request: ApiRequest): ApiReply {
  const type = typeParam(request);
  const body = readBody(propertyBodies.createBatch, request.body);
  const outcome = eachOf(body.inputs, (input) =>
    propertyJson(account.properties.create(type, definitionOf(input, account.now())), false),
  );
  return batchReply(account, outcome, 201);
}

function batchRead(account: Account, request: ApiRequest): ApiReply {
  const type = typeParam(request);
  const { inputs, archived } = readBody(propertyBodies.names, request.body);
  const listed = new Map(account.properties.list(type, archived).map((each) => [each.name, each]));
  const outcome = eachOf(inputs, ({ name }) => {
    const definition = listed.get(name);
    if (definition === undefined) throw objectNotFound([name]);
    return propertyJson(definition, archived);
  });
  return batchReply(account, outcome, 200);
}

function batchArchive(account: Account, request: ApiRequest): ApiReply {
  const type = typeParam(request);
  for (const { name } of readBody(propertyBodies.names, request.body).inputs) archiveProperty(account, type, name);
  return noContent;
}

const base = '/crm/properties/{type}';

/** The properties of an object type. */
export const propertyRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    template: base,
    version: 'v3',
    answer(account, request) {
      const archived = flagParam(request, 'archived');
      return ok({
        results: account.properties.list(typeParam(request), archived).map((each) => propertyJson(each, archived)),
      });
    },
  },
  { method: 'POST', template: base, version: 'v3', answer: create },
  { method: 'POST', template: `${base}/batch/create`, version: 'v3', answer: batchCreate },
  { method: 'POST', template: `${base}/batch/read`, version: 'v3', answer: batchRead },
  { method: 'POST', template: `${base}/batch/archive`, version: 'v3', answer: batchArchive },
  {
    method: 'GET',
    template: `${base}/{name}`,
    version: 'v3',
    answer(account, request) {
      const archived = flagParam(request, 'archived');
      return ok(propertyJson(find(account, request, archived), archived));
    },
  },
  { method: 'PATCH', template: `${base}/{name}`, version: 'v3', answer: update },
  {
    method: 'DELETE',
    template: `${base}/{name}`,
    version: 'v3',
    answer(account, request) {
      archiveProperty(account, typeParam(request), param(request, 'name'));
      return noContent;
    },
  },
];
