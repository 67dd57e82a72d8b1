import type { Account } from '../account/account.js';
import { objectNotFound } from '../account/api-fault.js';
import type { PropertyGroup } from '../account/property-definition.js';
import type { ApiReply, ApiRequest, ApiRoute } from './api-route.js';
import { noContent, ok, param, typeParam } from './api-route.js';
import { groupJson, propertyBodies } from './property-body.js';
import { readBody } from './request-body.js';

function find(account: Account, request: ApiRequest): PropertyGroup {
  const name = param(request, 'name');
  const group = account.properties.findGroup(typeParam(request), name);
  if (group === undefined) throw objectNotFound([name]);
  return group;
}

function create(account: Account, request: ApiRequest): ApiReply {
  const group = readBody(propertyBodies.group, request.body);
  return { status: 201, body: groupJson(account.properties.createGroup(typeParam(request), group)) };
}

function update(account: Account, request: ApiRequest): ApiReply {
  const { label, displayOrder } = readBody(propertyBodies.groupUpdate, request.body);
  const before = find(account, request);
  const group = { ...before, label: label ?? before.label, displayOrder: displayOrder ?? before.displayOrder };
  account.properties.replaceGroup(typeParam(request), group);
  return ok(groupJson(group));
}

const base = '/crm/properties/{type}/groups';

/** Property groups. These lines must stand before those of single properties: `groups` would pass for a name there. */
export const propertyGroupRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    template: base,
    version: 'v3',
    answer: (account, request) => ok({ results: account.properties.groups(typeParam(request)).map(groupJson) }),
  },
  { method: 'POST', template: base, version: 'v3', answer: create },
  {
    method: 'GET',
    template: `${base}/{name}`,
    version: 'v3',
    answer: (account, request) => ok(groupJson(find(account, request))),
  },
  { method: 'PATCH', template: `${base}/{name}`, version: 'v3', answer: update },
  {
    method: 'DELETE',
    template: `${base}/{name}`,
    version: 'v3',
    answer(account, request) {
      account.properties.removeGroup(typeParam(request), param(request, 'name'));
      return noContent;
    },
  },
];
