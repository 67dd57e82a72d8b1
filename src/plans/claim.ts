import type { Day } from '../program/calendar.js';
import { readBase } from './base.js';
import type { DealFacts, Instant, RegistrationFacts } from './facts.js';
import { blocked, passed, type Gate } from './gate.js';
import { baseName, baseOf } from './pay.js';
import { versionName, type CreditMoment, type PlanVersion } from './plan.js';
import { isWon, type Scope } from './scope.js';

/** When something happened, and the day it counts on. */
export interface Moment {
  readonly at: Instant;
  readonly on: Day;
}

/** One registration's case for being credited with one deal. */
export interface Claim {
  readonly registration: RegistrationFacts;
  readonly version: PlanVersion | null;
  /** Registered, approved in time and protected: of several claims that pass these, the earliest submission is credited. */
  readonly standing: readonly Gate[];
  /** Whether the partner took part in the program then. */
  readonly partner: Gate;
  /** The day that was asked about: of winning, or today while the deal is not won. */
  readonly day: Day;
}

/** The moment a deal was won; null while it is not. */
export function momentOfWin(deal: DealFacts | null): Moment | null {
  return deal !== null && isWon(deal) ? { at: deal.wonAt, on: deal.wonOn } : null;
}

/** @param won when that happened for which a commission is due; null while it has not, and then today is asked about */
export function claimOf(
  scope: Scope,
  registration: RegistrationFacts,
  deal: DealFacts | null,
  won: Moment | null,
): Claim {
  const day = won?.on ?? scope.facts.asOf;
  const version = selectVersion(scope, registration, day);
  return {
    registration,
    version,
    standing: [
      registeredGate(registration),
      linkedGate(registration, deal),
      approvedGate(registration, won),
      inTimeGate(registration, won, version?.plan.creditWhen ?? scope.facts.program.creditWhen),
      protectionGate(registration, day),
    ],
    partner: partnerGate(scope, registration.partnerId, won),
    day,
  };
}

/** What else must hold for the claim that is credited. */
export function furtherGates(scope: Scope, { partner, version, day }: Claim, deal: DealFacts | null): readonly Gate[] {
  const dealWon = deal === null ? [] : [dealGate(deal)];
  return [partner, ...dealWon, planGate(version, day), ...baseGates(scope, version, deal)];
}

/** The claim that is credited with the deal: of those that stand, the one that was submitted first. */
export function creditedClaim(claims: readonly Claim[]): Claim | null {
  return claims.reduce<Claim | null>((first, claim) => {
    if (!claim.standing.every((gate) => gate.kind === 'passed')) return first;
    return first === null || isEarlier(claim.registration, first.registration) ? claim : first;
  }, null);
}

function isEarlier(a: RegistrationFacts, b: RegistrationFacts): boolean {
  const [aAt, bAt] = [a.submittedAt ?? '', b.submittedAt ?? ''];
  return aAt === bAt ? a.id < b.id : aAt < bAt;
}

/**
 * The version whose terms count. A version that goes by the day of registration keeps its promise to those who registered
 * under it, whatever came later; otherwise the version of the day the deal was won decides which day counts.
 */
function selectVersion(scope: Scope, registration: RegistrationFacts, day: Day): PlanVersion | null {
  const atWinning = scope.versionFor(registration.partnerId, day);
  if (registration.submittedOn === null) return atWinning;
  const atRegistration = scope.versionFor(registration.partnerId, registration.submittedOn);
  const byRegistration = atRegistration?.plan.versionBy === 'registered' || atWinning?.plan.versionBy === 'registered';
  return byRegistration ? atRegistration : atWinning;
}

function registeredGate({ id, submittedAt }: RegistrationFacts): Gate {
  if (submittedAt === null) return blocked('registered', 'not-submitted', { registrationId: id });
  return passed('registered', { registrationId: id, submittedAt });
}

function linkedGate(registration: RegistrationFacts, deal: DealFacts | null): Gate {
  if (deal === null) return blocked('deal-linked', 'not-linked', { registrationId: registration.id });
  return passed('deal-linked', { dealId: deal.id });
}

/** What ended after the deal was won does not undo what was earned by winning it. */
function approvedGate({ approvedAt, endedAt }: RegistrationFacts, won: Moment | null): Gate {
  if (endedAt !== null && (won === null || endedAt <= won.at)) return blocked('approved', 'ended', { endedAt });
  if (approvedAt === null) return blocked('approved', 'not-approved', {});
  return passed('approved', { approvedAt });
}

function inTimeGate(
  { approvedAt, submittedAt }: RegistrationFacts,
  won: Moment | null,
  creditWhen: CreditMoment,
): Gate {
  const moment = creditWhen === 'approved' ? approvedAt : submittedAt;
  const evidence = { creditWhen, approvedAt, submittedAt, wonAt: won?.at ?? null };
  if (moment === null) {
    return blocked('in-time', creditWhen === 'approved' ? 'not-approved' : 'not-submitted', evidence);
  }
  if (won === null || moment <= won.at) return passed('in-time', evidence);
  return blocked('in-time', creditWhen === 'approved' ? 'approved-after-winning' : 'submitted-after-winning', evidence);
}

function protectionGate({ protectedUntil }: RegistrationFacts, day: Day): Gate {
  if (protectedUntil === null) return blocked('protection', 'not-approved', {});
  const evidence = { protectedUntil, day };
  return day <= protectedUntil ? passed('protection', evidence) : blocked('protection', 'protection-over', evidence);
}

function partnerGate(scope: Scope, partnerId: string, won: Moment | null): Gate {
  const partner = scope.facts.partners.get(partnerId);
  const leftAt = partner?.deactivatedAt ?? null;
  const takesPart = partner !== undefined && (leftAt === null || (won !== null && leftAt > won.at));
  const evidence = { partnerId, deactivatedAt: leftAt };
  return takesPart ? passed('partner-active', evidence) : blocked('partner-active', 'partner-inactive', evidence);
}

/** Whether the deal is won now. */
export function dealGate(deal: DealFacts): Gate {
  const evidence = { dealId: deal.id, wonOn: deal.wonOn };
  if (isWon(deal)) return passed('deal-won', evidence);
  if (deal.archived) return blocked('deal-won', 'deal-archived', evidence);
  return blocked('deal-won', deal.outcome === 'lost' ? 'deal-lost' : 'deal-open', evidence);
}

function planGate(version: PlanVersion | null, day: Day): Gate {
  if (version === null) return blocked('plan-in-force', 'no-plan', { day });
  return passed('plan-in-force', { plan: versionName(version), day });
}

/** One gate for the currency and one for each base that the rules pay on when a deal is won. */
function baseGates(scope: Scope, version: PlanVersion | null, deal: DealFacts | null): readonly Gate[] {
  const gates = new Map<string, Gate>();
  for (const { on, pay } of version?.plan.rules ?? []) {
    const base = baseOf(pay);
    if (deal === null || base === null || on.kind !== 'won') continue;
    const reading = readBase(scope.facts.program, deal, base);
    const evidence = { base: baseName(base), value: reading.text, currency: reading.currency };
    if (reading.kind === 'missing' && reading.flag.startsWith('currency-')) {
      gates.set('currency', blocked('currency', reading.flag, evidence));
      continue;
    }
    gates.set('currency', passed('currency', evidence));
    const amount = reading.kind === 'read' ? passed('amount', evidence) : blocked('amount', reading.flag, evidence);
    gates.set(baseName(base), amount);
  }
  return [...gates.values()];
}
