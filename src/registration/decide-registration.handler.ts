import type { Actor } from '../platform/actor.js';
import { dayIn, type Day } from '../program/calendar.js';
import { findPartner } from '../partners/partner.store.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { isTaken, makeRoom } from './claim-queue.handler.js';
import {
  apply,
  decided,
  grant,
  watchProtection,
  type DecisionDependencies,
  type ProtectionRules,
} from './decision.handler.js';
import {
  isProtectedOn,
  protectedUntil,
  rejectionCodes,
  transition,
  type RegistrationAction,
  type RejectionCode,
} from './registration.js';
import {
  DealEnded,
  ExtensionTooLate,
  IntroducerLeft,
  RegistrationNotFound,
  TransitionRefused,
  UnknownDeal,
  UnknownOriginal,
} from './registration-errors.js';
import { endProtection, expire, remindOfProtection } from './protection.handler.js';
import { lastDecision } from './last-decision.handler.js';
import { lockWithProspect } from './lock-registration.handler.js';
import { findRegistration, type RegistrationPatch, type RegistrationRow } from './registration.store.js';

export interface Decision {
  readonly id: string;
  readonly actor: Actor;
  readonly reason: string | null;
}

type Rejection = Decision & {
  readonly code: RejectionCode | null;
  /** The registration it repeats. */
  readonly duplicateOf: string | null;
};

export type DecideRegistration = ReturnType<typeof createDecideRegistration>;

/** The decisions of a registration's life. Each throws RegistrationNotFound or TransitionRefused and changes nothing then. */
export function createDecideRegistration(deps: DecisionDependencies) {
  return {
    /** The registration, kept from everybody else, if it can be approved now. @throws IntroducerLeft, UnknownDeal, DealEnded */
    lockToApprove: async (
      uow: UnitOfWork,
      { id, dealId, actor }: { readonly id: string; readonly dealId: string | null; readonly actor: Actor },
    ): Promise<RegistrationRow> => {
      const registration = await lockForAction(uow, id, 'approve', actor);
      await requireActivePartner(uow, registration);
      if (dealId !== null) await requireOpenDeal(uow, deps, dealId);
      return registration;
    },

    isOpenDeal: async (uow: UnitOfWork, dealId: string): Promise<boolean> =>
      (await deps.dealStanding(uow, dealId)) === 'open',

    /** @throws IntroducerLeft, UnknownDeal, DealEnded */
    approve: async (
      uow: UnitOfWork,
      decision: Decision & { readonly dealId: string | null },
    ): Promise<RegistrationRow> => {
      const registration = await lockForAction(uow, decision.id, 'approve', decision.actor);
      await requireActivePartner(uow, registration);
      if (decision.dealId !== null) await requireOpenDeal(uow, deps, decision.dealId);
      if (await isTaken(uow, deps, registration, decision.dealId)) {
        const reason = decision.reason ?? 'approved, and waiting: another registration comes first';
        const waiting = await apply(uow, registration, 'approve', decision.actor, {
          status: 'waiting',
          attach_deal_id: decision.dealId,
          ...decided(uow, reason),
        });
        await deps.tellPartner(uow, waiting, 'waiting');
        return waiting;
      }
      return grant(uow, deps, registration, 'approve', { ...decision, attachDealId: decision.dealId });
    },

    /**
     * Of an approved registration this refuses the extension that was asked for, and its protection runs out as it was.
     * @throws UnknownOriginal
     */
    reject: async (uow: UnitOfWork, decision: Rejection): Promise<RegistrationRow> => {
      const registration = await lockWithProspect(uow, decision.id);
      if (registration?.status === 'approved' && registration.extension_requested_at !== null) {
        return refuseExtension(uow, deps, registration, decision);
      }
      await requireOriginal(uow, decision);
      const rejected = await close(uow, deps, decision, 'reject', {
        status: 'rejected',
        ...rejectedFor(uow, decision),
      });
      await deps.tellPartner(uow, rejected, 'rejected');
      return rejected;
    },

    return: async (uow: UnitOfWork, decision: Decision): Promise<RegistrationRow> => {
      const registration = await lockForAction(uow, decision.id, 'return', decision.actor);
      const returned = await apply(uow, registration, 'return', decision.actor, {
        status: 'returned',
        question: decision.reason,
        answer: null,
        ...decided(uow, decision.reason),
      });
      await deps.tellPartner(uow, returned, 'returned');
      return returned;
    },

    withdraw: (uow: UnitOfWork, decision: Decision): Promise<RegistrationRow> =>
      close(uow, deps, decision, 'withdraw', { status: 'withdrawn', ...decided(uow, decision.reason) }),

    extend: async (
      uow: UnitOfWork,
      decision: Decision & { readonly days: number | null },
    ): Promise<RegistrationRow> => {
      const registration = await lockForAction(uow, decision.id, 'extend', decision.actor);
      const rules = await deps.protectionRules(uow);
      return extend(uow, deps, registration, rules, decision);
    },

    /** @returns when to look again, or null */
    expire: (uow: UnitOfWork, id: string): Promise<Date | null> => expire(uow, deps, id),

    remindOfProtection: (uow: UnitOfWork, id: string): Promise<Date | null> => remindOfProtection(uow, deps, id),
  };
}

