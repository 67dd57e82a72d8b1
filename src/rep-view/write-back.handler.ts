import { CrmRejected, type CrmConnector, type DealStamp, type WriteBackResult } from '../../connectors/contract.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { Transact } from '../platform/unit-of-work.js';
import type { WorkOutcome } from '../platform/work.js';
import type { Connections } from '../sync/connections.js';
import { emptyStamp } from '../sync/deal-stamp.js';
import { followLeadWork } from '../sync/guard-work.js';
import type { ConnectionTrouble } from '../watch/connection-trouble.handler.js';
import { showViewWork } from '../watch/topics.js';
import { differs } from './rep-view.js';
import { firstRound, noteShown, recordKey, shownViews } from './rep-view.store.js';
import { viewSubjects, type ViewSubject } from './view-subjects.handler.js';
import { wantedViews, type CostSources } from './wanted-stamps.handler.js';

export interface WriteBackDependencies extends CostSources {
  readonly db: Database;
  readonly clock: Clock;
  readonly transact: Transact;
  readonly connections: Connections;
  /** Says that a connection's views lack something, and that they no longer do. */
  readonly trouble: ConnectionTrouble;
  /** When a cost changes its status by itself, because a hold ends. */
  readonly nextMaturities: (ids: readonly string[]) => Promise<ReadonlyMap<string, Date>>;
}

/** How often a view that could not be written whole is written again, until somebody has made what is missing. */
const incompleteMs = 3_600_000;

interface Update {
  readonly subject: ViewSubject;
  readonly stamp: DealStamp;
  readonly round: string;
}

type Write = CrmConnector['writeBack'];

/**
 * Brings the rep's view in the CRM up to date for many deals, and leads before them, in as few calls as the vendor allows; records
 * whose view has not changed cost nothing. Dying between the call and its note writes the same values again.
 * @param ids deals, and registrations that have none yet; what is neither, or not in the CRM, is passed over
 * @throws the connector's failures; nothing is noted of the batch then
 */
export function createWriteBack(deps: WriteBackDependencies) {
  return async (ids: readonly string[]): Promise<ReadonlyMap<string, WorkOutcome>> => {
    const subjects = await viewSubjects(deps.db, ids);
    const outcomes = new Map<string, WorkOutcome>();
    // A hold ends without anything happening, so the rep's view is put into the diary for that day.
    for (const [id, at] of await deps.nextMaturities(ids)) outcomes.set(id, { kind: 'again', at });
    const updates = await outdated(
      deps,
      // Whoever stamps those that are being stamped calls again in the transaction that says so.
      subjects.filter(({ beingStamped }) => !beingStamped),
    );
    for (const group of groupsOf(deps.connections, updates)) {
      for (let from = 0; from < group.updates.length; from += group.limit) {
        const refused = await writeBatch(deps, group, group.updates.slice(from, from + group.limit));
        for (const [id, outcome] of refused) outcomes.set(id, outcome);
      }
    }
    return outcomes;
  };
}

/** Views that show something else than they should. A record that is nobody's is cleared where we have written to it. */
async function outdated(deps: WriteBackDependencies, subjects: readonly ViewSubject[]): Promise<readonly Update[]> {
  const shown = await shownViews(
    deps.db,
    subjects.map(({ record }) => record),
  );
  const wanted = await wantedViews(deps.db, deps, subjects);
  return wanted.flatMap(({ subject, stamp }) => {
    const view = shown.get(recordKey(subject.record));
    if (stamp === null && view === undefined) return [];
    const due = stamp ?? emptyStamp;
    return differs(view?.stamp ?? undefined, due) ? [{ subject, stamp: due, round: view?.round ?? firstRound }] : [];
  });
}

interface Group {
  readonly connectionId: string;
  readonly write: Write;
  readonly limit: number;
  readonly updates: readonly Update[];
}

/** What goes together: records of one kind in one CRM. A connection that is not there any more is left alone. */
function groupsOf(connections: Connections, updates: readonly Update[]): readonly Group[] {
  const kinds = new Map<string, Update[]>();
  for (const update of updates) {
    const { connectionId, objectType } = update.subject.record;
    const key = `${objectType} ${connectionId}`;
    kinds.set(key, [...(kinds.get(key) ?? []), update]);
  }
  return [...kinds.values()].flatMap((updates) => {
    const record = updates[0]?.subject.record;
    const connector = record && connections.connector(record.connectionId);
    if (record === undefined || connector === undefined) return [];
    const write = writerOf(connector, record.objectType);
    if (write === undefined) return [];
    return [{ connectionId: record.connectionId, write, limit: connector.limits.writeBack, updates }];
  });
}

function writerOf(connector: CrmConnector, objectType: 'deal' | 'lead'): Write | undefined {
  if (objectType === 'deal') return (updates) => connector.writeBack(updates);
  const { leads } = connector;
  return leads === null ? undefined : (updates) => leads.writeBack(updates);
}

/** @returns what became of those that were refused */
async function writeBatch(
  deps: WriteBackDependencies,
  { connectionId, write }: Group,
  batch: readonly Update[],
): Promise<ReadonlyMap<string, WorkOutcome>> {
  const results = new Map(
    (await write(batch.map(({ subject, stamp }) => ({ crmId: subject.record.crmId, stamp })))).map((result) => [
      result.crmId,
      result,
    ]),
  );
  const ended = (kind: WriteBackResult['kind']) =>
    batch.filter(({ subject }) => results.get(subject.record.crmId)?.kind === kind);
  await deps.transact(async (uow) => {
    await noteShown(
      uow.trx,
      ended('written').map(({ subject, stamp, round }) => ({ record: subject.record, stamp, round })),
      uow.now,
    );
    // A lead that cannot be written any more was converted, merged or deleted: the guard finds out which.
    const lost = ended('gone').filter(({ subject }) => subject.record.objectType === 'lead');
    const registrationIds = lost.flatMap(({ subject }) => subject.registrationIds);
    await uow.enqueue(registrationIds.map((key) => ({ kind: followLeadWork, key })));
  });
  const outcomes = new Map<string, WorkOutcome>();
  for (const { subject } of batch) {
    const result = results.get(subject.record.crmId);
    if (result?.kind !== 'rejected') continue;
    const outcome = refusal(subject, result, deps.clock.now());
    for (const id of subject.ids) outcomes.set(id, outcome);
  }
  await tellWhatLacks(deps, connectionId, [...results.values()]);
  return outcomes;
}

type Rejected = Extract<WriteBackResult, { kind: 'rejected' }>;

function refusal({ record }: ViewSubject, { detail, lacksFields }: Rejected, now: Date): WorkOutcome {
  if (lacksFields === true) return { kind: 'again', at: new Date(now.getTime() + incompleteMs) };
  const title =
    record.objectType === 'deal'
      ? 'The CRM refused to show the commission'
      : 'The CRM refused to show where the registration stands';
  return { kind: 'set-aside', title, detail };
}

/** A field that is missing is missing on every record: one problem of the connection says so, and closes once a view is whole. */
async function tellWhatLacks(
  { trouble }: WriteBackDependencies,
  connectionId: string,
  results: readonly WriteBackResult[],
): Promise<void> {
  const lacking = results.find((result) => result.kind === 'rejected' && result.lacksFields === true);
  if (lacking?.kind === 'rejected') {
    const failure = new CrmRejected({ operation: 'write the view', vendorMessage: lacking.detail });
    await trouble.failed(showViewWork, connectionId, failure);
  } else if (results.some(({ kind }) => kind === 'written')) {
    await trouble.works(showViewWork, connectionId);
  }
}
