import type { ObjectType } from './object-type.js';
import { objectTypes } from './object-type.js';
import type { CrmRecord } from './record.js';

/** All records of the account, with the index of unique values and the trail that merges leave. */
export interface RecordStore {
  nextId(type: ObjectType): string;
  /** By exact id, archived ones too. */
  find(type: ObjectType, id: string): CrmRecord | undefined;
  /** Like `find`, but an id that a merge ate leads to the survivor. */
  resolve(type: ObjectType, id: string): CrmRecord | undefined;
  /** The live record that holds this value of a unique property, or this e-mail address (also as an additional one). */
  holderOf(type: ObjectType, property: string, value: string): CrmRecord | undefined;
  put(record: CrmRecord): void;
  remove(type: ObjectType, id: string): void;
  redirect(type: ObjectType, oldId: string, newId: string): void;
  /** In order of creation. */
  all(type: ObjectType): Iterable<CrmRecord>;
  count(type: ObjectType): number;
}

export interface RecordStoreOptions {
  uniqueNames(type: ObjectType): ReadonlySet<string>;
  /** Told of every version as it is stored, `null` when a record is removed for good. */
  onPut(type: ObjectType, id: string, record: CrmRecord | null): void;
}

interface TypeRecords {
  readonly byId: Map<string, CrmRecord>;
  readonly redirects: Map<string, string>;
  /** `property` + NUL + value in lower case → record id. */
  readonly unique: Map<string, string>;
  lastId: number;
}

/**
 * Every type counts from the same number, so that a contact and a deal share an id as they do in HubSpot, and ids are
 * too large for 32 bits as HubSpot's are.
 */
const firstId = 31_000_000_000;

const uniqueKey = (property: string, value: string): string => `${property}\0${value.toLowerCase()}`;

/** The index entries a record occupies. An archived record occupies none: whether HubSpot frees them is not established. */
function occupied(record: CrmRecord, uniqueNames: ReadonlySet<string>): readonly string[] {
  if (record.archivedAt !== null) return [];
  const keys = [...uniqueNames].flatMap((name) => {
    const value = record.values[name];
    return value === undefined ? [] : [uniqueKey(name, value)];
  });
  if (record.type.name !== 'contacts') return keys;
  const addresses = [record.values.email ?? '', ...(record.values.hs_additional_emails ?? '').split(';')];
  return [...keys, ...addresses.filter((each) => each !== '').map((each) => uniqueKey('email', each))];
}

export function createRecordStore(options: RecordStoreOptions): RecordStore {
  const byType = new Map<ObjectType, TypeRecords>(
    objectTypes.map((type) => [type, { byId: new Map(), redirects: new Map(), unique: new Map(), lastId: firstId }]),
  );
  const of = (type: ObjectType): TypeRecords => {
    const records = byType.get(type);
    if (records === undefined) throw new TypeError(`No table for ${type.name}.`);
    return records;
  };
  const release = (records: TypeRecords, record: CrmRecord | undefined): void => {
    if (record === undefined) return;
    for (const key of occupied(record, options.uniqueNames(record.type))) {
      if (records.unique.get(key) === record.id) records.unique.delete(key);
    }
  };
  return {
    nextId: (type) => String((of(type).lastId += 1)),
    find: (type, id) => of(type).byId.get(id),
    resolve(type, id) {
      const { byId, redirects } = of(type);
      let current = id;
      for (let next = redirects.get(current); next !== undefined; next = redirects.get(current)) current = next;
      return byId.get(current);
    },
    holderOf(type, property, value) {
      const { byId, unique } = of(type);
      return byId.get(unique.get(uniqueKey(property, value)) ?? '');
    },
    put(record) {
      const records = of(record.type);
      release(records, records.byId.get(record.id));
      for (const key of occupied(record, options.uniqueNames(record.type))) records.unique.set(key, record.id);
      records.byId.set(record.id, record);
      options.onPut(record.type, record.id, record);
    },
    remove(type, id) {
      release(of(type), of(type).byId.get(id));
      of(type).byId.delete(id);
      options.onPut(type, id, null);
    },
    redirect: (type, oldId, newId) => void of(type).redirects.set(oldId, newId),
    all: (type) => of(type).byId.values(),
    count: (type) => of(type).byId.size,
  };
}
