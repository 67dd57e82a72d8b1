import { z } from 'zod';
import { CrmGone, CrmUnavailable } from '../contract.js';
import type { Decimal } from './exact-json.js';
import type { Call } from './org-access.js';
import { idOf, rowShape, type Row } from './row-values.js';
import { readFaults, type VendorFault } from './vendor-words.js';

/** Values of fields; `null` clears one, `undefined` leaves it as it is. */
export type Fields = Readonly<Record<string, string | boolean | Decimal | null | undefined>>;

/** What came of one record of a collection. */
export type RowResult =
  | { readonly kind: 'written'; readonly id: string }
  | { readonly kind: 'failed'; readonly faults: readonly VendorFault[] };

/** Most records in one collection. */
export const collectionSize = 200;

/** How a record is saved where duplicate rules and assignment rules have a say. */
export interface SaveOptions {
  /** Save although a duplicate rule warns; rules that block do so all the same. */
  readonly allowDuplicates?: boolean;
  /** Leave the owner as given: the organisation's assignment rules are not asked. */
  readonly keepOwner?: boolean;
}

const createdShape = z.object({ id: z.string().min(1) });
// An upsert that met a record answers 200 with its id, or 204 with nothing: it depends on the API version.
const upsertedShape = z.union([
  z.object({ id: z.string().min(1), created: z.boolean().optional() }),
  z.literal('').transform(() => null),
]);
const collectionShape = z.array(
  z.object({ id: z.string().nullish(), success: z.boolean(), errors: z.array(z.unknown()).nullish() }),
);

/** Duplicate rules answer with the records they found, unless told to let the record pass. */
function saveHeaders({ allowDuplicates = false, keepOwner = false }: SaveOptions): Record<string, string> {
  return {
    'sforce-duplicate-rule-header': `allowSave=${allowDuplicates}; includeRecordDetails=false`,
    // Assignment rules are the customer's way to hand a new Lead to somebody; at a change they would take it away again.
    ...(keepOwner ? { 'sforce-auto-assign': 'FALSE' } : {}),
  };
}

/** @returns the id of the record made. @throws CrmRejected when a rule refuses it */
export async function createRecord(
  call: Call,
  object: string,
  fields: Fields,
  options: SaveOptions = {},
): Promise<string> {
  const operation = `create ${object}`;
  const headers = saveHeaders(options);
  const { id } = await call(
    { operation, method: 'POST', path: `/sobjects/${object}`, body: fields, headers },
    createdShape,
  );
  return id;
}

/** @throws CrmGone when the record is deleted, CrmRejected when a rule refuses the change */
export async function updateRecord(
  call: Call,
  object: string,
  id: string,
  fields: Fields,
  options: SaveOptions = {},
): Promise<void> {
  const operation = `update ${object}`;
  const headers = saveHeaders({ ...options, keepOwner: true });
  await call({ operation, method: 'PATCH', path: `/sobjects/${object}/${id}`, body: fields, headers }, z.unknown());
}

/** A key that meets the same record whenever it is used. */
export interface ExternalKey {
  readonly field: string;
  readonly value: string;
}

/** Makes the record with that key, or updates it where there is one. @throws CrmRejected when a rule refuses it */
export async function upsertRecord(
  call: Call,
  object: string,
  key: ExternalKey,
  fields: Fields,
  options: SaveOptions = {},
): Promise<{ readonly id: string; readonly created: boolean }> {
  const operation = `upsert ${object}`;
  const request = { operation, method: 'PATCH', path: keyPath(object, key), headers: saveHeaders(options) } as const;
  const answer = await call({ ...request, body: fields }, upsertedShape);
  if (answer !== null) return { id: answer.id, created: answer.created === true };
  const found = await findByKey(call, object, key, ['Id']);
  if (found !== null) return { id: idOf(found), created: false };
  throw new CrmUnavailable({ operation, vendorMessage: 'Salesforce wrote a record and does not find it' });
}

/** The record with that key, straight from the database and never late; `null` when there is none. */
export async function findByKey(
  call: Call,
  object: string,
  key: ExternalKey,
  fields: readonly string[],
): Promise<Row | null> {
  const request = { operation: `find ${object}`, method: 'GET', path: keyPath(object, key) } as const;
  try {
    return await call({ ...request, query: { fields: fields.join(',') } }, rowShape);
  } catch (error) {
    if (error instanceof CrmGone) return null;
    throw error;
  }
}

function keyPath(object: string, { field, value }: ExternalKey): string {
  return `/sobjects/${object}/${field}/${encodeURIComponent(value)}`;
}

export interface NewRow {
  readonly object: string;
  readonly fields: Fields;
}

/** Makes many records in one call, at most `collectionSize`. One result for each, in order. */
export async function createRecords(call: Call, rows: readonly NewRow[]): Promise<readonly RowResult[]> {
  const records = rows.map(({ object, fields }) => ({ attributes: { type: object }, ...fields }));
  return saveCollection(call, { operation: 'create records', method: 'POST' }, records);
}

export interface ChangedRow extends NewRow {
  readonly id: string;
}

/** Changes many records in one call, at most `collectionSize`. One result for each, in order. */
export async function updateRecords(call: Call, rows: readonly ChangedRow[]): Promise<readonly RowResult[]> {
  const records = rows.map(({ object, id, fields }) => ({ attributes: { type: object }, id, ...fields }));
  return saveCollection(call, { operation: 'update records', method: 'PATCH' }, records);
}

async function saveCollection(
  call: Call,
  request: { readonly operation: string; readonly method: 'POST' | 'PATCH' },
  records: readonly Readonly<Record<string, unknown>>[],
): Promise<readonly RowResult[]> {
  if (records.length === 0) return [];
  const body = { allOrNone: false, records };
  const headers = saveHeaders({ keepOwner: true });
  const answer = await call({ ...request, path: '/composite/sobjects', body, headers }, collectionShape);
  if (answer.length !== records.length) {
    throw new CrmUnavailable({
      operation: request.operation,
      vendorMessage: `Salesforce answered ${answer.length} results for ${records.length} records`,
    });
  }
  return answer.map(({ id, success, errors }) =>
    success && id != null ? { kind: 'written', id } : { kind: 'failed', faults: readFaults(errors ?? []) },
  );
}
