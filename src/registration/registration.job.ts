import { z } from 'zod';
import type { Transact } from '../platform/unit-of-work.js';
import type { WorkKind, WorkOutcome } from '../platform/work.js';
import type { DecideRegistration } from './decide-registration.handler.js';
import { expireRegistrationWork, remindOfProtectionWork } from './decision.handler.js';
import { forgetUnconfirmedWork } from './unconfirmed.handler.js';
import { forgetUnconfirmed } from './unconfirmed.store.js';

/** Ends protections on their day. The row stands in the diary from approval on, so a service that was down catches up. */
export function expireRegistrationJob(deps: {
  readonly transact: Transact;
  readonly decide: DecideRegistration;
}): WorkKind<null> {
  return {
    kind: expireRegistrationWork,
    payload: z.null(),
    batch: 50,
    gatherMs: 0,
    concurrency: 1,
    leaseMs: 15_000,
    maxAttempts: 20,
    run: (items) => lookAtEach(items, (key) => deps.transact((uow) => deps.decide.expire(uow, key))),
    subject: (item) => ({ type: 'registration', id: item.key }),
  };
}

/** Reminds partners of protections that end soon, each once. */
export function remindOfProtectionJob(deps: {
  readonly transact: Transact;
  readonly decide: DecideRegistration;
}): WorkKind<null> {
  return {
    kind: remindOfProtectionWork,
    payload: z.null(),
    batch: 50,
    gatherMs: 0,
    concurrency: 1,
    leaseMs: 15_000,
    maxAttempts: 20,
    run: (items) => lookAtEach(items, (key) => deps.transact((uow) => deps.decide.remindOfProtection(uow, key))),
    subject: (item) => ({ type: 'registration', id: item.key }),
  };
}

/** @param look returns when to look again, or null */
async function lookAtEach(
  items: readonly { readonly key: string }[],
  look: (key: string) => Promise<Date | null>,
): Promise<ReadonlyMap<string, WorkOutcome>> {
  const outcomes = new Map<string, WorkOutcome>();
  for (const { key } of items) {
    const again = await look(key);
    outcomes.set(key, again === null ? { kind: 'done' } : { kind: 'again', at: again });
  }
  return outcomes;
}

/** Forgets forms that nobody confirmed, and the links of those that were. */
export function forgetUnconfirmedJob({ transact }: { readonly transact: Transact }): WorkKind<null> {
  return {
    kind: forgetUnconfirmedWork,
    payload: z.null(),
    batch: 50,
    gatherMs: 0,
    concurrency: 1,
    leaseMs: 15_000,
    maxAttempts: 20,
    run: async (items) => {
      await transact((uow) =>
        forgetUnconfirmed(
          uow.trx,
          items.map(({ key }) => key),
        ),
      );
      return new Map(items.map(({ key }): [string, WorkOutcome] => [key, { kind: 'done' }]));
    },
    subject: (item) => ({ type: 'submission', id: item.key }),
  };
}
