import type { CrmDeal, DealAround, DealOutcome } from '../../connectors/contract.js';
import { compareRatios, multiply, parseDecimal, ratio, subtract } from '../money/ratio.js';

/** What speaks for a deal being a registration's. */
export interface Evidence {
  readonly sameContact: boolean;
  readonly sameCompany: boolean;
  /** Whole days from the registration's arrival in the CRM to the making of the deal, negative before it; null: not known. */
  readonly madeDaysAfterPush: number | null;
  /** The deal's amount beside the registered one; `near`: within a tenth of it. */
  readonly amount: 'same' | 'near' | 'other' | 'unknown';
  readonly outcome: DealOutcome;
  /** Another registration stands on the same contact or company: the deal may be its. */
  readonly contested: boolean;
}

/** What a registration promised, and when it came into the CRM. */
export interface Promised {
  /** Null while it is not there. */
  readonly pushedAt: Date | null;
  readonly amount: string | null;
  readonly currency: string | null;
}

/** A day as length of time: what counts is how long after the push a deal was made, not on which dates. */
const dayMs = 24 * 60 * 60 * 1000;

/** A deal with those of the registration's records that it stands on. */
interface StandingDeal extends Pick<DealAround, 'contactIds' | 'companyIds'> {
  readonly deal: Pick<CrmDeal, 'createdAt' | 'amount' | 'currency' | 'outcome'>;
}

export function evidenceOf(around: StandingDeal, promised: Promised, contested: boolean): Evidence {
  const { deal, contactIds, companyIds } = around;
  return {
    sameContact: contactIds.length > 0,
    sameCompany: companyIds.length > 0,
    madeDaysAfterPush: daysFrom(promised.pushedAt, deal.createdAt),
    amount: besides(deal, promised),
    outcome: deal.outcome,
    contested,
  };
}

function daysFrom(pushedAt: Date | null, createdAt: string | null): number | null {
  if (pushedAt === null || createdAt === null) return null;
  return Math.floor((new Date(createdAt).getTime() - pushedAt.getTime()) / dayMs);
}

const soonDays = 14;

/** How likely a deal is meant, from 0 to 100: it orders proposals and decides nothing. */
export function likelihoodOf(evidence: Evidence): number {
  const { sameContact, sameCompany, madeDaysAfterPush: days, amount, contested } = evidence;
  const points =
    (sameContact ? 45 : 0) +
    (sameCompany ? 20 : 0) +
    (days !== null && days >= 0 ? (days <= soonDays ? 20 : 10) : 0) +
    ({ same: 15, near: 10, other: 0, unknown: 0 } as const)[amount] -
    (contested ? 10 : 0);
  return Math.max(0, points);
}

/** Amounts in different currencies say nothing about each other; one that names none is taken to be in the other's. */
function besides(deal: Pick<CrmDeal, 'amount' | 'currency'>, promised: Promised): Evidence['amount'] {
  const [has, wanted] = [parseDecimal(deal.amount ?? ''), parseDecimal(promised.amount ?? '')];
  const sameCurrency = (deal.currency ?? promised.currency) === (promised.currency ?? deal.currency);
  if (has === null || wanted === null || !sameCurrency) return 'unknown';
  if (compareRatios(has, wanted) === 0) return 'same';
  const difference = subtract(has, wanted);
  const size = difference.numerator < 0n ? { ...difference, numerator: -difference.numerator } : difference;
  const isNear = wanted.numerator > 0n && compareRatios(size, multiply(wanted, ratio(1n, 10n))) <= 0;
  return isNear ? 'near' : 'other';
}
