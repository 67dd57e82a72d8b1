import { recordAudit } from '../audit/audit.store.js';
import type { Actor } from '../platform/actor.js';
import { addDays, dayIn, startOfDayIn, type Day } from '../program/calendar.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import type { TellPartner } from './mail-decision.handler.js';
import { protectedUntil, type RegistrationAction } from './registration.js';
import { updateRegistration, type RegistrationPatch, type RegistrationRow } from './registration.store.js';

/** Kinds of work a decision leaves behind; the first is done by the sync stage. */
export const pushRegistrationWork = 'push-registration';
export const expireRegistrationWork = 'expire-registration';
export const remindOfProtectionWork = 'remind-of-protection';

export interface ProtectionRules {
  readonly timeZone: string;
  readonly protectionDays: number;
}

/** What deciding needs from stages further down; the composition root fills it. */
export interface DecisionDependencies {
  readonly protectionRules: (uow: UnitOfWork) => Promise<ProtectionRules>;
  /** How a deal id of ours stands: attaching is possible to one that is there and not lost. */
  readonly dealStanding: (uow: UnitOfWork, dealId: string) => Promise<'unknown' | 'ended' | 'open'>;
  /** Whether another registration that stands is linked to this deal: per deal at most one is. */
  readonly isDealTaken: (uow: UnitOfWork, dealId: string, registrationId: string) => Promise<boolean>;
  /** The deal linked to a registration, for whoever moves up after it. */
  readonly linkedDealId: (uow: UnitOfWork, registrationId: string) => Promise<string | null>;
  /** Called when a decision may bear on the registration's deal: on what is credited, and on what the rep sees. */
  readonly dealConcerned: (uow: UnitOfWork, registrationId: string) => Promise<void>;
  readonly tellPartner: TellPartner;
  /** Called when a registration was approved, or is over. */
  readonly claimAnswered: (uow: UnitOfWork, registration: RegistrationRow) => Promise<void>;
}

export function decided(uow: UnitOfWork, reason: string | null): RegistrationPatch {
  return { decision_reason: reason, decided_at: uow.now };
}

/** Writes what was decided, and who decided it. */
export async function apply(
  uow: UnitOfWork,
  registration: RegistrationRow,
  action: RegistrationAction,
  actor: Actor,
  patch: RegistrationPatch,
): Promise<RegistrationRow> {
  await updateRegistration(uow.trx, registration.id, patch, uow.now);
  await recordAudit(uow, {
    actor,
    action: `registration.${action}`,
    subject: { type: 'registration', id: registration.id },
    details: {
      from: registration.status,
      to: patch.status ?? registration.status,
      reason: patch.decision_reason ?? null,
    },
  });
  return { ...registration, ...patch };
}

/** Approves: protection starts today, the CRM is to learn of it, and the end of protection is put in the diary. */
export async function grant(
  uow: UnitOfWork,
  deps: DecisionDependencies,
  registration: RegistrationRow,
  action: 'approve' | 'promote',
  how: { readonly actor: Actor; readonly reason: string | null; readonly attachDealId: string | null },
): Promise<RegistrationRow> {
  const rules = await deps.protectionRules(uow);
  const until = protectedUntil(dayIn(uow.now, rules.timeZone), rules.protectionDays);
  const approved = await apply(uow, registration, action, how.actor, {
    status: 'approved',
    approved_at: uow.now,
    approved_by: how.actor.kind === 'operator' ? how.actor.id : how.actor.kind,
    protected_until: until,
    holds_company: true,
    attach_deal_id: how.attachDealId,
    decision_code: null,
    ...decided(uow, how.reason),
  });
  await uow.enqueue([{ kind: pushRegistrationWork, key: registration.id }]);
  await watchProtection(uow, registration.id, until, rules);
  await deps.dealConcerned(uow, registration.id);
  await deps.claimAnswered(uow, approved);
  await deps.tellPartner(uow, approved, 'approved');
  return approved;
}

/** So many days before it ends the partner is reminded of a protection. */
const reminderDays = 7;

/** The first day of those on which a protection ends soon. */
export function reminderOn(until: Day): Day {
  return addDays(until, -reminderDays);
}

/** Puts the end of a protection in the diary, and the reminder of it where it does not end within days anyway. */
export async function watchProtection(
  uow: UnitOfWork,
  registrationId: string,
  until: Day,
  rules: ProtectionRules,
): Promise<void> {
  await uow.enqueue([{ kind: expireRegistrationWork, key: registrationId, dueAt: endOf(until, rules) }]);
  if (reminderOn(until) <= dayIn(uow.now, rules.timeZone)) return;
  const dueAt = startOfDayIn(reminderOn(until), rules.timeZone);
  await uow.enqueue([{ kind: remindOfProtectionWork, key: registrationId, dueAt }]);
}

/** The first moment at which a protection that includes this day is over. */
export function endOf(day: Day, rules: ProtectionRules): Date {
  return startOfDayIn(addDays(day, 1), rules.timeZone);
}
