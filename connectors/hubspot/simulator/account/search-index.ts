import type { ObjectType } from './object-type.js';
import { objectTypes } from './object-type.js';
import type { CrmRecord } from './record.js';

/** What search sees: every record as it was some time ago. */
export interface SearchIndex {
  note(type: ObjectType, id: string, record: CrmRecord | null): void;
  /** The records search sees now, in no particular order. */
  visible(type: ObjectType): Iterable<CrmRecord>;
  /** Makes everything visible at once. */
  flush(): void;
}

interface LateVersion {
  readonly visibleAt: number;
  readonly type: ObjectType;
  readonly id: string;
  readonly record: CrmRecord | null;
}

export interface SearchIndexOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly lagMs: () => number;
}

/** An index that lags behind the records. Records never change in place, so a late version costs one reference. */
export function createSearchIndex({ now, lagMs }: SearchIndexOptions): SearchIndex {
  const byType = new Map<ObjectType, Map<string, CrmRecord>>(objectTypes.map((type) => [type, new Map()]));
  let late: LateVersion[] = [];

  const show = ({ type, id, record }: LateVersion): void => {
    if (record === null || record.archivedAt !== null) byType.get(type)?.delete(id);
    else byType.get(type)?.set(id, record);
  };
  const catchUp = (until: number): void => {
    const waiting = late.findIndex((version) => version.visibleAt > until);
    const due = waiting === -1 ? late.length : waiting;
    if (due === 0) return;
    late.slice(0, due).forEach(show);
    late = late.slice(due);
  };
  return {
    note(type, id, record) {
      const version = { visibleAt: now() + lagMs(), type, id, record };
      if (lagMs() === 0 && late.length === 0) show(version);
      else late.push(version);
    },
    visible(type) {
      catchUp(now());
      return byType.get(type)?.values() ?? [];
    },
    flush: () => catchUp(Number.POSITIVE_INFINITY),
  };
}
