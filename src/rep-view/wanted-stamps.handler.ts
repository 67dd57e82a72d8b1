import type { DealStamp } from '../../connectors/contract.js';
import { isCurrency } from '../money/currency.js';
import { formatAmount } from '../money/money.js';
import { findPartners } from '../partners/partner.store.js';
import type { Reader } from '../platform/database.js';
import { shownStatus } from '../registration/registration.js';
import { findRegistrations, type RegistrationRow } from '../registration/registration.store.js';
import { stampOfRegistration } from '../sync/deal-stamp.js';
import { costOfDeal, standing, type DealTotal } from './rep-view.js';
import type { ViewSubject } from './view-subjects.handler.js';

/** What crediting knows of deals, and of registrations that have none. */
export interface CostSources {
  /** Sums of commission lines by currency and status, for all of these at once. */
  readonly totals: (ids: readonly string[]) => Promise<ReadonlyMap<string, readonly DealTotal[]>>;
  /** The registrations whose partners stand credited. */
  readonly creditedRegistrations: (ids: readonly string[]) => Promise<ReadonlyMap<string, ReadonlySet<string>>>;
}

/** A record with what it should show; null where it is nobody's any more. */
export interface WantedView {
  readonly subject: ViewSubject;
  readonly stamp: DealStamp | null;
}

/** What each record should show: its standing registration, and what it has cost. */
export async function wantedViews(
  db: Reader,
  sources: CostSources,
  subjects: readonly ViewSubject[],
): Promise<readonly WantedView[]> {
  const costIds = subjects.flatMap((subject) => subject.costIds);
  const [registrations, totals, credited] = await Promise.all([
    findRegistrations(
      db,
      subjects.flatMap((subject) => subject.registrationIds),
    ),
    sources.totals(costIds),
    sources.creditedRegistrations(costIds),
  ]);
  const partners = await findPartners(db, [...new Set(registrations.map((one) => one.partner_id))]);
  const names = new Map(partners.map((partner) => [partner.id, partner.name]));
  const byId = new Map(registrations.map((one) => [one.id, one]));
  return subjects.map((subject) => {
    const own = subject.registrationIds.flatMap((id) => byId.get(id) ?? []);
    const creditedHere = new Set(subject.costIds.flatMap((id) => [...(credited.get(id) ?? [])]));
    const registration = standing(own, creditedHere);
    if (registration === undefined) return { subject, stamp: null };
    const cost = subject.costIds.flatMap((id) => totals.get(id) ?? []);
    return { subject, stamp: stampOf(registration, names.get(registration.partner_id) ?? '', cost) };
  });
}

function stampOf(registration: RegistrationRow, partnerName: string, totals: readonly DealTotal[]): DealStamp {
  const stamp = stampOfRegistration({
    id: registration.id,
    status: shownStatus(registration.status, registration.outcome),
    protectedUntil: registration.protected_until,
    partnerName,
  });
  const cost = costOfDeal(totals);
  if (cost === null || !isCurrency(cost.currency)) return stamp;
  return {
    ...stamp,
    commission: formatAmount(cost.amountMinor, cost.currency),
    commissionCurrency: cost.currency,
    commissionStatus: cost.status,
  };
}
