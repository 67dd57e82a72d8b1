import type { Day } from '../program/calendar.js';
import { claimOf, creditedClaim, dealGate, furtherGates, momentOfWin, standingGates, type Claim } from './claim.js';
import type { DraftLine } from './draft-line.js';
import { claimsOn, draftsOfApproval, draftsOfRecruits, draftsOfStages, draftsOfWin } from './drafts.js';
import type { DealFacts, Facts, RegistrationFacts } from './facts.js';
import { collectFindings, type Findings, type Flag, type GateReport } from './findings.js';
import { finish } from './finish.js';
import { blocked, passed, type Gate } from './gate.js';
import { approvalOf, keyOfPayment, keyOfWin } from './occasion.js';
import { isWon, scopeOf, type Scope, type WonDeal } from './scope.js';
import { stages, stagesBeforeVolume } from './stages.js';
import { sizedUnderTiers } from './tiers.js';
import { entriesOf, type VolumeEntry } from './volume-entries.js';
import { endsOfFloors } from './period-limits.js';
import { keyOfDecision, lineOfDecision, type WantedLine } from './wanted-line.js';

export interface Position {
  readonly lines: readonly WantedLine[];
  /** The occasions that stand: each win of a deal in the scope. What was earned by another one is undone. */
  readonly standing: ReadonlySet<string>;
  readonly flags: readonly Flag[];
  /** When to look at a deal again although nothing happens: more of it is earned on a day to come. */
  readonly again: ReadonlyMap<string, Day>;
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
  const earning = new Set(
    lines
      .filter(({ amountMinor }) => amountMinor !== 0n)
      .map(({ deal, source }) => `${source.kind === 'plan' ? source.registration.id : ''}|${String(deal?.id)}`),
  );
  return findings.reports().map((report) => ({
    ...report,
    isEarning: earning.has(`${String(report.registrationId)}|${String(report.dealId)}`),
  }));
}

/** What each deal of the scope adds to volumes that further deals may add to, too. */
export function volumeEntries(facts: Facts): readonly VolumeEntry[] {
  const scope = scopeOf(facts);
  const findings = collectFindings('flags');
  const { refuse } = findings;
  const drafts = draftsOf(scope, findings);
  const lines = stagesBeforeVolume().reduce<readonly DraftLine[]>(
    (before, stage) => stage(before, refuse, scope),
    drafts,
  );
  return entriesOf(sizedUnderTiers(lines, refuse, scope));
}

function evaluate(facts: Facts, findings: Findings): Position {
  const scope = scopeOf(facts);
  const drafts = draftsOf(scope, findings);
  const worked = stages.reduce<readonly DraftLine[]>((lines, stage) => stage(lines, findings.refuse, scope), drafts);
  for (const [dealId, day] of [...endsOfFloors(worked, facts.asOf), ...paymentsToCome(facts)]) {
    findings.comeBack(dealId, day);
  }
  return {
    lines: [...finish(worked, findings.refuse, scope), ...linesOfDecisions(facts)],
    standing: standingOf(scope, drafts),
    flags: findings.flags(),
    again: findings.again(),
  };
}

/** Recorded before its day, a payment counts from its day on. */
function paymentsToCome({ payments, asOf }: Facts): readonly (readonly [string, Day])[] {
  return payments.flatMap(({ dealId, receivedOn }): readonly (readonly [string, Day])[] =>
    receivedOn > asOf && dealId !== null ? [[dealId, receivedOn]] : [],
  );
}

function linesOfDecisions({ decisions, deals }: Facts): readonly WantedLine[] {
  const added = decisions.filter(({ kind }) => kind === 'add');
  if (added.length === 0) return [];
  const byId = new Map(deals.map((deal) => [deal.id, deal]));
  return added.map((decision) => lineOfDecision(decision, byId.get(decision.dealId ?? '') ?? null));
}

