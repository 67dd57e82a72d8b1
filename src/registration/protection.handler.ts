import type { UnitOfWork } from '../platform/unit-of-work.js';
import { dayIn, startOfDayIn, type Day } from '../program/calendar.js';
import { makeRoom } from './claim-queue.handler.js';
import { apply, endOf, reminderOn, type DecisionDependencies } from './decision.handler.js';
import { lockWithProspect } from './lock-registration.handler.js';
import { isProtectedOn } from './registration.js';
import {
  lockRegistration,
  updateRegistration,
  type RegistrationPatch,
  type RegistrationRow,
} from './registration.store.js';

/**
 * Ends a protection that ran out. Returns when it has to be looked at again, or null. While an extension that was asked
 * for in time waits for its answer, the claim stays.
 */
export async function expire(uow: UnitOfWork, deps: DecisionDependencies, id: string): Promise<Date | null> {
  const registration = await lockWithProspect(uow, id);
  if (registration?.status !== 'approved' || registration.protected_until === null) return null;
  const rules = await deps.protectionRules(uow);
  const until = registration.protected_until as Day;
  const today = dayIn(uow.now, rules.timeZone);
  if (isProtectedOn(until, today)) return endOf(until, rules);
  if (registration.extension_requested_at !== null) return endOf(today, rules);
  const ended = await endProtection(uow, deps, registration);
  if (ended.status === 'expired') await deps.tellPartner(uow, ended, 'expired');
  return null;
}

/** Reminds of a protection that ends soon while its deal is open. Returns when to look again, or null. */
export async function remindOfProtection(
  uow: UnitOfWork,
  deps: DecisionDependencies,
  id: string,
): Promise<Date | null> {
  const registration = await lockRegistration(uow.trx, id);
  const stands = registration?.status === 'approved' && registration.outcome === 'open';
  if (!stands || registration.protected_until === null) return null;
  const rules = await deps.protectionRules(uow);
  const until = registration.protected_until as Day;
  const today = dayIn(uow.now, rules.timeZone);
  if (today < reminderOn(until)) return startOfDayIn(reminderOn(until), rules.timeZone);
  const isTold = registration.reminded_of === until || registration.extension_requested_at !== null;
  if (!isProtectedOn(until, today) || isTold) return null;
  // Noted with the mail: the work may be done again before it counts as done.
  await updateRegistration(uow.trx, id, { reminded_of: until }, uow.now);
  await deps.tellPartner(uow, registration, 'ending');
  return null;
}

export async function endProtection(
  uow: UnitOfWork,
  deps: DecisionDependencies,
  registration: RegistrationRow,
): Promise<RegistrationRow> {
  const stillOpen = registration.outcome === 'open';
  const patch: RegistrationPatch = { holds_company: false, ...(stillOpen ? { status: 'expired' as const } : {}) };
  const ended = await apply(uow, registration, 'expire', { kind: 'system' }, patch);
  await deps.dealConcerned(uow, registration.id);
  await makeRoom(uow, deps, ended);
  return ended;
}
