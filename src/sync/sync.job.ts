import { z } from 'zod';
import { CrmFailure } from '../../connectors/contract.js';
import type { WorkItem, WorkKind, WorkOutcome } from '../platform/work.js';
import { pushRegistrationWork } from '../registration/decision.handler.js';
import { findCrmMatchesWork } from '../registration/submit-registration.handler.js';
import { examineWork } from './examine.handler.js';
import { makeFieldsWork, provisionWork } from './provision.handler.js';
import type { PushOutcome } from './push-registration.handler.js';
import { readFormChoicesWork, type ReadFormChoices } from './read-form-choices.handler.js';

const busyRetryMs = 1_000;
/** Provisioning takes seconds; where it is refused, its own problem says so and the registrations wait for its end. */
const notProvisionedRetryMs = 2_000;
/** Whoever connects the CRM wakes what waits for it. */
const notConnectedRetryMs = 60_000;
/** How long after a refusal our fields are tried again without anybody asking. */
const refusedRetryMs = 30_000;

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
    case 'not-connected':
      return { kind: 'again', at: new Date(now.getTime() + notConnectedRetryMs) };
    case 'not-provisioned':
      return { kind: 'again', at: new Date(now.getTime() + notProvisionedRetryMs) };
    case 'contact-erased':
      return {
        kind: 'set-aside',
        title: 'The contact was erased on the way into the CRM',
        detail:
          'It may have been made in the CRM before: delete it there, too. A deal or lead that was made is linked by its address in the CRM.',
      };
    case 'no-connection':
      return {
        kind: 'set-aside',
        title: 'No CRM is connected',
        detail: 'The registration is approved but there is no CRM to put it into. Connect one, then retry.',
      };
  }
}

/** An administrator may take away what was there; a person who mends something can retry the problem. */
const examineEveryMs = 6 * 3_600_000;

/** Looks again and again what a CRM lacks. A refusal is left to what it keeps from working: each of those says so itself. */
export function examineJob(
  examine: (connectionId: string) => Promise<unknown>,
  log: { warn(details: object, words: string): void },
): WorkKind<null> {
  const look = async (connectionId: string): Promise<void> => {
    try {
      await examine(connectionId);
    } catch (failure) {
      if (!(failure instanceof CrmFailure) || failure.retryable) throw failure;
      log.warn({ connectionId, err: failure }, 'the CRM could not be examined');
    }
  };
  return {
    ...oneByOne,
    kind: examineWork,
    concurrency: 1,
    run: async (items, now) => {
      for (const { key } of items) await look(key);
      const at = new Date(now.getTime() + examineEveryMs);
      return new Map(items.map(({ key }) => [key, { kind: 'again', at }]));
    },
    subject: (item) => ({ type: 'connection', id: item.key }),
  };
}

/** Says that a connection's standing work fails, and that it works again. */
interface Trouble {
  failed(topic: string, connectionId: string, failure: unknown): Promise<void>;
  works(topic: string, connectionId: string): Promise<void>;
}

/**
 * Everything waits for our fields, so what a person has to mend is shown as a problem and tried again all the same: it ends by
 * itself once it is mended.
 */
export function provisionJob(provision: (connectionId: string) => Promise<unknown>, trouble: Trouble): WorkKind<null> {
  const run = async (connectionId: string, now: Date): Promise<WorkOutcome> => {
    try {
      await provision(connectionId);
    } catch (failure) {
      if (!(failure instanceof CrmFailure) || failure.retryable) throw failure;
      await trouble.failed(makeFieldsWork, connectionId, failure);
      return { kind: 'again', at: new Date(now.getTime() + refusedRetryMs) };
    }
    await trouble.works(makeFieldsWork, connectionId);
    return { kind: 'done' };
  };
  return {
    ...oneByOne,
    kind: provisionWork,
    concurrency: 1,
    run: async (items, now) => {
      const outcomes = new Map<string, WorkOutcome>();
      for (const { key } of items) outcomes.set(key, await run(key, now));
      return outcomes;
    },
    subject: (item) => ({ type: 'connection', id: item.key }),
  };
}

/** Administrators change choices seldom; whoever cannot wait asks for it. */
const readChoicesEveryMs = 3_600_000;
/** How long after a refusal the CRM is asked again without anybody asking. */
const choicesRefusedRetryMs = 15 * 60_000;

/** Reads the choices of the form again and again, while it has some that come from this CRM. */
export function readFormChoicesJob(read: ReadFormChoices): WorkKind<null> {
  const run = async (connectionId: string, now: Date): Promise<WorkOutcome> => {
    try {
      if ((await read(connectionId)) === 'nothing-to-read') return { kind: 'done' };
      return { kind: 'again', at: new Date(now.getTime() + readChoicesEveryMs) };
    } catch (failure) {
      if (!(failure instanceof CrmFailure) || failure.retryable) throw failure;
      return { kind: 'again', at: new Date(now.getTime() + choicesRefusedRetryMs) };
    }
  };
  return {
    ...oneByOne,
    kind: readFormChoicesWork,
    concurrency: 1,
    run: async (items, now) => {
      const outcomes = new Map<string, WorkOutcome>();
      for (const { key } of items) outcomes.set(key, await run(key, now));
      return outcomes;
    },
    subject: (item) => ({ type: 'connection', id: item.key }),
  };
}
