import type { Day } from '../program/calendar.js';
import { readBase, type BaseReading } from './base.js';
import type { DealFacts, RegistrationFacts } from './facts.js';
import { blocked, passed, type Gate } from './gate.js';
import { baseName, baseOf, versionName, type CreditMoment, type PlanVersion } from './plan.js';
import { isWon, type Scope, type WonDeal } from './scope.js';

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
  /** What the deal has of the base of each rule of the version, in their order; null for a rule that needs none. */
  readonly readings: readonly (BaseReading | null)[];
}

/** How a registration's case stands: on the day the deal was won, or as of today while it is not. */
export function claimOf(scope: Scope, registration: RegistrationFacts, deal: DealFacts | null): Claim {
  const won = deal !== null && isWon(deal) ? deal : null;
  const day = won?.wonOn ?? scope.facts.asOf;
  const version = selectVersion(scope, registration, day);
  const readings = deal === null ? [] : readingsOf(scope, deal, version);
  return {
    registration,
    version,
    readings,
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
export function furtherGates({ partner, version, readings, day }: Claim, deal: DealFacts | null): readonly Gate[] {
  const dealWon = deal === null ? [] : [dealGate(deal)];
  return [partner, ...dealWon, planGate(version, day), ...baseGates(version, readings)];
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
  const atWinning = scope.versionOn(day);
  if (registration.submittedOn === null) return atWinning;
  const atRegistration = scope.versionOn(registration.submittedOn);
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
function approvedGate({ approvedAt, endedAt }: RegistrationFacts, won: WonDeal | null): Gate {
  if (endedAt !== null && (won === null || endedAt <= won.wonAt)) return blocked('approved', 'ended', { endedAt });
  if (approvedAt === null) return blocked('approved', 'not-approved', {});
  return passed('approved', { approvedAt });
}

function inTimeGate(
  { approvedAt, submittedAt }: RegistrationFacts,
  won: WonDeal | null,
  creditWhen: CreditMoment,
): Gate {
  const moment = creditWhen === 'approved' ? approvedAt : submittedAt;
  const evidence = { creditWhen, approvedAt, submittedAt, wonAt: won?.wonAt ?? null };
  if (moment === null) {
    return blocked('in-time', creditWhen === 'approved' ? 'not-approved' : 'not-submitted', evidence);
  }
  if (won === null || moment <= won.wonAt) return passed('in-time', evidence);
  return blocked('in-time', creditWhen === 'approved' ? 'approved-after-winning' : 'submitted-after-winning', evidence);
}

function protectionGate({ protectedUntil }: RegistrationFacts, day: Day): Gate {
  if (protectedUntil === null) return blocked('protection', 'not-approved', {});
  const evidence = { protectedUntil, day };
  return day <= protectedUntil ? passed('protection', evidence) : blocked('protection', 'protection-over', evidence);
}

function partnerGate(scope: Scope, partnerId: string, won: WonDeal | null): Gate {
  const partner = scope.facts.partners.get(partnerId);
  const leftAt = partner?.deactivatedAt ?? null;
  const takesPart = partner !== undefined && (leftAt === null || (won !== null && leftAt > won.wonAt));
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

function readingsOf(scope: Scope, deal: DealFacts, version: PlanVersion | null): readonly (BaseReading | null)[] {
  if (version === null) return [];
  return version.plan.rules.map(({ pay }) => {
    const base = baseOf(pay);
    return base === null ? null : readBase(scope.facts.program, deal, base);
  });
}

/** One gate for the currency and one for each base the rules pay on. */
function baseGates(version: PlanVersion | null, readings: readonly (BaseReading | null)[]): readonly Gate[] {
  const gates = new Map<string, Gate>();
  readings.forEach((reading, index) => {
    const rule = version?.plan.rules[index];
    const base = rule === undefined ? null : baseOf(rule.pay);
    if (reading === null || base === null) return;
    const name = baseName(base);
    const evidence = { base: name, value: reading.text, currency: reading.currency };
    if (reading.kind === 'missing' && reading.flag.startsWith('currency-')) {
      gates.set('currency', blocked('currency', reading.flag, evidence));
      return;
    }
    gates.set('currency', passed('currency', evidence));
    const amount = reading.kind === 'read' ? passed('amount', evidence) : blocked('amount', reading.flag, evidence);
    gates.set(name, amount);
  });
  return [...gates.values()];
}
