import { z } from 'zod';
import { CrmGone, CrmRejected } from '../contract.js';
import { apiPaths, type RecordType } from './api.js';
import type { Call } from './call.js';
import { readableMessage } from './vendor-message.js';

/** HubSpot promises text or null; a number or a boolean is read as the text it would be. */
const propertyValue = z.union([z.string(), z.null(), z.number().transform(String), z.boolean().transform(String)]);
const recordId = z.union([z.string().min(1), z.number().transform(String)]);

/** One version of a property. Times are ISO texts. */
/** HubSpot sends ISO texts here and epoch milliseconds in other places. */
const moment = z.union([
  z.iso.datetime({ offset: true }),
  z.number().transform((epochMs) => new Date(epochMs).toISOString()),
]);
const pastValue = z.object({
  value: z.string().nullable(),
  timestamp: moment,
  sourceType: z.string().nullish(),
  sourceId: z.string().nullish(),
  updatedByUserId: z.number().nullish(),
});

export const recordShape = z.object({
  id: recordId,
  properties: z.record(z.string(), propertyValue),
  propertiesWithHistory: z.record(z.string(), z.array(pastValue)).nullish(),
});

/** One CRM record as HubSpot answers it. */
export type CrmRecord = z.output<typeof recordShape>;

/** A batch answers 207 with `errors` beside what it could do. */
const batchShape = z.object({ results: z.array(recordShape), errors: z.array(z.unknown()).nullish() });
const upsertShape = z.object({
  results: z.array(z.object({ id: recordId, new: z.boolean().nullish() })),
  errors: z.array(z.unknown()).nullish(),
});

export type BatchAnswer = z.output<typeof batchShape>;

export interface ReadOptions {
  readonly properties: readonly string[];
  readonly withHistory?: readonly string[];
  readonly archived?: boolean;
}

/** A record by its id or by a unique property; `null` when there is none. An id that a merge ate answers with the survivor. */
export async function findRecord(
  call: Call,
  type: RecordType,
  id: string,
  properties: readonly string[],
  idProperty?: string,
): Promise<CrmRecord | null> {
  const query = {
    ...(properties.length === 0 ? {} : { properties: properties.join(',') }),
    ...(idProperty === undefined ? {} : { idProperty }),
  };
  const path = apiPaths.record(type, id);
  try {
    return await call(
      { operation: `read one of ${type}`, effect: 'read', lane: 'general', method: 'GET', path, query },
      recordShape,
    );
  } catch (error) {
    if (error instanceof CrmGone) return null;
    throw error;
  }
}

/** The records among these ids that exist, in no order. At most a batch of ids. */
export async function readRecords(
  call: Call,
  type: RecordType,
  ids: readonly string[],
  options: ReadOptions,
): Promise<readonly CrmRecord[]> {
  if (ids.length === 0) return [];
  const body = {
    inputs: ids.map((id) => ({ id })),
    properties: options.properties,
    propertiesWithHistory: options.withHistory ?? [],
  };
  const query = { archived: String(options.archived ?? false) };
  const path = apiPaths.batch(type, 'read');
  try {
    const { results } = await call(
      { operation: `read ${type}`, effect: 'read', lane: 'general', method: 'POST', path, query, body },
      batchShape,
    );
    return results;
  } catch (error) {
    // Unknown ids are left out of the results; should none be known, a 404 says the same.
    if (error instanceof CrmGone) return [];
    throw error;
  }
}

export interface NewRecord {
  readonly properties: Readonly<Record<string, string>>;
  /** Records the new one is tied to in the same call. */
  readonly associations?: readonly {
    readonly to: { readonly id: string };
    readonly types: readonly { readonly associationCategory: string; readonly associationTypeId: number }[];
  }[];
}

export async function createRecord(call: Call, type: RecordType, body: NewRecord): Promise<CrmRecord> {
  const path = apiPaths.records(type);
  return call(
    { operation: `create one of ${type}`, effect: 'write', lane: 'general', method: 'POST', path, body },
    recordShape,
  );
}

export async function updateRecord(
  call: Call,
  type: RecordType,
  id: string,
  properties: Readonly<Record<string, string>>,
): Promise<void> {
  const [path, body] = [apiPaths.record(type, id), { properties }];
  await call(
    { operation: `update one of ${type}`, effect: 'write', lane: 'general', method: 'PATCH', path, body },
    recordShape,
  );
}

/** Updates many records in one call. @throws CrmRejected when HubSpot refuses the batch for any of them */
export async function updateRecords(
  call: Call,
  type: RecordType,
  inputs: readonly { readonly id: string; readonly properties: Readonly<Record<string, string>> }[],
): Promise<BatchAnswer> {
  const path = apiPaths.batch(type, 'update');
  return call(
    { operation: `update ${type}`, effect: 'write', lane: 'general', method: 'POST', path, body: { inputs } },
    batchShape,
  );
}

/** Makes the record that carries `value` in a unique property, or updates it when there is one. */
export async function upsertRecord(
  call: Call,
  type: RecordType,
  key: { readonly property: string; readonly value: string },
  properties: Readonly<Record<string, string>>,
): Promise<{ readonly id: string; readonly created: boolean }> {
  const operation = `upsert one of ${type}`;
  const body = { inputs: [{ id: key.value, idProperty: key.property, properties }] };
  const path = apiPaths.batch(type, 'upsert');
  const { results, errors } = await call(
    { operation, effect: 'write', lane: 'general', method: 'POST', path, body },
    upsertShape,
  );
  const [made] = results;
  if (made === undefined) throw new CrmRejected({ operation, vendorMessage: readableMessage(207, errors?.[0]) });
  return { id: made.id, created: made.new === true };
}

/** Record ids grow with time, and have no leading zeros. */
export function newerFirst(a: string, b: string): number {
  return b.length - a.length || (a < b ? 1 : -1);
}
