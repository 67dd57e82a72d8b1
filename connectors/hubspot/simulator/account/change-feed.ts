import type { ObjectType } from './object-type.js';
import type { CrmRecord, WriteSource } from './record.js';

interface ChangeOf {
  readonly type: ObjectType;
  readonly objectId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly source: WriteSource;
}

/** Something that happened to a record, as webhooks tell it. */
export type CrmChange = ChangeOf &
  (
    | { readonly kind: 'creation' | 'deletion' | 'restore' | 'privacyDeletion' }
    | {
        readonly kind: 'propertyChange';
        readonly property: string;
        readonly value: string;
        readonly atCreation: boolean;
      }
    | {
        readonly kind: 'merge';
        readonly primaryId: string;
        readonly mergedIds: readonly string[];
        readonly movedProperties: number;
      }
  );

/** Carries changes from the records to whoever tells the world about them. */
export interface ChangeFeed {
  publish(change: CrmChange): void;
  subscribe(listener: (change: CrmChange) => void): void;
}

export function createChangeFeed(): ChangeFeed {
  const listeners: ((change: CrmChange) => void)[] = [];
  return {
    publish(change) {
      for (const listener of listeners) listener(change);
    },
    subscribe: (listener) => void listeners.push(listener),
  };
}

/** What every change says of its record. */
export function changeOf(record: CrmRecord, at: number, source: WriteSource): ChangeOf {
  return { type: record.type, objectId: record.id, at, source };
}
