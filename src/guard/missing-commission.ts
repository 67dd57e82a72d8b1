import type { DealTies } from '../../connectors/contract.js';
import { addDays, dayIn, daysBetween, type Day } from '../program/calendar.js';
import { evidenceOf, likelihoodOf, type Evidence } from './evidence.js';

/** A won deal nobody is credited for. */
export interface Win {
  readonly amount: string | null;
  readonly currency: string | null;
  readonly closeDate: string | null;
  readonly createdAt: string | null;
  readonly seenWonAt: Date;
  readonly ties: Pick<DealTies, 'contactIds' | 'companyIds'>;
  /** The deal's registration of old, where it has one. */
  readonly linkedTo: readonly string[];
}

/** A registration that stands, or ran out, with the records it came to be in the CRM. */
export interface Claimant {
  readonly id: string;
  readonly status: string;
  readonly outcome: string;
  readonly submittedAt: Date;
  readonly approvedAt: Date | null;
  readonly protectedUntil: string | null;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly pushedAt: Date;
  readonly contactId: string | null;
  readonly companyId: string | null;
}

/** What speaks for a commission being owed. */
export interface MissingEvidence extends Omit<Evidence, 'outcome'> {
  /** It is the registration's own deal, won too late. */
  readonly ownDeal: boolean;
  readonly registeredOn: Day;
  readonly wonOn: Day;
  readonly protectedUntil: Day;
  /** How many days before the win protection had ended; null where it still ran. */
  readonly endedDaysBefore: number | null;
  /** Approved only after the win, which a plan may refuse to pay. */
  readonly approvedAfterWin: boolean;
}

export interface MissingRules {
  readonly timeZone: string;
  readonly missingCommissionDays: number;
}

/**
 * The evidence that a win is owed to a registration, null where it is not: the registration must have been there before the win,
 * have been approved, not have been won by another deal, and not have ended too long before.
 */
export function evidenceOfMissing(
  win: Win,
  claimant: Claimant,
  rules: MissingRules,
  contested: boolean,
): MissingEvidence | null {
  const { status, outcome, approvedAt, contactId, companyId } = claimant;
  if ((status !== 'approved' && status !== 'expired') || outcome === 'won' || approvedAt === null) return null;
  const ownDeal = win.linkedTo.includes(claimant.id);
  const contactIds = win.ties.contactIds.filter((id) => id === contactId);
  const companyIds = win.ties.companyIds.filter((id) => id === companyId);
  if (!ownDeal && contactIds.length + companyIds.length === 0) return null;
  const wonOn = dayOfWin(win, rules.timeZone);
  const registeredOn = dayIn(claimant.submittedAt, rules.timeZone);
  const protectedUntil = claimant.protectedUntil as Day | null;
  if (protectedUntil === null || registeredOn > wonOn) return null;
  if (wonOn > addDays(protectedUntil, rules.missingCommissionDays)) return null;
  const { outcome: _won, ...around } = evidenceOf(
    { deal: { ...win, outcome: 'won' }, contactIds, companyIds },
    claimant,
    contested,
  );
  return {
    ...around,
    ownDeal,
    registeredOn,
    wonOn,
    protectedUntil,
    endedDaysBefore: wonOn > protectedUntil ? daysBetween(protectedUntil, wonOn) : null,
    approvedAfterWin: dayIn(approvedAt, rules.timeZone) > wonOn,
  };
}

/** People type close dates ahead of time: a win that was seen is no later than that day. */
function dayOfWin({ closeDate, seenWonAt }: Win, timeZone: string): Day {
  const seen = dayIn(seenWonAt, timeZone);
  return closeDate !== null && closeDate < seen ? (closeDate as Day) : seen;
}

/** From 0 to 100: it orders what was found and decides nothing. */
export function likelihoodOfMissing({ ownDeal, ...evidence }: MissingEvidence): number {
  return ownDeal ? 100 : likelihoodOf({ ...evidence, outcome: 'won' });
}

/** Until which day the registration has to be honoured for the deal to be credited, whichever date the program goes by. */
export function honouredThrough(
  deal: { readonly wonAt: string | null; readonly closeDate: string | null },
  seenWonAt: Date | undefined,
  timeZone: string,
): Day | null {
  const won = deal.wonAt === null ? seenWonAt : new Date(deal.wonAt);
  const days = [won === undefined ? null : dayIn(won, timeZone), deal.closeDate as Day | null];
  return days.reduce<Day | null>((last, day) => (day !== null && (last === null || day > last) ? day : last), null);
}
