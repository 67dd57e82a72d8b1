import type { Account } from '../account/account.js';
import { objectNotFound, validationError } from '../account/api-fault.js';
import type { Owner } from '../account/owner.js';
import type { ApiReply, ApiRequest, ApiRoute } from './api-route.js';
import { flagParam, ok, param } from './api-route.js';

const long = new Date(Date.UTC(2024, 0, 1)).toISOString();

function ownerJson({ userId, archived, ...rest }: Owner): Record<string, unknown> {
  return {
    ...rest,
    type: 'PERSON',
    // A person who left keeps the owner record but has no user any more.
    userId: archived ? null : userId,
    userIdIncludingInactive: userId,
    createdAt: long,
    updatedAt: long,
    archived,
  };
}

const largestPage = 500;

function listOwners(account: Account, request: ApiRequest): ApiReply {
  const archived = flagParam(request, 'archived');
  const email = request.query.get('email');
  const limit = Number(request.query.get('limit') ?? 100);
  if (!(limit >= 1 && limit <= largestPage)) throw validationError(`limit must be between 1 and ${largestPage}.`);
  const after = Number(request.query.get('after') ?? 0);
  const owners = account.owners.filter(
    (each) => each.archived === archived && (email === null || each.email === email),
  );
  const next = after + limit;
  return ok({
    results: owners.slice(after, next).map(ownerJson),
    ...(next < owners.length ? { paging: { next: { after: String(next) } } } : {}),
  });
}

function findOwner(account: Account, request: ApiRequest): ApiReply {
  const id = param(request, 'ownerId');
  const byUser = request.query.get('idProperty') === 'userId';
  const archived = flagParam(request, 'archived');
  const owner = account.owners.find(
    (each) => each.archived === archived && (byUser ? String(each.userId) : each.id) === id,
  );
  if (owner === undefined) throw objectNotFound([id]);
  return ok(ownerJson(owner));
}

function accountDetails(account: Account): ApiReply {
  const others = Object.keys(account.currencies).filter((each) => each !== account.homeCurrency);
  return ok({
    portalId: account.portalId,
    accountType: 'DEVELOPER_TEST',
    timeZone: account.timeZone,
    companyCurrency: account.homeCurrency,
    additionalCurrencies: others,
    utcOffset: '+00:00',
    utcOffsetMilliseconds: 0,
    uiDomain: 'app.hubspot.com',
    dataHostingLocation: 'na1',
  });
}

/** The account itself and the people in it. */
export const accountRoutes: readonly ApiRoute[] = [
  { method: 'GET', template: '/crm/owners', version: 'v3', answer: listOwners },
  { method: 'GET', template: '/crm/owners/{ownerId}', version: 'v3', answer: findOwner },
  { method: 'GET', template: '/account-info/details', version: 'v3', answer: accountDetails },
];
