import { z } from 'zod';
import type { CrmConnector } from '../../connectors/contract.js';
import type { WorkItem, WorkKind, WorkOutcome } from '../platform/work.js';
import type { Connections } from '../sync/connections.js';
import { findMissingWork } from '../watch/note-wins.handler.js';
import { followLeadWork, guardLinkWork } from '../sync/guard-work.js';
import { stampLinkWork } from './move-link.handler.js';

const aboutRegistration = {
  payload: z.null(),
  gatherMs: 200,
  concurrency: 1,
  leaseMs: 60_000,
  maxAttempts: 500,
  subject: (item: WorkItem<null>) => ({ type: 'registration', id: item.key }),
};

const keysOf = (items: readonly WorkItem<null>[]): readonly string[] => items.map((item) => item.key);

export function guardLinkJob(
  guardLinks: (registrationIds: readonly string[], now: Date) => Promise<ReadonlyMap<string, WorkOutcome>>,
): WorkKind<null> {
  return {
    ...aboutRegistration,
    kind: guardLinkWork,
    // Most of a batch has ended and costs no call; the rest must be done within the lease.
    batch: 10,
    run: (items, now) => guardLinks(keysOf(items), now),
  };
}

export function followLeadJob(followLeads: (registrationIds: readonly string[]) => Promise<void>): WorkKind<null> {
  return {
    ...aboutRegistration,
    kind: followLeadWork,
    batch: 200,
    run: async (items) => {
      await followLeads(keysOf(items));
      return 'done';
    },
  };
}

export function stampLinkJob(stampLink: (registrationId: string) => Promise<void>): WorkKind<null> {
  return {
    ...aboutRegistration,
    kind: stampLinkWork,
    gatherMs: 0,
    batch: 1,
    run: async (items) => {
      for (const id of keysOf(items)) await stampLink(id);
      return 'done';
    },
  };
}

/** Wins that could not be asked about now are asked about with the next ones, or with the usual retries. */
export function findMissingJob(deps: {
  readonly connections: Connections;
  readonly findMissing: (connectionId: string, connector: CrmConnector) => Promise<boolean>;
}): WorkKind<null> {
  return {
    ...aboutRegistration,
    kind: findMissingWork,
    gatherMs: 0,
    batch: 1,
    leaseMs: 120_000,
    run: async (items, now) => {
      const outcomes = new Map<string, WorkOutcome>();
      for (const { key } of items) {
        const connector = deps.connections.connector(key);
        const all = connector === undefined || (await deps.findMissing(key, connector));
        outcomes.set(key, all ? { kind: 'done' } : { kind: 'again', at: now });
      }
      return outcomes;
    },
    subject: (item) => ({ type: 'connection', id: item.key }),
  };
}
