import type { Day } from '../program/calendar.js';
import { readBase } from './base.js';
import type { DealFacts, Instant, RegistrationFacts } from './facts.js';
import { blocked, passed, type BlockReason, type Evidence, type Gate, type GateName } from './gate.js';
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
  readonly deal: DealFacts | null;
  /** When that happened for which a commission is due; null while it has not, and then today is asked about. */
  readonly won: Moment | null;
  /** The day that was asked about: of winning, or today while the deal is not won. */
  readonly day: Day;
  readonly version: PlanVersion | null;
  readonly creditWhen: CreditMoment;
  /** Whether the partner took part in the program then. */
  readonly partner: Gate;
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
  const creditWhen = version?.plan.creditWhen ?? scope.facts.program.creditWhen;
  const partner = partnerGate(scope, registration.partnerId, won);
  return { registration, deal, won, day, version, creditWhen, partner };
}

/** One thing that must hold for a claim to stand: why it does not, null where it does, and what was looked at. */
interface Condition {
  readonly gate: GateName;
  readonly refusal: (claim: Claim) => BlockReason | null;
  readonly evidence: (claim: Claim, refusal: BlockReason | null) => Evidence;
}

/**
 * Registered, approved in time and protected: of several claims that pass these, the earliest submission is credited. Apart from
 * the gates, because among many deals nobody asks for the evidence, and making it would cost more than the decision.
 */
const conditions: readonly Condition[] = [
  {
    gate: 'registered',
    refusal: ({ registration }) => (registration.submittedAt === null ? 'not-submitted' : null),
    evidence: ({ registration: { id, submittedAt } }) => ({
      registrationId: id,
      ...(submittedAt === null ? {} : { submittedAt }),
    }),
  },
  {
    gate: 'deal-linked',
    refusal: ({ deal }) => (deal === null ? 'not-linked' : null),
    evidence: ({ deal, registration }): Evidence =>
      deal === null ? { registrationId: registration.id } : { dealId: deal.id },
  },
  { gate: 'approved', refusal: refusalOfApproval, evidence: evidenceOfApproval },
  {
    gate: 'in-time',
    refusal: refusalOfTime,
    evidence: ({ registration: { approvedAt, submittedAt }, creditWhen, won }) => ({
      creditWhen,
      approvedAt,
      submittedAt,
      wonAt: won?.at ?? null,
    }),
  },
  {
    gate: 'protection',
    refusal: ({ registration: { protectedUntil }, day }) => {
      if (protectedUntil === null) return 'not-approved';
      return day <= protectedUntil ? null : 'protection-over';
    },
    evidence: ({ registration: { protectedUntil }, day }): Evidence =>
      protectedUntil === null ? {} : { protectedUntil, day },
  },
];

/** What decides whether a claim stands, gate by gate. */
export function standingGates(claim: Claim): readonly Gate[] {
  return conditions.map(({ gate, refusal, evidence }) => {
    const reason = refusal(claim);
    const found = evidence(claim, reason);
    return reason === null ? passed(gate, found) : blocked(gate, reason, found);
  });
}

/** What else must hold for the claim that is credited. */
export function furtherGates(scope: Scope, { partner, version, day }: Claim, deal: DealFacts | null): readonly Gate[] {
  const dealWon = deal === null ? [] : [dealGate(deal)];
  return [partner, ...dealWon, planGate(version, day), ...baseGates(scope, version, deal)];
}

/** The claim that is credited with the deal: of those that stand, the one that was submitted first. */
export function creditedClaim(claims: readonly Claim[]): Claim | null {
  return claims.reduce<Claim | null>((first, claim) => {
    if (conditions.some(({ refusal }) => refusal(claim) !== null)) return first;
    return first === null || isEarlier(claim.registration, first.registration) ? claim : first;
  }, null);
}

function isEarlier(a: RegistrationFacts, b: RegistrationFacts): boolean {
  const [aAt, bAt] = [a.submittedAt ?? '', b.submittedAt ?? ''];
  return aAt === bAt ? a.id < b.id : aAt < bAt;
}

/**
 * The version whose terms count. A version that goes by the day of registration keeps its promise to those who registered
 * under it, whatever came later; otherwise the version of the day of the win, stage or approval decides which day counts.
 */
export function selectVersion(scope: Scope, registration: RegistrationFacts, day: Day): PlanVersion | null {
  const atWinning = scope.versionFor(registration.partnerId, day);
  if (registration.submittedOn === null) return atWinning;
  const atRegistration = scope.versionFor(registration.partnerId, registration.submittedOn);
  const byRegistration = atRegistration?.plan.versionBy === 'registered' || atWinning?.plan.versionBy === 'registered';
  return byRegistration ? atRegistration : atWinning;
}

/** What ended after the deal was won does not undo what was earned by winning it. */
function refusalOfApproval({ registration: { approvedAt, endedAt }, won }: Claim): BlockReason | null {
  if (endedAt !== null && (won === null || endedAt <= won.at)) return 'ended';
  return approvedAt === null ? 'not-approved' : null;
}

function evidenceOfApproval({ registration: { approvedAt, endedAt } }: Claim, refusal: BlockReason | null): Evidence {
  if (refusal === null) return { approvedAt };
  return refusal === 'ended' ? { endedAt } : {};
}

function refusalOfTime({ registration: { approvedAt, submittedAt }, won, creditWhen }: Claim): BlockReason | null {
  const moment = creditWhen === 'approved' ? approvedAt : submittedAt;
  if (moment === null) return creditWhen === 'approved' ? 'not-approved' : 'not-submitted';
  if (won === null || moment <= won.at) return null;
  return creditWhen === 'approved' ? 'approved-after-winning' : 'submitted-after-winning';
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
