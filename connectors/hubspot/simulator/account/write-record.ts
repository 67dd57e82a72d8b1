import type { Account } from './account.js';
import type { ObjectRef } from './association-book.js';
import type { AssociationType } from './association-types.js';
import { conflict, validationError } from './api-fault.js';
import { changeOf } from './change-feed.js';
import { checkValues } from './check-values.js';
import { automaticCloseDate, stageTiming } from './derived-deal.js';
import type { ObjectType } from './object-type.js';
import { contacts, deals } from './object-type.js';
import type { CrmRecord, PropertyChanges, WriteSource } from './record.js';
import { changedValues, realChanges } from './record.js';
import { refuseMissing } from './required.js';
import { storeRecord } from './store-record.js';

/** Who writes, when, and under which rules. */
export interface WriteContext {
  readonly source: WriteSource;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Whether the account's own required properties count for this write. */
  readonly enforceRequired: boolean;
  /** Tell nobody: records that were there before anyone listened. */
  readonly quiet?: boolean;
}

export interface NewTie {
  readonly to: ObjectRef;
  readonly types: readonly AssociationType[];
}

/** A write that was found good and waits to happen, so that a batch can be checked as a whole before anything changes. */
export interface PreparedWrite {
  commit(): CrmRecord;
}

function refuseTakenEmail(account: Account, given: PropertyChanges, ownId: string | null): void {
  const additional = (given.hs_additional_emails ?? '').split(';');
  for (const address of [given.email ?? '', ...additional].filter((each) => each !== '')) {
    const holder = account.records.holderOf(contacts, 'email', address);
    if (holder !== undefined && holder.id !== ownId)
      throw conflict(`Contact already exists. Existing ID: ${holder.id}`);
  }
}

/** Everything a move between stages brings with it besides the stage itself. */
function stageMove(
  account: Account,
  before: CrmRecord,
  changes: PropertyChanges,
  context: WriteContext,
): PropertyChanges {
  const from = before.values.dealstage;
  const to = changes.dealstage ?? undefined;
  if (to === undefined || to === from) return {};
  const stageOf = (id: string | undefined) => account.pipelines.findStage(id ?? '')?.stage;
  const byPerson = context.source.userId !== undefined;
  const setsCloseDate = (byPerson || account.settings.closeDateOnApiMoves) && !('closedate' in changes);
  return {
    ...(setsCloseDate ? automaticCloseDate(stageOf(from), stageOf(to), context.at) : {}),
    ...stageTiming(from, to, context.at),
  };
}

function publish(
  account: Account,
  record: CrmRecord,
  changes: PropertyChanges,
  context: WriteContext,
  atCreation: boolean,
): void {
  if (context.quiet === true) return;
  const change = changeOf(record, context.at, context.source);
  if (atCreation) account.changes.publish({ ...change, kind: 'creation' });
  for (const [property, value] of Object.entries(changes)) {
    if (account.properties.find(record.type, property)?.readOnlyValue === true) continue;
    account.changes.publish({ ...change, kind: 'propertyChange', property, value: value ?? '', atCreation });
  }
}

function emptyRecord(type: ObjectType, id: string, at: number): CrmRecord {
  return { type, id, createdAt: at, updatedAt: at, archivedAt: null, values: {}, history: new Map(), mergedIds: [] };
}

function systemValues(record: CrmRecord, { at, source }: WriteContext): PropertyChanges {
  const when = new Date(at).toISOString();
  return {
    hs_object_id: record.id,
    createdate: when,
    hs_createdate: when,
    hs_object_source: source.changeSource,
    hs_object_source_id: source.sourceId,
    hs_object_source_label: source.changeSource,
  };
}

/**
 * Checks a new record.
 * @throws ApiFault 400 for refused or missing values, 409 for a contact whose address is taken.
 */
export function prepareCreate(
  account: Account,
  type: ObjectType,
  input: { readonly properties: Readonly<Record<string, unknown>>; readonly ties: readonly NewTie[] },
  context: WriteContext,
): PreparedWrite {
  const withPipeline = type === deals ? { pipeline: 'default', ...input.properties } : input.properties;
  const given = checkValues(account, type, withPipeline, { before: {}, ownId: null });
  if (type === contacts) refuseTakenEmail(account, given, null);
  const changes = realChanges({ values: {} }, given);
  refuseMissing(account, type, changedValues({}, changes), { creating: true, enforced: context.enforceRequired });
  return {
    commit() {
      const empty = emptyRecord(type, account.records.nextId(type), context.at);
      const moves = stageMove(account, empty, changes, context);
      const all = { ...systemValues(empty, context), ...moves, ...changes };
      const record = storeRecord(account, empty, all, context);
      for (const tie of input.ties) account.associations.link({ type, id: record.id }, tie.to, tie.types);
      publish(account, record, { ...moves, ...changes }, context, true);
      return record;
    },
  };
}

/**
 * Checks changes to a record. Changes that make no difference leave no trace.
 * @throws ApiFault as `prepareCreate`
 */
export function prepareUpdate(
  account: Account,
  record: CrmRecord,
  properties: Readonly<Record<string, unknown>>,
  context: WriteContext,
): PreparedWrite {
  if (Object.keys(properties).length === 0) {
    throw validationError('No properties found to update, please provide at least one.', {
      context: { properties: ['{}'] },
    });
  }
  const { type, id, values } = record;
  const given = checkValues(account, type, properties, { before: values, ownId: id });
  if (type === contacts) refuseTakenEmail(account, given, id);
  refuseMissing(account, type, changedValues(values, given), { creating: false, enforced: context.enforceRequired });
  return {
    commit() {
      // Read again: an earlier write of the same batch may have touched the record.
      const current = account.records.find(type, id) ?? record;
      const asked = realChanges(current, given);
      const changes = { ...asked, ...realChanges(current, stageMove(account, current, asked, context)) };
      if (Object.keys(changes).length === 0) return current;
      const stored = storeRecord(account, current, changes, context);
      publish(account, stored, changes, context, false);
      return stored;
    },
  };
}

/** Works out the derived values of every deal in a stage anew, after the stage's meaning was changed. */
export function rederiveDeals(account: Account, stageId: string, source: WriteSource): void {
  for (const record of [...account.records.all(deals)]) {
    if (record.values.dealstage === stageId) storeRecord(account, record, {}, { at: account.now(), source });
  }
}
