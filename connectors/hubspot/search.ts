import { z } from 'zod';
import { CrmRejected } from '../contract.js';
import { apiPaths, type RecordType } from './api.js';
import type { Call } from './call.js';
import { recordShape, type CrmRecord } from './records.js';

const pageShape = z.object({
  results: z.array(recordShape),
  paging: z
    .object({ next: z.object({ after: z.union([z.string(), z.number().transform(String)]) }).nullish() })
    .nullish(),
});

export interface Filter {
  readonly propertyName: string;
  readonly operator: 'EQ' | 'GTE' | 'CONTAINS_TOKEN' | 'NOT_HAS_PROPERTY';
  readonly value?: string;
}

/** Filters that must all hold. */
export type FilterGroup = readonly Filter[];

export interface SearchRequest {
  /** One group that holds is enough. */
  readonly groups: readonly FilterGroup[];
  readonly properties: readonly string[];
  readonly limit: number;
  readonly after?: string | undefined;
  readonly sortBy?: string | undefined;
}

export interface RecordPage {
  readonly records: readonly CrmRecord[];
  /** Where the next page begins; `null` on the last one. */
  readonly after: string | null;
}

/** Text is compared without regard to case. */
export function equals(propertyName: string, value: string): Filter {
  return { propertyName, operator: 'EQ', value };
}

/** The words of `value` stand in the text: wider than wanted, so what is found must be looked at again. */
export function containsWords(propertyName: string, value: string): Filter {
  return { propertyName, operator: 'CONTAINS_TOKEN', value };
}

export function isEmpty(propertyName: string): Filter {
  return { propertyName, operator: 'NOT_HAS_PROPERTY' };
}

export function notBefore(propertyName: string, instantMs: number): Filter {
  return { propertyName, operator: 'GTE', value: String(instantMs) };
}

/** One page of a search. Search is late: a record just written may be missing (BEHAVIOR.md, "Search is late"). */
export async function searchRecords(call: Call, type: RecordType, request: SearchRequest): Promise<RecordPage> {
  const body = {
    filterGroups: request.groups.map((filters) => ({ filters })),
    properties: request.properties,
    limit: request.limit,
    ...(request.after === undefined ? {} : { after: request.after }),
    ...(request.sortBy === undefined ? {} : { sorts: [{ propertyName: request.sortBy, direction: 'ASCENDING' }] }),
  };
  const path = apiPaths.search(type);
  const { results, paging } = await call(
    { operation: `search ${type}`, effect: 'read', lane: 'search', method: 'POST', path, body },
    pageShape,
  );
  return { records: results, after: paging?.next?.after ?? null };
}

/**
 * A search with groups the account may not allow: where a property is hidden from our app, HubSpot refuses the whole search,
 * and the essential groups have to do alone.
 */
export async function searchTolerantly(
  call: Call,
  type: RecordType,
  request: SearchRequest & { readonly optionalGroups: readonly FilterGroup[] },
): Promise<readonly CrmRecord[]> {
  const { optionalGroups, ...essential } = request;
  try {
    const all = { ...essential, groups: [...essential.groups, ...optionalGroups] };
    return (await searchRecords(call, type, all)).records;
  } catch (error) {
    if (!(error instanceof CrmRejected) || optionalGroups.length === 0) throw error;
    return essential.groups.length === 0 ? [] : (await searchRecords(call, type, essential)).records;
  }
}
