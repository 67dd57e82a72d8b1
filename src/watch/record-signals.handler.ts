import type { CrmSignal } from '../../connectors/contract.js';
import type { Database } from '../platform/database.js';
import type { Clock } from '../platform/clock.js';
import type { Queue } from '../platform/queue.js';
import { enqueueWork } from '../platform/work.store.js';
import { eraseCrmContactWork, erasedContactKey } from '../sync/erase-contact-work.js';
import { followLeadWork } from '../sync/guard-work.js';
import { registrationsOfLeads } from '../sync/lead-link.store.js';
import { markPending, type DealHint } from './pending-deal.store.js';

/** Most hints written by one statement. */
const mostHintsAtOnce = 2_000;

/** Least time between two wake-ups of a connection's readers. */
const wakeSpacingMs = 50;

export type RecordSignals = (connectionId: string, signals: readonly CrmSignal[]) => Promise<void>;

interface LeadHint {
  readonly connectionId: string;
  readonly crmLeadId: string;
}

interface ErasedContact {
  readonly connectionId: string;
  readonly crmContactId: string;
}

interface Waiting {
  readonly hints: readonly DealHint[];
  readonly leads: readonly LeadHint[];
  readonly erased: readonly ErasedContact[];
  readonly settle: (error: unknown) => void;
}

/**
 * Puts the deals that signals name into the pending set, and leads of ours into the diary, and resolves once they are durable. Deliveries that arrive while a
 * write is under way share the next one: the answer still waits for its own commit, but a burst of webhooks does not cost a
 * commit each.
 */
export function createRecordSignals(deps: {
  readonly db: Database;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly topicsOf: (connectionId: string) => readonly string[];
}): RecordSignals {
  const wakeReaders = createSpacedWake((connectionId) => {
    deps.topicsOf(connectionId).forEach((topic) => deps.queue.wake(topic));
  });
  let waiting: Waiting[] = [];
  let writing = false;

  const write = async (batch: readonly Waiting[]): Promise<void> => {
    const hints = batch.flatMap((one) => one.hints);
    await markPending(deps.db, hints, deps.clock.now());
    await followLeads(
      deps,
      batch.flatMap((one) => one.leads),
    );
    await noteErased(
      deps,
      batch.flatMap((one) => one.erased),
    );
    for (const connectionId of new Set(hints.map((hint) => hint.connectionId))) wakeReaders(connectionId);
  };

  const writeAll = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      const batch = takeBatch();
      let failure: unknown = null;
      try {
        await write(batch);
      } catch (error) {
        failure = error;
      }
      for (const one of batch) one.settle(failure);
    }
    writing = false;
  };

  const takeBatch = (): readonly Waiting[] => {
    let hints = 0;
    let deliveries = 0;
    while (deliveries < waiting.length && (deliveries === 0 || hints < mostHintsAtOnce)) {
      const next = waiting[deliveries];
      hints += (next?.hints.length ?? 0) + (next?.leads.length ?? 0);
      deliveries += 1;
    }
    const batch = waiting.slice(0, deliveries);
    waiting = waiting.slice(deliveries);
    return batch;
  };

  return (connectionId, signals) => {
    if (signals.length === 0) return Promise.resolve();
    const sorted = sortOut(connectionId, signals);
    return new Promise((resolve, reject) => {
      const settle = (error: unknown): void => {
        if (error === null) resolve();
        else reject(error instanceof Error ? error : new SignalsNotRecorded(error));
      };
      waiting.push({ ...sorted, settle });
      if (!writing) void writeAll();
    });
  };
}

function sortOut(connectionId: string, signals: readonly CrmSignal[]): Omit<Waiting, 'settle'> {
  return {
    hints: signals.flatMap((signal) =>
      signal.objectType === 'deal' ? [{ connectionId, crmDealId: signal.crmDealId, stageHint: signal.stageHint }] : [],
    ),
    leads: signals.flatMap((signal) =>
      signal.objectType === 'lead' ? [{ connectionId, crmLeadId: signal.crmLeadId }] : [],
    ),
    erased: signals.flatMap((signal) =>
      signal.objectType === 'erased-contact' ? [{ connectionId, crmContactId: signal.crmContactId }] : [],
    ),
  };
}

/** Leads of ours become work; those of nobody cost a look at an index. */
async function followLeads(
  deps: { readonly db: Database; readonly clock: Clock; readonly queue: Queue },
  leads: readonly LeadHint[],
): Promise<void> {
  for (const connectionId of new Set(leads.map((lead) => lead.connectionId))) {
    const ids = leads.filter((lead) => lead.connectionId === connectionId).map((lead) => lead.crmLeadId);
    const registrationIds = await registrationsOfLeads(deps.db, connectionId, ids);
    if (registrationIds.length === 0) continue;
    const work = registrationIds.map((key) => ({ kind: followLeadWork, key }));
    await deps.db.transaction().execute((trx) => enqueueWork(trx, work, deps.clock.now()));
    deps.queue.wake(followLeadWork);
  }
}

/** Deletions for privacy are rare, and each becomes work: whether the contact is known here is found out there. */
async function noteErased(
  deps: { readonly db: Database; readonly clock: Clock; readonly queue: Queue },
  erased: readonly ErasedContact[],
): Promise<void> {
  if (erased.length === 0) return;
  const work = erased.map(({ connectionId, crmContactId }) => ({
    kind: eraseCrmContactWork,
    key: erasedContactKey(connectionId, crmContactId),
  }));
  await deps.db.transaction().execute((trx) => enqueueWork(trx, work, deps.clock.now()));
  deps.queue.wake(eraseCrmContactWork);
}

/**
 * Wakes at once, and once more at the end of a moment in which it was asked again. Readers let a batch fill for longer than
 * that, and over Redis a wake-up costs as much as verifying a webhook.
 */
function createSpacedWake(wake: (connectionId: string) => void): (connectionId: string) => void {
  const resting = new Map<string, { asked: boolean }>();
  const wakeAndRest = (connectionId: string): void => {
    const rest = { asked: false };
    resting.set(connectionId, rest);
    // A process that ends meanwhile loses nothing: what is pending is found at the readers' fallback tick.
    setTimeout(() => {
      resting.delete(connectionId);
      if (rest.asked) wakeAndRest(connectionId);
    }, wakeSpacingMs).unref();
    wake(connectionId);
  };
  return (connectionId) => {
    const rest = resting.get(connectionId);
    if (rest === undefined) wakeAndRest(connectionId);
    else rest.asked = true;
  };
}

/** The pending set could not be written; the sender is to try again. */
class SignalsNotRecorded extends Error {
  override readonly name = 'SignalsNotRecorded';

  constructor(cause: unknown) {
    super('The signals could not be recorded', { cause });
  }
}
