import { addMonths, type Day } from '../program/calendar.js';
import { claimOf, creditedClaim, selectVersion, type Claim, type Moment } from './claim.js';
import type { DraftLine, TakeBack } from './draft-line.js';
import { draftsFor, type Party } from './draft-rules.js';
import type { DealFacts, RegistrationFacts } from './facts.js';
import type { Findings } from './findings.js';
import { approvalOf, entryOf, receiptOf, recruitOf, stageEntry, winOf, type Occasion } from './occasion.js';
import type { PlanVersion, Trigger } from './plan.js';
import { refundsOfPayment, refundsOfWin, refundsWithoutPayment, type RefundsOfWin } from './refunds.js';
import { takesPart, type Scope, type WonDeal } from './scope.js';
import { monthsSince, serviceMonths } from './term.js';

/** Drafts a line for everything a deal pays to the partner whose registration is credited with it. */
export function draftsOfWin(scope: Scope, deal: WonDeal, credited: Claim, findings: Findings): readonly DraftLine[] {
  const { registration, version, partner } = credited;
  if (partner.kind === 'blocked') {
    findings.raise(deal.id, 'partner-inactive', partner.evidence);
    return [];
  }
  const win = winOf(deal, registration);
  const takesBack = refundsOfWin(scope, deal);
  const drafts: DraftLine[] = [];
  for (const party of partiesOf(scope, registration, version, win.on)) {
    if (isUnderPlan(party)) drafts.push(...draftsOfSale(scope, party, win, takesBack, findings));
    drafts.push(...draftsOfPayments(scope, deal, party, registration, findings));
  }
  return drafts;
}

function raiseIdle(deal: DealFacts | null, idle: RefundsOfWin['idle'], findings: Findings): void {
  for (const { flag, evidence } of idle) if (deal !== null) findings.raise(deal.id, flag, evidence);
}

function isUnderPlan(party: Party<PlanVersion | null>): party is Party {
  return party.version !== null;
}

/** What the win itself pays a partner, who must be in the program. */
function draftsOfSale(
  scope: Scope,
  party: Party,
  win: Occasion,
  { takeBacks, idle }: RefundsOfWin,
  findings: Findings,
): readonly DraftLine[] {
  if (!takesPart(scope, party.partnerId, win)) {
    if (win.deal !== null) findings.raise(win.deal.id, 'partner-inactive', { partnerId: party.partnerId, day: win.on });
    return [];
  }
  const drafts = draftsFor(scope, 'won', party, win, findings);
  if (drafts.some(({ rule }) => rule.refunds === 'take-back')) raiseIdle(win.deal, idle, findings);
  return drafts.map((draft) => withTakeBacks(draft, takeBacks));
}

/** A lead that qualified pays when its registration is approved. */
export function draftsOfApproval(
  scope: Scope,
  registration: RegistrationFacts,
  deal: DealFacts | null,
  findings: Findings,
): readonly DraftLine[] {
  const approval = approvalOf(registration, deal);
  if (approval === null) return [];
  const { partnerId } = registration;
  const version = selectVersion(scope, registration, approval.on);
  if (version === null || !takesPart(scope, partnerId, approval)) return [];
  return draftsFor(scope, 'approved', { partnerId, version, share: null }, approval, findings);
}

/** What pays when a deal enters a stage, whether or not it is won later. */
export function draftsOfStages(scope: Scope, deal: DealFacts, findings: Findings): readonly DraftLine[] {
  if (deal.archived) return [];
  return stagesOfPlans(scope).flatMap((stage) => {
    const entry = stageEntry(deal, stage);
    if (entry === null) return [];
    const credited = creditedClaim(claimsOn(scope, deal, entry));
    if (credited?.version == null || credited.partner.kind === 'blocked') return [];
    const { registration, version } = credited;
    const party = { partnerId: registration.partnerId, version, share: null };
    const occasion = entryOf(stage, entry, deal, registration);
    return draftsFor(
      scope,
      'stage',
      party,
      occasion,
      findings,
      (on) => on.kind === 'stage' && isNamed(on.stage, stage),
    );
  });
}

/** The bonus of who recruited a partner, once the partner has brought as many deals as the rule asks for. */
export function draftsOfRecruits(
  scope: Scope,
  wins: readonly (readonly [WonDeal, Claim])[],
  findings: Findings,
): readonly DraftLine[] {
  const byPartner = new Map<string, Occasion[]>();
  for (const [deal, { registration, partner }] of wins) {
    if (partner.kind === 'blocked' || scope.facts.partners.get(registration.partnerId)?.recruitedBy == null) continue;
    const known = byPartner.get(registration.partnerId) ?? [];
    byPartner.set(registration.partnerId, [...known, winOf(deal, registration)]);
  }
  return [...byPartner].flatMap(([recruit, occasions]) => {
    const recruiter = scope.facts.partners.get(recruit)?.recruitedBy ?? '';
    const inOrder = occasions.toSorted((a, b) => (a.at === b.at ? (a.key < b.key ? -1 : 1) : a.at < b.at ? -1 : 1));
    return inOrder.flatMap((win, index) => {
      const version = scope.versionFor(recruiter, win.on);
      if (version === null || !takesPart(scope, recruiter, win)) return [];
      const party = { partnerId: recruiter, version, share: null };
      const occasion = recruitOf(recruit, index + 1, win);
      const isReached = (on: Trigger): boolean => on.kind === 'recruit' && on.deals === index + 1;
      return draftsFor(scope, 'recruit', party, occasion, findings, isReached);
    });
  });
}

