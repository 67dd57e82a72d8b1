import type { Account } from '../account/account.js';
import { ApiFault } from '../account/api-fault.js';
import type { ObjectRef, Tie } from '../account/association-book.js';
import type { AssociationType } from '../account/association-types.js';
import type { ObjectType } from '../account/object-type.js';
import { isDated } from './api-path.js';
import type { ApiReply, ApiRequest, ApiRoute } from './api-route.js';
import { noContent, ok, param, typeParam } from './api-route.js';
import type { AssociationSpec } from './request-body.js';
import { bodies, readBody } from './request-body.js';

const largestPage = 500;

function requireRecord(account: Account, { type, id }: ObjectRef): void {
  const record = account.records.find(type, id);
  if (record === undefined || record.archivedAt !== null) {
    throw new ApiFault(404, 'OBJECT_NOT_FOUND', `No ${type.singular} with ID ${id} exists`, { context: { id: [id] } });
  }
}

/** The two ends a single call names. @throws ApiFault 404 when either record is not there. */
function endsOf(account: Account, request: ApiRequest): { readonly from: ObjectRef; readonly to: ObjectRef } {
  const from = { type: typeParam(request), id: param(request, 'id') };
  const to = { type: typeParam(request, 'to'), id: param(request, 'toId') };
  requireRecord(account, from);
  requireRecord(account, to);
  return { from, to };
}

/** @throws ApiFault 400 for a type that does not exist between the two. */
function requireTypes(
  account: Account,
  from: ObjectType,
  to: ObjectType,
  specs: readonly AssociationSpec[],
): AssociationType[] {
  return specs.map((spec) => account.associationTypes.require(from, to, spec.associationTypeId));
}

/** Object ids are numbers here, as the documentation shows them, although the specification says strings. */
function tieJson({ toId, types }: Tie): unknown {
  return {
    toObjectId: Number(toId),
    associationTypes: types.map(({ category, typeId, label }) => ({ category, typeId, label })),
  };
}

/** What a call that ties two records with labels answers. */
function labelledJson(from: ObjectRef, to: ObjectRef, types: readonly AssociationType[]): unknown {
  return {
    fromObjectTypeId: from.type.id,
    fromObjectId: Number(from.id),
    toObjectTypeId: to.type.id,
    toObjectId: Number(to.id),
    labels: types.flatMap(({ label }) => (label === null ? [] : [label])),
  };
}

function list(account: Account, request: ApiRequest): ApiReply {
  const limit = Math.min(Number(request.query.get('limit') ?? largestPage), largestPage);
  const after = Number(request.query.get('after') ?? 0);
  // An id that a merge ate has no associations, and neither has one that never was.
  const ties = account.associations.ties(
    { type: typeParam(request), id: param(request, 'id') },
    typeParam(request, 'to'),
  );
  const next = after + limit;
  return ok({
    results: ties.slice(after, next).map(tieJson),
    ...(next < ties.length ? { paging: { next: { after: String(next) } } } : {}),
  });
}

function setLabels(account: Account, request: ApiRequest): ApiReply {
  const { from, to } = endsOf(account, request);
  const types = requireTypes(account, from.type, to.type, readBody(bodies.associationSpecs, request.body));
  const labels = account.associations.ties(from, to.type).find((tie) => tie.toId === to.id)?.types ?? [];
  account.associations.unlink(
    from,
    to,
    labels.map((each) => each.typeId),
  );
  account.associations.link(from, to, types);
  // 201 under dated versions too: only for the batches is a change to 200 known.
  return { status: 201, body: labelledJson(from, to, types) };
}

function setDefault(account: Account, request: ApiRequest): ApiReply {
  const { from, to } = endsOf(account, request);
  account.associations.link(from, to, []);
  return ok(defaultReply(account, [{ from, to }]));
}

function defaultReply(
  account: Account,
  pairs: readonly { readonly from: ObjectRef; readonly to: ObjectRef }[],
): unknown {
  const at = new Date(account.now()).toISOString();
  const results = pairs.flatMap(({ from, to }) =>
    [
      { from, to },
      { from: to, to: from },
    ].map((way) => ({
      from: { id: way.from.id },
      to: { id: way.to.id },
      associationSpec: {
        associationCategory: 'HUBSPOT_DEFINED',
        associationTypeId: account.associationTypes.unlabelled(way.from.type, way.to.type).typeId,
      },
    })),
  );
  return { status: 'COMPLETE', results, startedAt: at, completedAt: at };
}

function batchEnvelope(account: Account, results: readonly unknown[]): Record<string, unknown> {
  const at = new Date(account.now()).toISOString();
  return { status: 'COMPLETE', results, startedAt: at, completedAt: at };
}