/** The partner reads the reason, and codes are for operators: one that was given in place of a reason is kept as the code. */
function rejectedFor(uow: UnitOfWork, { code, reason, duplicateOf }: Rejection): RegistrationPatch {
  const kept = { decision_code: code ?? codeIn(reason) ?? 'other', duplicate_of: duplicateOf };
  return { ...kept, ...decided(uow, publicReason(reason)) };
}

async function requireOriginal(uow: UnitOfWork, { id, duplicateOf }: Rejection): Promise<void> {
  if (duplicateOf === null) return;
  const original = await findRegistration(uow.trx, duplicateOf);
  if (original === undefined || original.id === id) throw new UnknownOriginal(duplicateOf);
}

function publicReason(reason: string | null): string | null {
  return codeIn(reason) === null ? reason : 'This was not accepted.';
}

function codeIn(reason: string | null): RejectionCode | null {
  return rejectionCodes.find((code) => code === reason?.trim().toLowerCase()) ?? null;
}

/** The registration, with its prospect and row locked and the action checked against its status. */
async function lockForAction(
  uow: UnitOfWork,
  id: string,
  action: RegistrationAction,
  actor: Actor,
): Promise<RegistrationRow> {
  const registration = await lockWithProspect(uow, id);
  if (registration === undefined) throw new RegistrationNotFound(id);
  const possible = transition(registration.status, action);
  if (possible.kind === 'refused') {
    const { allowedFrom } = possible;
    // Which of the vendor's people decided is not the partner's to know.
    const last = actor.kind === 'partner' ? null : await lastDecision(uow.trx, registration);
    throw new TransitionRefused(id, registration.status, { action, allowedFrom, last });
  }
  return registration;
}

async function requireActivePartner(uow: UnitOfWork, registration: RegistrationRow): Promise<void> {
  const partner = await findPartner(uow.trx, registration.partner_id);
  if (partner?.status !== 'active') throw new IntroducerLeft(registration.id, registration.partner_id);
}

async function requireOpenDeal(uow: UnitOfWork, deps: DecisionDependencies, dealId: string): Promise<void> {
  const standing = await deps.dealStanding(uow, dealId);
  if (standing === 'unknown') throw new UnknownDeal(dealId);
  if (standing === 'ended') throw new DealEnded(dealId);
}

/** Whoever waited behind what is closed has one claim less before it, whether that one was decided on or not. */
async function close(
  uow: UnitOfWork,
  deps: DecisionDependencies,
  decision: Decision,
  action: 'reject' | 'withdraw',
  patch: RegistrationPatch,
): Promise<RegistrationRow> {
  const registration = await lockForAction(uow, decision.id, action, decision.actor);
  const closed = await apply(uow, registration, action, decision.actor, { ...patch, holds_company: false });
  if (registration.holds_company) await deps.dealConcerned(uow, registration.id);
  await deps.claimAnswered(uow, closed);
  await makeRoom(uow, deps, closed);
  return closed;
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
  await watchProtection(uow, registration.id, extended, rules);
  await deps.dealConcerned(uow, registration.id);
  await deps.tellPartner(uow, result, 'extended');
  return result;
}

async function refuseExtension(
  uow: UnitOfWork,
  deps: DecisionDependencies,
  registration: RegistrationRow,
  decision: Rejection,
): Promise<RegistrationRow> {
  const refused = await apply(uow, registration, 'refuse-extension', decision.actor, {
    extension_requested_at: null,
    extension_reason: null,
    ...decided(uow, publicReason(decision.reason)),
  });
  const rules = await deps.protectionRules(uow);
  const over = !isProtectedOn(registration.protected_until as Day, dayIn(uow.now, rules.timeZone));
  if (!over) {
    await deps.tellPartner(uow, refused, 'extension-refused');
    return refused;
  }
  const ended = await endProtection(uow, deps, refused);
  await deps.tellPartner(uow, ended, 'extension-refused-late');
  return ended;
}
