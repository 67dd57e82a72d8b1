import { isDeepStrictEqual } from 'node:util';
import type { OrgChange } from '../org/change-feed.js';

/** What is put on the bus: the entity decides on which channels it is heard. */
export interface ChangeEvent {
  readonly entity: string;
  readonly transaction: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What becomes of a transaction's changes on their way to the bus. */
export type Distortion = 'none' | 'gap' | 'overflow' | 'wildcard';

/** The id that stands for no record. */
const dummyId = '000000000000000AAA';
const mostIds = 100_000;

/**
 * The events of one transaction. The same change to several records is one event, as in Salesforce.
 *
 * @param apiVersion such as `67.0`, shown in the origin
 */
export function eventsOf(
  changes: readonly OrgChange[],
  apiVersion: string,
  distortion: Distortion,
): readonly ChangeEvent[] {
  const merged = merge(changes);
  if (distortion !== 'overflow') return merged.map((change) => eventOf(change, apiVersion, distortion));
  const entities = new Set(merged.map(({ entity }) => entity));
  return [...entities].flatMap((entity) => {
    const first = merged.find((change) => change.entity === entity);
    return first === undefined ? [] : [eventOf(first, apiVersion, 'overflow')];
  });
}

function merge(changes: readonly OrgChange[]): readonly OrgChange[] {
  const merged: OrgChange[] = [];
  for (const change of changes) {
    const last = merged.at(-1);
    if (last !== undefined && saysTheSame(last, change)) {
      merged[merged.length - 1] = { ...last, ids: [...last.ids, ...change.ids] };
    } else merged.push(change);
  }
  return merged;
}

/** Creations have values of their own and are therefore rarely joined. */
function saysTheSame(one: OrgChange, other: OrgChange): boolean {
  if (one.entity !== other.entity || one.changeType !== other.changeType || one.ids.length >= mostIds) return false;
  return isDeepStrictEqual([one.changedFields, one.values], [other.changedFields, other.values]);
}

function eventOf(change: OrgChange, apiVersion: string, distortion: Distortion): ChangeEvent {
  const { entity, transaction, changeType, changedFields } = change;
  const isGap = distortion === 'gap' || distortion === 'overflow';
  const recordIds = {
    none: change.ids,
    gap: change.ids,
    overflow: [dummyId],
    wildcard: [`${(change.ids[0] ?? '').slice(0, 3)}*`],
  }[distortion];
  const header = {
    entityName: entity,
    recordIds,
    changeType: distortion === 'overflow' ? 'GAP_OVERFLOW' : isGap ? `GAP_${changeType}` : changeType,
    changeOrigin: originOf(change, apiVersion),
    transactionKey: transaction,
    sequenceNumber: change.sequence,
    commitTimestamp: Math.floor(change.commitAt / 1_000) * 1_000,
    commitUser: change.userId,
    commitNumber: change.commitNumber,
    changedFields: changeType === 'UPDATE' && !isGap ? changedFields : [],
  };
  const values = isGap || changeType === 'DELETE' ? {} : valuesOf(change);
  return { entity, transaction, payload: { ChangeEventHeader: header, ...values } };
}

/** What a change made in the browser shows here is not established; it is empty for most. */
function originOf({ origin, client }: OrgChange, apiVersion: string): string {
  if (origin === 'ui') return '';
  return `com/salesforce/api/rest/${apiVersion}${client === null ? '' : `;client=${client}`}`;
}

/** Updates carry what changed, a cleared field as null; creations only what is not empty. */
function valuesOf({ changeType, changedFields, values }: OrgChange): Readonly<Record<string, unknown>> {
  const shown = changedFields.filter((field) => changeType === 'UPDATE' || (values[field] ?? null) !== null);
  return Object.fromEntries(shown.map((field) => [field, values[field] ?? null]));
}
