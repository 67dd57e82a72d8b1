import type { ObjectType } from './object-type.js';

/** Who changed something: `changeSource` of webhooks and `sourceType` of property history are the same words. */
export interface WriteSource {
  readonly changeSource: string;
  readonly sourceId: string;
  readonly userId?: number;
}

/** One version of a property's value. A cleared property has a version with an empty value. */
export interface HistoryEntry {
  readonly value: string;
  /** ISO 8601 UTC. */
  readonly timestamp: string;
  readonly sourceType: string;
  readonly sourceId: string;
  readonly updatedByUserId?: number;
}

/** Every version of every property, oldest first. */
export type PropertyHistory = Map<string, HistoryEntry[]>;

/**
 * One CRM record. Never changed in place: every write makes a new version, so that the search index can go on holding an
 * old one for nothing. Only the history is one growing book for all versions.
 */
export interface CrmRecord {
  readonly type: ObjectType;
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly archivedAt: number | null;
  /** Only properties that have a value. */
  readonly values: Readonly<Record<string, string>>;
  readonly history: PropertyHistory;
  /** Ids of the records merged into this one. */
  readonly mergedIds: readonly string[];
}

/** What a write changes: `null` clears. */
export type PropertyChanges = Readonly<Record<string, string | null>>;

/** Only those changes that make a difference: writing a value that is there already is no change in HubSpot. */
export function realChanges(
  record: Pick<CrmRecord, 'values'>,
  changes: PropertyChanges,
): Record<string, string | null> {
  return Object.fromEntries(Object.entries(changes).filter(([name, value]) => (record.values[name] ?? null) !== value));
}

/** The values after the changes. */
export function changedValues(values: CrmRecord['values'], changes: PropertyChanges): Record<string, string> {
  const after: Record<string, string> = { ...values };
  const cleared = new Set<string>();
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) cleared.add(name);
    else after[name] = value;
  }
  return cleared.size === 0 ? after : withoutKeys(after, cleared);
}

function withoutKeys(values: Record<string, string>, names: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.has(name)));
}

/** Writes the changes into the book. */
export function remember(history: PropertyHistory, changes: PropertyChanges, at: number, source: WriteSource): void {
  const stamp = {
    timestamp: new Date(at).toISOString(),
    sourceType: source.changeSource,
    sourceId: source.sourceId,
    ...(source.userId === undefined ? {} : { updatedByUserId: source.userId }),
  };
  for (const [name, value] of Object.entries(changes)) {
    const entry = { value: value ?? '', ...stamp };
    const versions = history.get(name);
    if (versions === undefined) history.set(name, [entry]);
    else versions.push(entry);
  }
}
