import type { DealTies } from '../../connectors/contract.js';
import { addDays, dayIn, daysBetween, type Day } from '../program/calendar.js';
import type { KnownBy } from '../registration/prospect.store.js';
import { evidenceOf, likelihoodOf, type Evidence } from './evidence.js';

/** A won deal nobody is credited for. */
export interface Win {
  readonly amount: string | null;
  readonly currency: string | null;
  readonly closeDate: string | null;
  readonly createdAt: string | null;
  readonly seenWonAt: Date;
  readonly ties: Pick<DealTies, 'contactIds' | 'companyIds'>;
  /** By what those it is about are recognised. */
  readonly knownBy: KnownBy;
  /** The deal's registration of old, where it has one. */
  readonly linkedTo: readonly string[];
}

/** A registration that stands, waits for an answer, or ran out, with the records it came to be in the CRM. */
export interface Claimant {
  readonly id: string;
  readonly status: string;
  readonly outcome: string;
  readonly submittedAt: Date;
  readonly approvedAt: Date | null;
  readonly protectedUntil: string | null;
  readonly amount: string | null;
  readonly currency: string | null;
  /** Null while it is not in the CRM. */
  readonly pushedAt: Date | null;
  readonly contactKey: string;
  readonly companyKey: string;
  readonly contactId: string | null;
  readonly companyId: string | null;
}

/** What speaks for a commission being owed. */
export interface MissingEvidence extends Omit<Evidence, 'outcome'> {
  /** It is the registration's own deal, won too late. */
  readonly ownDeal: boolean;
  readonly registeredOn: Day;
  readonly wonOn: Day;
  /** Null while nobody has answered it. */
  readonly protectedUntil: Day | null;
  /** How many days before the win protection had ended; null where it still ran. */
  readonly endedDaysBefore: number | null;
  /** Approved only after the win, which a plan may refuse to pay. */
  readonly approvedAfterWin: boolean;
  /** The deal stands on other records than those the registration came to be, of the same address or domain. */
  readonly otherRecords?: true;
  /** The registration waits for the vendor's answer, or for the partner's to a question. */
  readonly unanswered?: 'vendor' | 'partner';
}

export interface MissingRules {
  readonly timeZone: string;
  readonly missingCommissionDays: number;
}

/** Whether a registration waits for its first answer, or for the partner's. */
export function isUnanswered(status: string): boolean {
  return status === 'submitted' || status === 'in_review' || status === 'returned';
}

/**
 * The evidence that a win is owed to a registration, null where it is not: the registration must have been there before the win,
 * have been approved or wait for its answer, not have been won by another deal, and not have ended too long before.
 */
export function evidenceOfMissing(
  win: Win,
  claimant: Claimant,
  rules: MissingRules,
  contested: boolean,
): MissingEvidence | null {
  const unanswered = isUnanswered(claimant.status);
  const claim = unanswered ? { protectedUntil: null, approvedAt: null } : approvedClaim(claimant);
  const standing = standingOn(win, claimant);
  if (claim === null || standing === null || claimant.outcome === 'won') return null;
  const { protectedUntil, approvedAt } = claim;
  const wonOn = dayOfWin(win, rules.timeZone);
  const registeredOn = dayIn(claimant.submittedAt, rules.timeZone);
  if (registeredOn > wonOn) return null;
  if (protectedUntil !== null && wonOn > addDays(protectedUntil, rules.missingCommissionDays)) return null;
  const { outcome: _won, ...around } = evidenceOf(
    { deal: { ...win, outcome: 'won' }, ...standing },
    claimant,
    contested,
  );
  const isOfRecord = [...win.ties.contactIds, ...win.ties.companyIds].some(
    (id) => id === claimant.contactId || id === claimant.companyId,
  );
  const ownDeal = win.linkedTo.includes(claimant.id);
  return {
    ...around,
    ownDeal,
    registeredOn,
    wonOn,
    protectedUntil,
    endedDaysBefore: protectedUntil !== null && wonOn > protectedUntil ? daysBetween(protectedUntil, wonOn) : null,
    approvedAfterWin: approvedAt === null || dayIn(approvedAt, rules.timeZone) > wonOn,
    ...(isOfRecord || ownDeal ? {} : { otherRecords: true as const }),
    ...(unanswered ? { unanswered: claimant.status === 'returned' ? ('partner' as const) : ('vendor' as const) } : {}),
  };
}

function approvedClaim({ status, approvedAt, protectedUntil }: Claimant) {
  if ((status !== 'approved' && status !== 'expired') || approvedAt === null || protectedUntil === null) return null;
  return { approvedAt, protectedUntil: protectedUntil as Day };
}

/** Those of the deal's contacts and companies that are the registered ones; null where none is, and the deal is not its own. */
function standingOn(
  { ties, knownBy, linkedTo }: Win,
  { id, contactId, companyId, contactKey, companyKey }: Claimant,
): Pick<DealTies, 'contactIds' | 'companyIds'> | null {
  const isContact = knownBy.contactKeys.includes(contactKey);
  const isCompany = knownBy.domains.includes(companyKey);
  const contactIds = ties.contactIds.filter((one) => one === contactId || isContact);
  // The address of a contact tells its company, too.
  const companyIds = isCompany ? [companyKey] : ties.companyIds.filter((one) => one === companyId);
  return linkedTo.includes(id) || contactIds.length + companyIds.length > 0 ? { contactIds, companyIds } : null;
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
