import { recordAudit } from '../audit/audit.store.js';
import type { Actor } from '../platform/actor.js';
import { addDays, dayIn, startOfDayIn, type Day } from '../program/calendar.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import {
  isProtectedOn,
  protectedUntil,
  rejectionCodes,
  transition,
  type RegistrationAction,
  type RejectionCode,
} from './registration.js';
import { ExtensionTooLate, RegistrationNotFound, TransitionRefused, UnknownDeal } from './registration-errors.js';
import {
  claimsOnCompany,
  findRegistration,
  lockCompany,
  lockRegistration,
  registrationsAttachedTo,
  updateRegistration,
  type RegistrationPatch,
  type RegistrationRow,
} from './registration.store.js';

/** Kinds of work a decision leaves behind; the first is done by the sync stage. */
export const pushRegistrationWork = 'push-registration';
export const expireRegistrationWork = 'expire-registration';

export interface ProtectionRules {
  readonly timeZone: string;
  readonly protectionDays: number;
}

/** What deciding needs from stages further down; the composition root fills it. */
export interface DecisionDependencies {
  readonly protectionRules: (uow: UnitOfWork) => Promise<ProtectionRules>;
  /** Whether a deal id of ours exists, so that approval can attach to it. */
  readonly dealExists: (uow: UnitOfWork, dealId: string) => Promise<boolean>;
  /** Whether another registration that stands is linked to this deal: per deal at most one is. */
  readonly isDealTaken: (uow: UnitOfWork, dealId: string, registrationId: string) => Promise<boolean>;
  /** The deal linked to a registration, for whoever moves up after it. */
  readonly linkedDealId: (uow: UnitOfWork, registrationId: string) => Promise<string | null>;
  /** Called when a decision may bear on the registration's deal: on what is credited, and on what the rep sees. */
  readonly dealConcerned: (uow: UnitOfWork, registrationId: string) => Promise<void>;
}

export interface Decision {
  readonly id: string;
  readonly actor: Actor;
  readonly reason: string | null;
}

export type DecideRegistration = ReturnType<typeof createDecideRegistration>;

/** The decisions of a registration's life. Each throws RegistrationNotFound or TransitionRefused and changes nothing then. */
export function createDecideRegistration(deps: DecisionDependencies) {
  return {
    approve: async (
      uow: UnitOfWork,
      decision: Decision & { readonly dealId: string | null },
    ): Promise<RegistrationRow> => {
      const registration = await lockForAction(uow, decision.id, 'approve');
      if (await isTaken(uow, deps, registration, decision.dealId)) {
        const reason = decision.reason ?? 'approved, and waiting: another registration came first';
        return apply(uow, registration, 'approve', decision.actor, {
          status: 'waiting',
          attach_deal_id: decision.dealId,
          ...decided(uow, reason),
        });
      }
      return grant(uow, deps, registration, 'approve', { ...decision, attachDealId: decision.dealId });
    },

    reject: (uow: UnitOfWork, decision: Decision & { readonly code: RejectionCode | null }): Promise<RegistrationRow> =>
      close(uow, deps, decision, 'reject', {
        status: 'rejected',
        decision_code: decision.code ?? codeIn(decision.reason),
        ...decided(uow, decision.reason),
      }),

    return: async (uow: UnitOfWork, decision: Decision): Promise<RegistrationRow> => {
      const registration = await lockForAction(uow, decision.id, 'return');
      return apply(uow, registration, 'return', decision.actor, {
        status: 'returned',
        question: decision.reason,
        ...decided(uow, decision.reason),
      });
    },

    withdraw: (uow: UnitOfWork, decision: Decision): Promise<RegistrationRow> =>
      close(uow, deps, decision, 'withdraw', { status: 'withdrawn', ...decided(uow, decision.reason) }),

    extend: async (
      uow: UnitOfWork,
      decision: Decision & { readonly days: number | null },
    ): Promise<RegistrationRow> => {
      const registration = await lockForAction(uow, decision.id, 'extend');
      const rules = await deps.protectionRules(uow);
      return extend(uow, deps, registration, rules, decision);
    },

    /**
     * Ends a protection that ran out. Returns when it has to be looked at again, or null. While an extension that was asked
     * for in time waits for its answer, the claim stays.
     */
    expire: async (uow: UnitOfWork, id: string): Promise<Date | null> => {
      const found = await findRegistration(uow.trx, id);
      if (found === undefined) return null;
      await lockCompany(uow.trx, found.company_key);
      const registration = await lockRegistration(uow.trx, id);
      if (registration?.status !== 'approved' || registration.protected_until === null) return null;
      const rules = await deps.protectionRules(uow);
      const until = registration.protected_until as Day;
      const today = dayIn(uow.now, rules.timeZone);
      if (isProtectedOn(until, today)) return endOf(until, rules);
      if (registration.extension_requested_at !== null) return endOf(today, rules);
      const stillOpen = registration.outcome === 'open';
      const patch: RegistrationPatch = { holds_company: false, ...(stillOpen ? { status: 'expired' as const } : {}) };
      await apply(uow, registration, 'expire', { kind: 'system' }, patch);
      await deps.dealConcerned(uow, id);
      if (registration.outcome !== 'won') await promoteNext(uow, deps, registration);
      return null;
    },
  };
}

function decided(uow: UnitOfWork, reason: string | null): RegistrationPatch {
  return { decision_reason: reason, decided_at: uow.now };
}

