import type { StreamEvent } from './bayeux.js';
import type { OwnWriting, RecordChange } from './change-events.js';
import { readChangeEvent } from './change-events.js';

/**
 * Changes that no event names one by one: read again what was modified since `since` (ISO 8601 UTC, an overlap for late commits
 * included; `null`: since ever), of one object or of all. `started`: the stream begins; `expired`: it had been away for longer than Salesforce
 * keeps events; `overflow`: too many changes in one transaction; `unreadable`: an event of no form we know.
 */
export interface Reread {
  readonly object: string | null;
  readonly since: string | null;
  readonly reason: 'started' | 'expired' | 'overflow' | 'unreadable';
}

/** What must be stored in one transaction before the stream goes on. */
export interface ChangeBatch {
  readonly changes: readonly RecordChange[];
  readonly rereads: readonly Reread[];
  /** Events that only repeat our own writes. */
  readonly echoes: number;
  /** Events about objects we do not watch. */
  readonly ignored: number;
  /** Opaque; given back by `position` at the next start. */
  readonly position: string;
}

export interface EventReading {
  /** Object names of which changes matter. */
  readonly objects: readonly string[];
  readonly own: OwnWriting;
  /** How far before a commit the records it changed may have been stamped, in milliseconds. */
  readonly overlapMs: number;
}

export interface EventsRead extends Omit<ChangeBatch, 'position'> {
  /** When the last of them was committed, as far as that can be read. ISO 8601 UTC. */
  readonly lastCommitAt: string | null;
}

/**
 * What a run of events comes to. Pure.
 *
 * @param asOf ISO 8601 UTC: until when everything had been handed over before these events
 */
export function readEvents(
  events: readonly StreamEvent[],
  asOf: string,
  { objects, own, overlapMs }: EventReading,
): EventsRead {
  const changes: RecordChange[] = [];
  const rereads = new Map<string, Reread & { readonly since: string }>();
  let echoes = 0;
  let ignored = 0;
  let lastCommitAt: string | null = null;
  const reread = (object: string | null, at: string, reason: Reread['reason']): void => {
    const since = before(at, overlapMs);
    const key = `${reason} ${object ?? ''}`;
    const known = rereads.get(key)?.since;
    if (known === undefined || since < known) rereads.set(key, { object, since, reason });
  };
  for (const { payload } of events) {
    const reading = readChangeEvent(payload, own);
    const { object, commitAt } = reading.kind === 'change' ? reading.change : { commitAt: null, ...reading };
    lastCommitAt = commitAt ?? lastCommitAt;
    if (object !== null && !objects.includes(object)) ignored += 1;
    else if (reading.kind === 'echo') echoes += 1;
    else if (reading.kind === 'change') changes.push(reading.change);
    else reread(object, commitAt ?? asOf, reading.kind);
  }
  return { changes, rereads: [...rereads.values()], echoes, ignored, lastCommitAt };
}

/** @returns the moment `ms` earlier, ISO 8601 UTC */
export function before(moment: string, ms: number): string {
  return new Date(Math.max(0, Date.parse(moment) - ms)).toISOString();
}