/** How the registrations of a deal stand at a moment. */
export function claimsOn(scope: Scope, deal: DealFacts, moment: Moment | null): readonly Claim[] {
  return scope.registrationsOf(deal.id).map((registration) => claimOf(scope, registration, deal, moment));
}

/** The partner of a registration, or where each is paid by its own plan all who share in it. */
function partiesOf(
  scope: Scope,
  registration: RegistrationFacts,
  version: PlanVersion | null,
  day: Day,
): readonly Party<PlanVersion | null>[] {
  const { partnerId, shares } = registration;
  if (version?.plan.shareBy !== 'own-plans' || shares.length === 0) return [{ partnerId, version, share: null }];
  return shares.map((one) => {
    const own = one.partnerId === partnerId ? version : scope.versionFor(one.partnerId, day);
    return { partnerId: one.partnerId, version: own, share: one.share };
  });
}

/** A RevShare keeps the version it started under; a plan that goes by the day of payment takes the one of that day. */
function versionOfPayment(
  scope: Scope,
  { partnerId, version }: Party<PlanVersion | null>,
  day: Day,
): PlanVersion | null {
  if (version !== null && version.plan.versionBy !== 'paid') return version;
  const then = scope.versionFor(partnerId, day);
  return then?.plan.versionBy === 'paid' || version !== null ? then : null;
}

/** Each payment of the customer, under the version that was in force at the win, or where the plan says so on its own day. */
function draftsOfPayments(
  scope: Scope,
  deal: WonDeal,
  party: Party<PlanVersion | null>,
  registration: RegistrationFacts,
  findings: Findings,
): readonly DraftLine[] {
  if (takesBackOfPayments(party.version)) raiseIdle(deal, refundsWithoutPayment(scope, deal.id), findings);
  const payments = scope.paymentsOf(deal.id);
  if (payments.length === 0) return [];
  return payments.flatMap((payment) => {
    const receipt = receiptOf(payment, deal, registration);
    const version = versionOfPayment(scope, party, payment.receivedOn);
    if (version === null || !version.plan.rules.some(({ on }) => on.kind === 'payment')) return [];
    if (!takesPart(scope, party.partnerId, receipt)) {
      findings.raise(deal.id, 'partner-inactive', { partnerId: party.partnerId, day: payment.receivedOn });
      return [];
    }
    const takesBack = refundsOfPayment(scope, payment, deal.id);
    return draftsFor(scope, 'payment', { ...party, version }, receipt, findings)
      .map((draft) => withTakeBacks(draft, takesBack))
      .flatMap((draft) => overTheService(scope, draft, findings));
  });
}

function takesBackOfPayments(version: PlanVersion | null): boolean {
  return version?.plan.rules.some(({ on, refunds }) => on.kind === 'payment' && refunds === 'take-back') === true;
}

/** A line for each month of the time a payment is for, where the rule earns month by month; later months come in their time. */
function overTheService(scope: Scope, draft: DraftLine, findings: Findings): readonly DraftLine[] {
  const { pay } = draft.rule;
  const { payment } = draft.occasion;
  if (pay.kind !== 'revshare' || pay.revshare.recognise === 'cash' || payment?.servicePeriod == null) return [draft];
  const months = serviceMonths(payment.servicePeriod).map(({ from, name, slice }) => {
    const on = from < payment.receivedOn ? payment.receivedOn : from;
    return { ...draft, occasion: { ...draft.occasion, at: on, on }, component: `${draft.rule.id}/${name}`, slice };
  });
  const { asOf } = scope.facts;
  const next = months.find(({ occasion }) => occasion.on > asOf);
  if (next !== undefined && draft.occasion.deal !== null) findings.comeBack(draft.occasion.deal.id, next.occasion.on);
  return months.filter(({ occasion }) => occasion.on <= asOf);
}

/** The customer's leaving, where the rule takes back on it, and what it was given back. */
function withTakeBacks(draft: DraftLine, refunds: readonly TakeBack[]): DraftLine {
  const churn = churnOf(draft);
  const taken = draft.rule.refunds === 'take-back' ? refunds : [];
  if (churn === null && taken.length === 0) return draft;
  const all = churn === null ? taken : [...taken, churn].toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return { ...draft, takeBacks: all };
}

function churnOf({ rule, occasion }: DraftLine): TakeBack | null {
  const left = occasion.deal?.churnedOn ?? null;
  if (rule.churn === null || left === null || occasion.payment !== null) return null;
  if (left >= addMonths(occasion.on, rule.churn.months)) return null;
  const stayed = monthsSince(occasion.on, left);
  const sentence = `The customer left on ${left}, after ${String(stayed)} of ${String(rule.churn.months)} months.`;
  return { occasion: `churn|${occasion.deal?.id ?? ''}|${left}`, on: left, sentence, left: null };
}

function stagesOfPlans({ facts }: Scope): readonly string[] {
  const stages = facts.planVersions.flatMap(({ plan }) =>
    plan.rules.flatMap(({ on }) => (on.kind === 'stage' ? [on.stage.toLowerCase()] : [])),
  );
  return [...new Set(stages)];
}

function isNamed(stage: string, name: string): boolean {
  return stage.toLowerCase() === name.toLowerCase();
}
