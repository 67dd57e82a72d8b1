import { ratio } from '../money/ratio.js';
import type { Day } from '../program/calendar.js';
import { claimOf, creditedClaim, dealGate, furtherGates, type Claim } from './claim.js';
import type { DealFacts, Facts, RegistrationFacts } from './facts.js';
import { collectFindings, type Findings, type Flag, type GateReport } from './findings.js';
import { blocked, passed, type Gate } from './gate.js';
import { isWon, scopeOf, type Scope } from './scope.js';
import type { DraftLine } from './draft-line.js';
import { stages } from './stages.js';
import { occasionOfWin, wantedLine, type WantedLine } from './wanted-line.js';

export interface Position {
  readonly lines: readonly WantedLine[];
  /** The occasions that stand: each win of a deal in the scope. What was earned by another one is undone. */
  readonly standing: ReadonlySet<string>;
  readonly flags: readonly Flag[];
}

/**
 * Everything that should have been earned by the deals of the scope, computed from the facts alone. What differs from what was
 * booked is the next booking: see crediting/difference.ts.
 */
export function position(facts: Facts): Position {
  return evaluate(facts, collectFindings('flags'));
}

/** The same evaluation, asked for the gates: for every registration of every deal in the scope, what passed and what did not. */
export function gateReports(facts: Facts): readonly GateReport[] {
  const findings = collectFindings('gates-and-flags');
  const { lines } = evaluate(facts, findings);
  const earning = new Set(lines.map(({ deal, registration }) => `${registration.id}|${deal.id}`));
  return findings.reports().map((report) => ({
    ...report,
    isEarning: earning.has(`${String(report.registrationId)}|${String(report.dealId)}`),
  }));
}

function evaluate(facts: Facts, findings: Findings): Position {
  const scope = scopeOf(facts);
  const drafts = facts.deals.flatMap((deal) => examine(scope, deal, findings));
  const finished = stages.reduce<readonly DraftLine[]>((lines, stage) => stage(lines, findings.refuse, scope), drafts);
  return {
    lines: finished.flatMap((line) => (line.currency === null ? [] : [wantedLine(scope, line, line.currency)])),
    standing: new Set(facts.deals.filter(isWon).map(occasionOfWin)),
    flags: findings.flags(),
  };
}

/** The gates of a registration that is not linked to a deal yet. */
export function reportWithoutDeal(facts: Facts, registration: RegistrationFacts): GateReport {
  const claim = claimOf(scopeOf(facts), registration, null);
  return {
    dealId: null,
    registrationId: registration.id,
    partnerId: registration.partnerId,
    gates: [...claim.standing, ...furtherGates(claim, null)],
    isEarning: false,
  };
}

/** The gates of a partner that has no registration for the deal. */
export function reportWithoutRegistration(deal: DealFacts, partnerId: string): GateReport {
  const registered = blocked('registered', 'not-registered', { partnerId, dealId: deal.id });
  return { dealId: deal.id, registrationId: null, partnerId, gates: [registered, dealGate(deal)], isEarning: false };
}

/** Decides whom a deal is credited to, notes the gates of everybody who claims it, and drafts a line for each rule. */
function examine(scope: Scope, deal: DealFacts, findings: Findings): readonly DraftLine[] {
  const claims = scope.registrationsOf(deal.id).map((registration) => claimOf(scope, registration, deal));
  const credited = creditedClaim(claims);
  for (const claim of claims) {
    const { id, partnerId } = claim.registration;
    findings.report(() => ({
      dealId: deal.id,
      registrationId: id,
      partnerId,
      gates: gatesOf(scope, claim, credited, deal),
      isEarning: false,
    }));
  }
  return credited === null ? [] : draftsOf(credited, deal, findings);
}

function gatesOf(scope: Scope, claim: Claim, credited: Claim | null, deal: DealFacts): readonly Gate[] {
  if (credited !== null && credited !== claim) {
    return [...claim.standing, blocked('first', 'earlier-registration', {}), ...furtherGates(claim, deal)];
  }
  const isCredited = credited === claim && isWon(deal) && claim.version !== null;
  return [
    ...claim.standing,
    passed('first', {}),
    ...furtherGates(claim, deal),
    ...(isCredited ? [holdGate(scope, deal.wonOn, claim.version.plan.holdDays)] : []),
  ];
}

function holdGate(scope: Scope, earnedOn: Day, holdDays: number): Gate {
  const payableOn = scope.daysAfter(earnedOn, holdDays);
  const evidence = { earnedOn, payableOn, holdDays: String(holdDays) };
  if (payableOn <= scope.facts.asOf) return passed('hold-over', evidence);
  return blocked('hold-over', 'hold-runs', evidence, payableOn);
}

function draftsOf(
  { registration, version, readings, partner }: Claim,
  deal: DealFacts,
  findings: Findings,
): readonly DraftLine[] {
  if (!isWon(deal) || version === null) return [];
  if (partner.kind === 'blocked') {
    findings.raise(deal.id, 'partner-inactive', partner.evidence);
    return [];
  }
  return version.plan.rules.map((rule, index) => ({
    deal,
    registration,
    version,
    rule,
    reading: readings[index] ?? null,
    value: ratio(0n),
    currency: null,
    trail: null,
  }));
}
