import { recordAudit } from '../audit/audit.store.js';
import type { Actor } from '../platform/actor.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import type { Day } from '../program/calendar.js';
import { updateRegistration, type RegistrationRow } from './registration.store.js';

/**
 * Honours a protection until a day on which a deal was won although it had run out: a person says that the win was introduced. It
 * holds the company no longer for that, and is never shortened by it.
 */
export async function honourThrough(
  uow: UnitOfWork,
  { id, protected_until: before }: Pick<RegistrationRow, 'id' | 'protected_until'>,
  until: Day,
  { actor, reason }: { readonly actor: Actor; readonly reason: string },
): Promise<void> {
  if (before === null || before >= until) return;
  await updateRegistration(uow.trx, id, { protected_until: until }, uow.now);
  await recordAudit(uow, {
    actor,
    action: 'registration.honour',
    subject: { type: 'registration', id },
    details: { from: before, to: until, reason },
  });
}
