import { z } from 'zod';
import { CrmGone } from '../contract.js';
import { apiPaths, tiesBatchSize, type RecordReference, type RecordType } from './api.js';
import type { Call } from './call.js';

/** Ids are numbers in HubSpot's documents and texts in its descriptions. */
const recordId = z.union([z.string(), z.number().transform(String)]);

const tiesShape = z.object({
  results: z.array(z.object({ from: z.object({ id: recordId }), to: z.array(z.object({ toObjectId: recordId })) })),
});

/**
 * Ties two records with HubSpot's unlabelled association. Doing it again changes nothing, and labels a person gave stay, which
 * the labelled form of this call would replace. @throws CrmGone when either record is not there
 */
export async function tie(call: Call, from: RecordReference, to: RecordReference): Promise<void> {
  const operation = `associate ${from.type} with ${to.type}`;
  const path = apiPaths.tie(from, to);
  await call({ operation, effect: 'write', lane: 'associations', method: 'PUT', path }, z.unknown());
}

/** Ids of the records each of these is tied to; records without ties are left out. Never late, unlike search. */
export async function readTies(
  call: Call,
  from: { readonly type: RecordType; readonly ids: readonly string[] },
  toType: RecordType,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = [...new Set(from.ids)].slice(0, tiesBatchSize);
  if (ids.length === 0) return new Map();
  const operation = `read ${toType} of ${from.type}`;
  const body = { inputs: ids.map((id) => ({ id })) };
  const path = apiPaths.ties(from.type, toType);
  try {
    const { results } = await call(
      { operation, effect: 'read', lane: 'associations', method: 'POST', path, body },
      tiesShape,
    );
    return new Map(results.map((one) => [one.from.id, [...new Set(one.to.map((tied) => tied.toObjectId))]]));
  } catch (error) {
    // A record that is not there has no ties; a merged-away one answers the same.
    if (error instanceof CrmGone) return new Map();
    throw error;
  }
}
