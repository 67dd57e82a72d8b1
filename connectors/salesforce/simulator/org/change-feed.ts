import type { FieldValue } from './field.js';

export type ChangeType = 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';

/** One committed change of one record: what change events and outbound messages are made of. */
export interface OrgChange {
  readonly entity: string;
  readonly ids: readonly string[];
  readonly changeType: ChangeType;
  /** Epoch milliseconds at which it became visible; its `SystemModstamp` may be earlier. */
  readonly commitAt: number;
  readonly commitNumber: number;
  /** The same for all changes of one transaction. */
  readonly transaction: string;
  /** Position within the transaction, from 1. */
  readonly sequence: number;
  /** What the caller named itself in `Sforce-Call-Options`; `null` for people and callers without a name. */
  readonly client: string | null;
  readonly origin: 'api' | 'ui';
  readonly userId: string;
  /** For updates the fields that differ, for creates those that are not empty. */
  readonly changedFields: readonly string[];
  /** The values of `changedFields` as they are now. */
  readonly values: Readonly<Record<string, FieldValue>>;
}

export type ChangeListener = (change: OrgChange) => void;

/** Every committed change, in order of commit. */
export interface ChangeFeed {
  /** @returns ends the subscription. */
  subscribe(listener: ChangeListener): () => void;
  publish(change: OrgChange): void;
}

export function createChangeFeed(): ChangeFeed {
  const listeners = new Set<ChangeListener>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    publish(change) {
      for (const listener of [...listeners]) listener(change);
    },
  };
}
