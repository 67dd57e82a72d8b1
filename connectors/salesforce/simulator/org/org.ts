import type { SimulatorClock } from '../../../simulator/clock.js';
import type { RecordIds } from '../record-id.js';
import { createRecordIds } from '../record-id.js';
import type { SimulatorSettings } from '../settings.js';
import type { ChangeFeed } from './change-feed.js';
import { createChangeFeed } from './change-feed.js';
import type { RecordStore } from './record-store.js';
import { createRecordStore } from './record-store.js';
import type { RowLocks } from './row-locks.js';
import { createRowLocks } from './row-locks.js';
import type { Schema } from './schema.js';
import { createSchema } from './schema.js';
import type { Actor, Transaction } from './transaction.js';
import { beginTransaction } from './transaction.js';
import type { View } from './view.js';
import { completeView, createView } from './view.js';

/** A rule of the administrator that refuses a save. */
export interface ValidationRule {
  readonly entity: string;
  /** A condition in SOQL; a record that meets it is refused, e.g. `StageName = 'Closed Won' AND Amount = null`. */
  readonly errorWhen: string;
  readonly message: string;
  /** Where the error is shown; at the top of the page when left out. */
  readonly field?: string | undefined;
  /** FIELD_CUSTOM_VALIDATION_EXCEPTION unless said, e.g. CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY for a trigger. */
  readonly errorCode?: string | undefined;
}

export interface DuplicateRule {
  readonly entity: string;
  readonly name: string;
  /** `alert` can be saved past by header, `block` cannot. */
  readonly action: 'alert' | 'block';
  /** Where duplicates are looked for; the entity itself when left out. */
  readonly against?: string | undefined;
  /** Records whose values are all the same, in any case and not empty, are duplicates. */
  readonly fields: readonly string[];
}

/** Everything one simulated org holds. */
export interface Org {
  /** 18 characters, `00D…`. */
  readonly id: string;
  readonly settings: SimulatorSettings;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newId: RecordIds;
  readonly schema: Schema;
  readonly records: RecordStore;
  readonly changes: ChangeFeed;
  readonly locks: RowLocks;
  readonly validationRules: ValidationRule[];
  readonly duplicateRules: DuplicateRule[];
  /** Record type id → picklist field → the values it allows. */
  readonly recordTypeValues: Map<string, Readonly<Record<string, readonly string[]>>>;
  /** Start, in epoch milliseconds, of transactions that have not committed yet. */
  readonly openTransactions: Set<{ readonly since: number }>;
  /** Looks at everything. */
  readonly complete: View;
  viewOf(userId: string): View;
  begin(actor: Actor): Transaction;
}

export function createOrg(settings: SimulatorSettings, clock: SimulatorClock): Org {
  const now = (): number => clock.now().getTime();
  const newId = createRecordIds();
  const schema = createSchema((feature) =>
    feature === 'datedRates' ? settings.datedRates && settings.multiCurrency : settings[feature],
  );
  const records = createRecordStore();
  const changes = createChangeFeed();
  const views = new Map<string, View>();
  let lastCommit = 1_100_638_524_517;
  const nextCommitNumber = (): number => (lastCommit += 1);
  const isTracked = (entity: string): boolean => schema.object(entity)?.tracked === true;
  return {
    id: newId('00D'),
    settings,
    now,
    newId,
    schema,
    records,
    changes,
    locks: createRowLocks(),
    validationRules: [],
    duplicateRules: [],
    recordTypeValues: new Map(),
    openTransactions: new Set(),
    complete: completeView(schema),
    viewOf(userId) {
      const view = views.get(userId) ?? createView(schema, records, userId);
      views.set(userId, view);
      return view;
    },
    begin: (actor) => beginTransaction({ records, changes, now, nextCommitNumber, isTracked }, actor),
  };
}
