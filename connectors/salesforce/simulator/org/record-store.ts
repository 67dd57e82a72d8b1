import { fullId } from '../record-id.js';
import type { FieldValue } from './field.js';

/** One record as it stands. Never changed in place: a write puts another one under the same id. */
export interface OrgRecord {
  readonly id: string;
  readonly entity: string;
  readonly values: Readonly<Record<string, FieldValue>>;
  /** Names the act that deleted it, so that what went together comes back together; `null` while it is there. */
  readonly deletedBy: string | null;
}

/** All records, the deleted ones in the recycle bin too. */
export interface RecordStore {
  /** By 15 or 18 characters. */
  find(id: string): OrgRecord | undefined;
  put(record: OrgRecord): void;
  /** Takes a record away for good. */
  remove(id: string): void;
  all(entity: string): readonly OrgRecord[];
  /** Records with this value in a field, texts in any case. Uses an index that is made when first asked for. */
  byValue(entity: string, field: string, value: FieldValue): readonly OrgRecord[];
  /** Records by `SystemModstamp`, then `Id`, from a stamp on. */
  inStampOrder(entity: string, since: string): readonly OrgRecord[];
  /** Grows with every change to a record of the entity. */
  version(entity: string): number;
}

interface Table {
  readonly rows: Map<string, OrgRecord>;
  readonly indexes: Map<string, Map<string, Set<string>>>;
  version: number;
  stampOrder: { readonly version: number; readonly rows: readonly OrgRecord[] } | null;
}

function keyOf(value: FieldValue | undefined): string {
  return value === null || value === undefined ? '' : String(value).toLowerCase();
}

function byStamp(a: OrgRecord, b: OrgRecord): number {
  const [first, second] = [a.values.SystemModstamp ?? '', b.values.SystemModstamp ?? ''];
  if (first !== second) return first < second ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Where the records with this stamp or a later one begin, in their order. */
function firstSince(rows: readonly OrgRecord[], since: string): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (String(rows[middle]?.values.SystemModstamp ?? '') < since) low = middle + 1;
    else high = middle;
  }
  return low;
}

function reindex(table: Table, before: OrgRecord | undefined, after: OrgRecord | undefined): void {
  for (const [field, index] of table.indexes) {
    if (before !== undefined) index.get(keyOf(before.values[field]))?.delete(before.id);
    if (after === undefined) continue;
    const key = keyOf(after.values[field]);
    const ids = index.get(key);
    if (ids === undefined) index.set(key, new Set([after.id]));
    else ids.add(after.id);
  }
}

function indexOf(table: Table, field: string): Map<string, Set<string>> {
  const existing = table.indexes.get(field);
  if (existing !== undefined) return existing;
  const index = new Map<string, Set<string>>();
  table.indexes.set(field, index);
  for (const row of table.rows.values()) {
    const key = keyOf(row.values[field]);
    index.set(key, (index.get(key) ?? new Set()).add(row.id));
  }
  return index;
}

export function createRecordStore(): RecordStore {
  const tables = new Map<string, Table>();
  const entityOf = new Map<string, string>();
  const table = (entity: string): Table => {
    const known = tables.get(entity);
    if (known !== undefined) return known;
    const fresh: Table = { rows: new Map(), indexes: new Map(), version: 0, stampOrder: null };
    tables.set(entity, fresh);
    return fresh;
  };
  const find = (id: string): OrgRecord | undefined => {
    const full = fullId(id);
    return full === null ? undefined : table(entityOf.get(full) ?? '').rows.get(full);
  };
  return {
    find,
    put(record) {
      const target = table(record.entity);
      reindex(target, target.rows.get(record.id), record);
      target.rows.set(record.id, record);
      target.version += 1;
      entityOf.set(record.id, record.entity);
    },
    remove(id) {
      const record = find(id);
      if (record === undefined) return;
      const target = table(record.entity);
      reindex(target, record, undefined);
      target.rows.delete(record.id);
      target.version += 1;
      entityOf.delete(record.id);
    },
    all: (entity) => [...table(entity).rows.values()],
    byValue(entity, field, value) {
      const target = table(entity);
      const ids = indexOf(target, field).get(keyOf(value)) ?? [];
      return [...ids].flatMap((id) => target.rows.get(id) ?? []);
    },
    inStampOrder(entity, since) {
      const target = table(entity);
      if (target.stampOrder?.version !== target.version) {
        target.stampOrder = { version: target.version, rows: [...target.rows.values()].sort(byStamp) };
      }
      const { rows } = target.stampOrder;
      return rows.slice(firstSince(rows, since));
    },
    version: (entity) => table(entity).version,
  };
}