/** A draft for everything that the plans pay for, of every deal and every registration of the scope. */
function draftsOf(scope: Scope, findings: Findings): readonly DraftLine[] {
  const { facts } = scope;
  const wins: [WonDeal, Claim][] = [];
  const triggers = new Set(facts.planVersions.flatMap(({ plan }) => plan.rules.map(({ on }) => on.kind)));
  const drafts: DraftLine[] = [];
  for (const deal of facts.deals) {
    const credited = examine(scope, deal, findings);
    if (credited !== null && isWon(deal)) {
      wins.push([deal, credited]);
      drafts.push(...draftsOfWin(scope, deal, credited, findings));
    }
    if (triggers.has('stage')) drafts.push(...draftsOfStages(scope, deal, findings));
  }
  const recruits = triggers.has('recruit') ? draftsOfRecruits(scope, wins, findings) : [];
  if (!triggers.has('approved')) return drafts.concat(recruits);
  const deals = new Map(facts.deals.map((deal) => [deal.id, deal]));
  const approvals = facts.registrations.flatMap((one) =>
    draftsOfApproval(scope, one, deals.get(one.dealId ?? '') ?? null, findings),
  );
  return drafts.concat(recruits, approvals);
}

/** What still stands of what something may have been earned by, whether or not anything is due for it now. */
function standingOf(scope: Scope, drafts: readonly DraftLine[]): ReadonlySet<string> {
  const { facts } = scope;
  const standing = new Set<string>();
  for (const { occasion } of drafts) standing.add(occasion.key);
  for (const deal of facts.deals) {
    if (!isWon(deal)) continue;
    standing.add(keyOfWin(deal));
    for (const { id } of scope.paymentsOf(deal.id)) standing.add(keyOfPayment(id));
  }
  for (const one of facts.registrations) {
    const approval = approvalOf(one, null);
    if (approval !== null) standing.add(approval.key);
  }
  for (const { id } of facts.decisions) standing.add(keyOfDecision(id));
  return standing;
}

/** The gates of a registration that is not linked to a deal yet. */
export function reportWithoutDeal(facts: Facts, registration: RegistrationFacts): GateReport {
  const scope = scopeOf(facts);
  const claim = claimOf(scope, registration, null, null);
  return {
    dealId: null,
    registrationId: registration.id,
    partnerId: registration.partnerId,
    gates: [...standingGates(claim), ...furtherGates(scope, claim, null)],
    isEarning: false,
  };
}

/** The gates of a partner that has no registration for the deal. */
export function reportWithoutRegistration(deal: DealFacts, partnerId: string): GateReport {
  const registered = blocked('registered', 'not-registered', { partnerId, dealId: deal.id });
  return { dealId: deal.id, registrationId: null, partnerId, gates: [registered, dealGate(deal)], isEarning: false };
}

/** Decides whom a deal is credited to, and notes the gates of everybody who claims it. */
function examine(scope: Scope, deal: DealFacts, findings: Findings): Claim | null {
  const claims = claimsOn(scope, deal, momentOfWin(deal));
  const credited = creditedClaim(claims);
  if (!findings.keepsReports) return credited;
  for (const claim of claims) {
    const { id, partnerId } = claim.registration;
    const gates = gatesOf(scope, claim, credited, deal);
    findings.report({ dealId: deal.id, registrationId: id, partnerId, gates, isEarning: false });
  }
  return credited;
}

function gatesOf(scope: Scope, claim: Claim, credited: Claim | null, deal: DealFacts): readonly Gate[] {
  if (credited !== null && credited !== claim) {
    return [...standingGates(claim), blocked('first', 'earlier-registration', {}), ...furtherGates(scope, claim, deal)];
  }
  const isCredited = credited === claim && isWon(deal) && claim.version !== null;
  return [
    ...standingGates(claim),
    passed('first', {}),
    ...furtherGates(scope, claim, deal),
    ...(isCredited ? lastGates(scope, deal, claim.version) : []),
  ];
}

/** Whether the customer has paid, where the plan pays on that, and whether the hold is over. */
function lastGates(scope: Scope, deal: WonDeal, { plan }: NonNullable<Claim['version']>): readonly Gate[] {
  const waits = plan.rules.some(({ on }) => on.kind === 'payment') && scope.paymentsOf(deal.id).length === 0;
  return [...(waits ? [blocked('payment', 'no-payment', {})] : []), holdGate(scope, deal.wonOn, plan.holdDays)];
}

function holdGate(scope: Scope, earnedOn: Day, holdDays: number): Gate {
  const payableOn = scope.daysAfter(earnedOn, holdDays);
  const evidence = { earnedOn, payableOn, holdDays: String(holdDays) };
  if (payableOn <= scope.facts.asOf) return passed('hold-over', evidence);
  return blocked('hold-over', 'hold-runs', evidence, payableOn);
}
