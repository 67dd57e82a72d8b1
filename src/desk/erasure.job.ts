import { z } from 'zod';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import type { WorkKind, WorkOutcome } from '../platform/work.js';
import { addressesOf, eraseLabelsOf } from '../registration/contact-erasure.store.js';
import { registrationsOfContact } from '../sync/company-key-erasure.store.js';
import { eraseCrmContactWork, readErasedContactKey } from '../sync/erase-contact-work.js';
import { AddressInUse } from './erasure-errors.js';
import type { ErasePerson } from './erase-person.handler.js';
import { applyRetentionWork } from './retention.handler.js';

interface EraseDependencies {
  readonly transact: Transact;
  readonly erase: ErasePerson;
}

/** Erases here whom the CRM deleted for privacy. */
export function eraseCrmContactJob(deps: EraseDependencies): WorkKind<null> {
  return {
    kind: eraseCrmContactWork,
    payload: z.null(),
    batch: 1,
    gatherMs: 0,
    concurrency: 1,
    leaseMs: 120_000,
    maxAttempts: 100,
    run: async (items) => {
      const outcomes = new Map<string, WorkOutcome>();
      for (const { key } of items) outcomes.set(key, await erased(deps, key));
      return outcomes;
    },
    subject: (item) => ({ type: 'contact', id: item.key }),
  };
}

async function erased({ transact, erase }: EraseDependencies, key: string): Promise<WorkOutcome> {
  try {
    await transact((uow) => eraseContact(uow, erase, key));
    return { kind: 'done' };
  } catch (failure) {
    if (!(failure instanceof AddressInUse)) throw failure;
    return { kind: 'set-aside', title: 'A contact deleted in the CRM is in use here', detail: failure.message };
  }
}

/** By the addresses that the registrations behind the record name: the CRM has forgotten its own. */
async function eraseContact(uow: UnitOfWork, erase: ErasePerson, key: string): Promise<void> {
  const { connectionId, crmContactId } = readErasedContactKey(key);
  const registrationIds = await registrationsOfContact(uow.trx, connectionId, crmContactId);
  for (const email of await addressesOf(uow.trx, registrationIds)) {
    await erase(uow, { email, actor: { kind: 'system' }, cause: 'crm' });
  }
  await eraseLabelsOf(uow.trx, 'contact', crmContactId);
}

/** Erases every day what the program's settings keep no longer. */
export function applyRetentionJob(apply: () => Promise<Date>): WorkKind<null> {
  return {
    kind: applyRetentionWork,
    payload: z.null(),
    batch: 1,
    gatherMs: 0,
    concurrency: 1,
    leaseMs: 300_000,
    maxAttempts: 1_000,
    run: async (items) => {
      const outcomes = new Map<string, WorkOutcome>();
      for (const { key } of items) outcomes.set(key, { kind: 'again', at: await apply() });
      return outcomes;
    },
    subject: () => ({ type: 'program', id: 'retention' }),
  };
}
