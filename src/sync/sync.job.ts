import { z } from 'zod';
import type { WorkItem, WorkKind, WorkOutcome } from '../platform/work.js';
import { pushRegistrationWork } from '../registration/decide-registration.handler.js';
import { findCrmMatchesWork } from '../registration/submit-registration.handler.js';
import { provisionWork } from './provision.handler.js';
import type { PushOutcome } from './push-registration.handler.js';

const busyRetryMs = 1_000;
/** Provisioning takes seconds; where it was refused, its own problem says so and the registrations wait for its retry. */
const notProvisionedRetryMs = 2_000;

/**
 * Longer than the last step of a run takes with every call near its timeout, as two runs of one registration must not meet
 * while a company is made. After a process
 * died this long passes before another takes over, except on the embedded database, where a start frees everything.
 */
const leaseMs = 60_000;

/** One registration a run: its calls follow each other, and a failure must not hold up a neighbour. */
const oneByOne = {
  payload: z.null(),
  batch: 1,
  gatherMs: 0,
  concurrency: 4,
  leaseMs,
  maxAttempts: 500,
  subject: (item: WorkItem<null>) => ({ type: 'registration', id: item.key }),
};

export function findCrmMatchesJob(findCrmMatches: (registrationId: string) => Promise<void>): WorkKind<null> {
  return {
    ...oneByOne,
    kind: findCrmMatchesWork,
    run: async (items) => {
      for (const item of items) await findCrmMatches(item.key);
      return 'done';
    },
  };
}

export function pushRegistrationJob(push: (registrationId: string) => Promise<PushOutcome>): WorkKind<null> {
  return {
    ...oneByOne,
    kind: pushRegistrationWork,
    run: async (items, now) => {
      const outcomes = new Map<string, WorkOutcome>();
      for (const item of items) outcomes.set(item.key, workOutcome(await push(item.key), now));
      return outcomes;
    },
  };
}

function workOutcome(outcome: PushOutcome, now: Date): WorkOutcome {
  switch (outcome.kind) {
    case 'linked':
    case 'not-wanted':
      return { kind: 'done' };
    case 'busy':
      return { kind: 'again', at: new Date(now.getTime() + busyRetryMs) };
    case 'not-provisioned':
      return { kind: 'again', at: new Date(now.getTime() + notProvisionedRetryMs) };
    case 'no-connection':
      return {
        kind: 'set-aside',
        title: 'No CRM is connected',
        detail: 'The registration is approved but there is no CRM to put it into. Connect one, then retry.',
      };
  }
}

export function provisionJob(provision: (connectionId: string) => Promise<unknown>): WorkKind<null> {
  return {
    ...oneByOne,
    kind: provisionWork,
    concurrency: 1,
    run: async (items) => {
      for (const item of items) await provision(item.key);
      return 'done';
    },
    subject: (item) => ({ type: 'connection', id: item.key }),
  };
}