function batchRead(account: Account, request: ApiRequest): ApiReply {
  const [fromType, toType] = [typeParam(request, 'from'), typeParam(request, 'to')];
  const { inputs } = readBody(bodies.associationsRead, request.body);
  const read = inputs.map(({ id }) => ({ id, ties: account.associations.ties({ type: fromType, id }, toType) }));
  const results = read
    .filter(({ ties }) => ties.length > 0)
    .map(({ id, ties }) => ({ from: { id }, to: ties.map(tieJson) }));
  const without = read.filter(({ ties }) => ties.length === 0).map(({ id }) => id);
  if (without.length === 0) return ok(batchEnvelope(account, results));
  const errors = without.map((id) => ({
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
    message: `No ${toType.singular} is associated with ${fromType.singular} ${id}.`,
    context: { fromObjectId: [id] },
  }));
  return { status: 207, body: { ...batchEnvelope(account, results), numErrors: errors.length, errors } };
}

/** Adds to what is there; whether HubSpot's batch replaces the label set as its single call does is not established. */
function batchCreate(account: Account, request: ApiRequest): ApiReply {
  const [fromType, toType] = [typeParam(request, 'from'), typeParam(request, 'to')];
  const { inputs } = readBody(bodies.associationsCreate, request.body);
  const ready = inputs.map((input) => {
    const [from, to] = [
      { type: fromType, id: input.from.id },
      { type: toType, id: input.to.id },
    ];
    requireRecord(account, from);
    requireRecord(account, to);
    return { from, to, types: requireTypes(account, fromType, toType, input.types) };
  });
  for (const { from, to, types } of ready) account.associations.link(from, to, types);
  const results = ready.map(({ from, to, types }) => labelledJson(from, to, types));
  return { status: isDated(request.version) ? 200 : 201, body: batchEnvelope(account, results) };
}

function batchDefault(account: Account, request: ApiRequest): ApiReply {
  const [fromType, toType] = [typeParam(request, 'from'), typeParam(request, 'to')];
  const pairs = readBody(bodies.associationsDefault, request.body).inputs.map((input) => ({
    from: { type: fromType, id: input.from.id },
    to: { type: toType, id: input.to.id },
  }));
  for (const { from, to } of pairs) {
    requireRecord(account, from);
    requireRecord(account, to);
    account.associations.link(from, to, []);
  }
  return ok(defaultReply(account, pairs));
}

/** 204 in v4; the dated versions list 200 for the association batches. */
function doneReply(account: Account, request: ApiRequest): ApiReply {
  return isDated(request.version) ? ok(batchEnvelope(account, [])) : noContent;
}

function batchArchive(account: Account, request: ApiRequest): ApiReply {
  const [fromType, toType] = [typeParam(request, 'from'), typeParam(request, 'to')];
  for (const { from, to } of readBody(bodies.associationsArchive, request.body).inputs) {
    for (const { id } of to) account.associations.unlink({ type: fromType, id: from.id }, { type: toType, id });
  }
  return doneReply(account, request);
}

function batchArchiveLabels(account: Account, request: ApiRequest): ApiReply {
  const [fromType, toType] = [typeParam(request, 'from'), typeParam(request, 'to')];
  for (const { from, to, types } of readBody(bodies.labelsArchive, request.body).inputs) {
    const typeIds = types.map((spec) => spec.associationTypeId);
    account.associations.unlink({ type: fromType, id: from.id }, { type: toType, id: to.id }, typeIds);
  }
  return doneReply(account, request);
}

/** A deletion of the whole tie, which leaves the records alone. */
function remove(account: Account, request: ApiRequest): ApiReply {
  const from = { type: typeParam(request), id: param(request, 'id') };
  account.associations.unlink(from, { type: typeParam(request, 'to'), id: param(request, 'toId') });
  return noContent;
}

const single = '/crm/objects/{type}/{id}/associations';
const batch = '/crm/associations/{from}/{to}/batch';

/** Ties between records, one by one and in batches. */
export const associationRoutes: readonly ApiRoute[] = [
  { method: 'PUT', template: `${single}/default/{to}/{toId}`, version: 'v4', answer: setDefault },
  { method: 'GET', template: `${single}/{to}`, version: 'v4', answer: list },
  { method: 'PUT', template: `${single}/{to}/{toId}`, version: 'v4', answer: setLabels },
  { method: 'DELETE', template: `${single}/{to}/{toId}`, version: 'v4', answer: remove },
  { method: 'POST', template: `${batch}/read`, version: 'v4', answer: batchRead },
  { method: 'POST', template: `${batch}/create`, version: 'v4', answer: batchCreate },
  { method: 'POST', template: `${batch}/associate/default`, version: 'v4', answer: batchDefault },
  { method: 'POST', template: `${batch}/archive`, version: 'v4', answer: batchArchive },
  { method: 'POST', template: `${batch}/labels/archive`, version: 'v4', answer: batchArchiveLabels },
];
