import type { Account } from './account.js';
import type { ObjectType } from './object-type.js';
import { findObjectType } from './object-type.js';
import type { CrmRecord, HistoryEntry } from './record.js';

/** What a read asks for. */
export interface Selection {
  /** Empty: the type's default set. Names the account does not know are silently left out. */
  readonly properties: readonly string[];
  readonly propertiesWithHistory: readonly string[];
  readonly associations: readonly string[];
}

/** A record on the wire. Every property value is a string or `null`. */
export interface RecordJson {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
  readonly archivedAt?: string;
  readonly propertiesWithHistory?: Readonly<Record<string, readonly HistoryEntry[]>>;
  readonly associations?: Readonly<Record<string, { readonly results: readonly { id: string; type: string }[] }>>;
  readonly url?: string;
  readonly new?: boolean;
  readonly objectWriteTraceId?: string;
}

function selected(account: Account, record: CrmRecord, names: readonly string[]): Record<string, string | null> {
  const { type, values } = record;
  const properties: Record<string, string | null> = {};
  // The id and the two dates come with every answer, asked for or not.
  for (const name of ['createdate', type.modifiedProperty, 'hs_object_id', ...names]) {
    if (account.properties.find(type, name) !== undefined) properties[name] = values[name] ?? null;
  }
  return properties;
}

function withHistory(
  account: Account,
  record: CrmRecord,
  names: readonly string[],
): Record<string, readonly HistoryEntry[]> {
  const known = names.filter((name) => account.properties.find(record.type, name) !== undefined);
  const { historyDepth } = account.settings;
  return Object.fromEntries(
    known.map((name) => [name, (record.history.get(name) ?? []).slice(-historyDepth).reverse()]),
  );
}

/** The associations of a v3 read. A primary company stands there twice, once under each type. */
function tied(account: Account, record: CrmRecord, names: readonly string[]): NonNullable<RecordJson['associations']> {
  const result: Record<string, { results: { id: string; type: string }[] }> = {};
  for (const name of names) {
    const to = findObjectType(name);
    if (to === undefined) continue;
    const ties = account.associations.ties(record, to);
    const results = ties.flatMap(({ toId, types }) => types.map((type) => ({ id: toId, type: type.name })));
    if (results.length > 0) result[to.name] = { results };
  }
  return result;
}

function shell(account: Account, record: CrmRecord): Omit<RecordJson, 'properties'> {
  return {
    id: record.id,
    createdAt: new Date(record.createdAt).toISOString(),
    updatedAt: new Date(record.updatedAt).toISOString(),
    archived: record.archivedAt !== null,
    ...(record.archivedAt === null ? {} : { archivedAt: new Date(record.archivedAt).toISOString() }),
    url: `https://app.hubspot.com/contacts/${account.portalId}/record/${record.type.id}/${record.id}`,
  };
}

/** A record as a read answers it. */
export function recordJson(account: Account, record: CrmRecord, selection: Selection): RecordJson {
  const names = selection.properties.length === 0 ? record.type.defaultProperties : selection.properties;
  const { propertiesWithHistory, associations } = selection;
  const ties = associations.length === 0 ? {} : tied(account, record, associations);
  return {
    ...shell(account, record),
    properties: selected(account, record, [...names, ...propertiesWithHistory]),
    ...(propertiesWithHistory.length === 0
      ? {}
      : { propertiesWithHistory: withHistory(account, record, propertiesWithHistory) }),
    ...(Object.keys(ties).length === 0 ? {} : { associations: ties }),
  };
}

/** A record as a write answers it: everything that has a value. */
export function writtenJson(account: Account, record: CrmRecord): RecordJson {
  return { ...shell(account, record), properties: { ...record.values } };
}

/** The words HubSpot uses for a type in messages, e.g. `DEAL`. */
export function shoutedName(type: ObjectType): string {
  return type.singular.toUpperCase();
}
