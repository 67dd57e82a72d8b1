import type { CrmConnector, DealStamp, WriteBack } from '../../connectors/contract.js';
import { isCurrency } from '../money/currency.js';
import { formatAmount } from '../money/money.js';
import { findPartners } from '../partners/partner.store.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { WorkOutcome } from '../platform/work.js';
import { isEarlier, shownStatus } from '../registration/registration.js';
import { findRegistrations, type RegistrationRow } from '../registration/registration.store.js';
import type { Connections } from '../sync/connections.js';
import { findDeals, linksOfDeals, type DealRow } from '../sync/crm-link.store.js';
import { stampOfRegistration } from '../sync/deal-stamp.js';
import { costOfDeal, differs, type DealTotal } from './rep-view.js';
import { lastWritten, saveWritten } from './rep-view.store.js';

export interface WriteBackDependencies {
  readonly db: Database;
  readonly clock: Clock;
  readonly connections: Connections;
  /** Sums of a deal's commission lines by currency and status, for all these deals at once. */
  readonly dealTotals: (dealIds: readonly string[]) => Promise<ReadonlyMap<string, readonly DealTotal[]>>;
  /** The registrations whose partners stand credited with a deal. */
  readonly creditedRegistrations: (dealIds: readonly string[]) => Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** When a deal's cost changes its status by itself, because a hold ends. */
  readonly nextMaturities: (dealIds: readonly string[]) => Promise<ReadonlyMap<string, Date>>;
}

interface Update {
  readonly deal: DealRow;
  readonly stamp: DealStamp;
}

/**
 * Brings the rep's view in the CRM up to date for many deals, in as few calls as the vendor allows; deals whose view has not
 * changed cost nothing. Dying between the call and its note writes the same values again.
 * @throws the connector's failures; nothing is noted of the batch then
 */
export function createWriteBack(deps: WriteBackDependencies) {
  return async (dealIds: readonly string[]): Promise<ReadonlyMap<string, WorkOutcome>> => {
    const updates = await outdated(deps, dealIds);
    const outcomes = new Map<string, WorkOutcome>();
    // A hold ends without anything happening, so the rep's view is put into the diary for that day.
    for (const [dealId, at] of await deps.nextMaturities(dealIds)) outcomes.set(dealId, { kind: 'again', at });
    for (const [connectionId, group] of groupByConnection(updates)) {
      const connector = deps.connections.connector(connectionId);
      if (connector === undefined) continue;
      for (const batch of slices(group, connector.limits.writeBack)) {
        for (const [dealId, outcome] of await write(deps, connector, batch)) outcomes.set(dealId, outcome);
      }
    }
    return outcomes;
  };
}

async function outdated(deps: WriteBackDependencies, dealIds: readonly string[]): Promise<readonly Update[]> {
  const [deals, wanted, shown] = await Promise.all([
    findDeals(deps.db, dealIds),
    wantedStamps(deps, dealIds),
    lastWritten(deps.db, dealIds),
  ]);
  return deals.flatMap((deal) => {
    const stamp = wanted.get(deal.id);
    return stamp !== undefined && differs(shown.get(deal.id), stamp) ? [{ deal, stamp }] : [];
  });
}

/** What each deal should show: its standing registration, and what it has cost. */
async function wantedStamps(
  deps: WriteBackDependencies,
  dealIds: readonly string[],
): Promise<ReadonlyMap<string, DealStamp>> {
  const links = await linksOfDeals(deps.db, dealIds);
  const registrations = await findRegistrations(
    deps.db,
    links.map((link) => link.registration_id),
  );
  const partners = await findPartners(deps.db, [...new Set(registrations.map((one) => one.partner_id))]);
  const names = new Map(partners.map((partner) => [partner.id, partner.name]));
  const [totals, credited] = await Promise.all([deps.dealTotals(dealIds), deps.creditedRegistrations(dealIds)]);
  const byId = new Map(registrations.map((one) => [one.id, one]));
  const stamps = new Map<string, DealStamp>();
  for (const dealId of dealIds) {
    const own = links.filter((link) => link.deal_id === dealId).flatMap((link) => byId.get(link.registration_id) ?? []);
    const standing = standingRegistration(own, credited.get(dealId) ?? new Set());
    if (standing === undefined) continue;
    stamps.set(dealId, stampOf(standing, names.get(standing.partner_id) ?? '', totals.get(dealId) ?? []));
  }
  return stamps;
}

/** The registration that is credited, or else the one that stands, of several that of the earliest submission; or the last that stood. */
function standingRegistration(
  registrations: readonly RegistrationRow[],
  credited: ReadonlySet<string>,
): RegistrationRow | undefined {
  const earliest = (rows: readonly RegistrationRow[]) => rows.toSorted((a, b) => (isEarlier(a, b) ? -1 : 1))[0];
  const [last] = registrations.toSorted((a, b) => Number(b.approved_at) - Number(a.approved_at));
  return (
    earliest(registrations.filter((one) => credited.has(one.id))) ??
    earliest(registrations.filter((one) => one.status === 'approved')) ??
    last
  );
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

async function write(
  deps: WriteBackDependencies,
  connector: CrmConnector,
  batch: readonly Update[],
): Promise<ReadonlyMap<string, WorkOutcome>> {
  const updates: readonly WriteBack[] = batch.map(({ deal, stamp }) => ({ crmDealId: deal.crm_deal_id, stamp }));
  const results = new Map((await connector.writeBack(updates)).map((result) => [result.crmDealId, result]));
  const written = batch.filter(({ deal }) => results.get(deal.crm_deal_id)?.kind === 'written');
  await saveWritten(
    deps.db,
    written.map(({ deal, stamp }) => ({ dealId: deal.id, stamp })),
    deps.clock.now(),
  );
  const outcomes = new Map<string, WorkOutcome>();
  for (const { deal } of batch) {
    const result = results.get(deal.crm_deal_id);
    if (result?.kind !== 'rejected') continue;
    outcomes.set(deal.id, {
      kind: 'set-aside',
      title: 'The CRM refused to show the commission',
      detail: result.detail,
    });
  }
  return outcomes;
}

function groupByConnection(updates: readonly Update[]): ReadonlyMap<string, readonly Update[]> {
  const groups = new Map<string, Update[]>();
  for (const update of updates) {
    const group = groups.get(update.deal.connection_id) ?? [];
    group.push(update);
    groups.set(update.deal.connection_id, group);
  }
  return groups;
}

function slices<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
