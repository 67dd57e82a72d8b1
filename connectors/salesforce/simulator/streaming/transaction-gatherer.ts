import type { ChangeEvent } from './change-event.js';
import { eventsOf } from './change-event.js';
import type { OrgChange } from '../org/change-feed.js';
import type { StreamingFaults } from './streaming-faults.js';
import type { StreamingSettings } from './streaming-settings.js';

/** Puts the changes of a transaction together and sends its events on their way. */
export interface TransactionGatherer {
  add(change: OrgChange): void;
  close(): void;
}

export interface TransactionGathererOptions {
  readonly settings: StreamingSettings;
  readonly faults: StreamingFaults;
  readonly onEvents: (events: readonly ChangeEvent[]) => void;
}

export function createTransactionGatherer({
  settings,
  faults,
  onEvents,
}: TransactionGathererOptions): TransactionGatherer {
  let open: OrgChange[] = [];
  let late: { readonly changes: readonly OrgChange[]; readonly timer: NodeJS.Timeout } | null = null;
  const timers = new Set<NodeJS.Timeout>();

  const later = (delayMs: number, act: () => void): NodeJS.Timeout => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, delayMs);
    timers.add(timer);
    return timer;
  };
  const send = (changes: readonly OrgChange[], distortion: Parameters<typeof eventsOf>[2] = 'none'): void => {
    const events = eventsOf(changes, settings.apiVersion, distortion);
    if (settings.delayMs === 0) onEvents(events);
    else later(settings.delayMs, () => onEvents(events));
  };
  const releaseLate = (): void => {
    if (late === null) return;
    const { changes, timer } = late;
    clearTimeout(timer);
    timers.delete(timer);
    late = null;
    send(changes);
  };
  const flush = (): void => {
    const changes = open;
    open = [];
    if (changes.length === 0) return;
    const fault = faults.strikeEvents();
    if (fault === 'drop') return;
    // Changes of one record never overtake each other.
    if (late !== null && sharesRecord(late.changes, changes)) releaseLate();
    if (fault === 'late') {
      releaseLate();
      late = { changes, timer: later(settings.lateMs, releaseLate) };
      return;
    }
    send(changes, fault ?? 'none');
    releaseLate();
  };
  return {
    add(change) {
      if (open[0] !== undefined && open[0].transaction !== change.transaction) flush();
      // A transaction tells all its changes in one go.
      if (open.length === 0) queueMicrotask(flush);
      open.push(change);
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      open = [];
      late = null;
    },
  };
}

function sharesRecord(some: readonly OrgChange[], others: readonly OrgChange[]): boolean {
  const ids = new Set(some.flatMap((change) => change.ids));
  return others.some((change) => change.ids.some((id) => ids.has(id)));
}