function codeIn(reason: string | null): RejectionCode {
  return rejectionCodes.find((code) => code === reason) ?? 'other';
}

/** The registration, with its company and row locked and the action checked against its status. */
async function lockForAction(uow: UnitOfWork, id: string, action: RegistrationAction): Promise<RegistrationRow> {
  const found = await findRegistration(uow.trx, id);
  if (found === undefined) throw new RegistrationNotFound(id);
  await lockCompany(uow.trx, found.company_key);
  const registration = await lockRegistration(uow.trx, id);
  if (registration === undefined) throw new RegistrationNotFound(id);
  const possible = transition(registration.status, action);
  if (possible.kind === 'refused') throw new TransitionRefused(id, registration.status, action, possible.allowedFrom);
  return registration;
}

/** Whether the company and product, or the deal to attach to, already belong to another registration. @throws UnknownDeal */
async function isTaken(
  uow: UnitOfWork,
  deps: DecisionDependencies,
  registration: RegistrationRow,
  dealId: string | null,
): Promise<boolean> {
  if (dealId !== null) {
    if (!(await deps.dealExists(uow, dealId))) throw new UnknownDeal(dealId);
    await lockCompany(uow.trx, dealId);
    if (await deps.isDealTaken(uow, dealId, registration.id)) return true;
    const attached = await registrationsAttachedTo(uow.trx, dealId);
    if (attached.some((other) => other.id !== registration.id && other.holds_company)) return true;
  }
  const claims = await claimsOnCompany(uow.trx, registration.company_key);
  return claims.some((claim) => claim.holds_company && claim.product === registration.product);
}

async function apply(
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
async function grant(
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
  await uow.enqueue([
    { kind: pushRegistrationWork, key: registration.id },
    { kind: expireRegistrationWork, key: registration.id, dueAt: endOf(until, rules) },
  ]);
  return approved;
}

function endOf(day: Day, rules: ProtectionRules): Date {
  return startOfDayIn(addDays(day, 1), rules.timeZone);
}

async function close(
  uow: UnitOfWork,
  deps: DecisionDependencies,
  decision: Decision,
  action: 'reject' | 'withdraw',
  patch: RegistrationPatch,
): Promise<RegistrationRow> {
  const registration = await lockForAction(uow, decision.id, action);
  const closed = await apply(uow, registration, action, decision.actor, { ...patch, holds_company: false });
  if (registration.holds_company) {
    await deps.dealConcerned(uow, registration.id);
    await promoteNext(uow, deps, registration);
  }
  return closed;
}

/**
 * Who waited for what just became free moves up, the earliest first: claims on the same company and product, which inherit the
 * deal that is there, and claims that wanted that deal. Whoever something else still stands in the way of goes on waiting.
 */
async function promoteNext(uow: UnitOfWork, deps: DecisionDependencies, left: RegistrationRow): Promise<void> {
  const freed = left.outcome === 'open' ? ((await deps.linkedDealId(uow, left.id)) ?? left.attach_deal_id) : null;
  const claims = await claimsOnCompany(uow.trx, left.company_key);
  const onCompany = claims.filter((claim) => claim.product === left.product);
  const onDeal = freed === null ? [] : await registrationsAttachedTo(uow.trx, freed);
  const waiting = new Map([...onCompany, ...onDeal].map((claim) => [claim.id, claim]));
  for (const next of [...waiting.values()].sort(earlierFirst)) {
    if (next.status !== 'waiting') continue;
    const inherits = onCompany.some((claim) => claim.id === next.id);
    const attachDealId = inherits ? (freed ?? next.attach_deal_id) : next.attach_deal_id;
    if (await isTaken(uow, deps, next, attachDealId)) continue;
    await grant(uow, deps, next, 'promote', {
      actor: { kind: 'system' },
      reason: 'moved up: the registration before it ended',
      attachDealId,
    });
  }
}

function earlierFirst(a: RegistrationRow, b: RegistrationRow): number {
  return a.submitted_at.getTime() - b.submitted_at.getTime() || (a.id < b.id ? -1 : 1);
}

/**
 * Operators extend; a partner's call only asks. Either way the asking must happen while protection runs, and an extension
 * asked for in time can still be granted after it.
 */
async function extend(
  uow: UnitOfWork,
  deps: DecisionDependencies,
  registration: RegistrationRow,
  rules: ProtectionRules,
  decision: Decision & { readonly days: number | null },
): Promise<RegistrationRow> {
  const until = registration.protected_until as Day;
  const inTime = isProtectedOn(until, dayIn(uow.now, rules.timeZone)) || registration.extension_requested_at !== null;
  if (!inTime) throw new ExtensionTooLate(registration.id, until);
  if (decision.actor.kind === 'partner') {
    return apply(uow, registration, 'extend', decision.actor, {
      extension_requested_at: uow.now,
      extension_reason: decision.reason,
    });
  }
  const extended = protectedUntil(until, decision.days ?? rules.protectionDays);
  const result = await apply(uow, registration, 'extend', decision.actor, {
    protected_until: extended,
    extension_requested_at: null,
    extension_reason: null,
    ...decided(uow, decision.reason),
  });
  await uow.enqueue([{ kind: expireRegistrationWork, key: registration.id, dueAt: endOf(extended, rules) }]);
  await deps.dealConcerned(uow, registration.id);
  return result;
}
