import { CrmGone, CrmRejected, type CrmConnector, type DealStamp } from '../../connectors/contract.js';
import { findPartners } from '../partners/partner.store.js';
import { assertDefined } from '../platform/assert.js';
import type { Database } from '../platform/database.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import { shownStatus } from '../registration/registration.js';
import { findRegistration, type RegistrationRow } from '../registration/registration.store.js';
import type { Connections } from '../sync/connections.js';
import {
  findDeals,
  linksOfDeals,
  linksOfRegistrations,
  updateLink,
  wasMergedAway,
  type CrmLinkRow,
  type DealRow,
} from '../sync/crm-link.store.js';
import { emptyStamp, stampOfRegistration } from '../sync/deal-stamp.js';
import { formerDeals } from './link-move.store.js';

export interface StampDependencies {
  readonly db: Database;
  readonly transact: Transact;
  readonly connections: Connections;
  /** Told of deals that were stamped or cleared here: their whole view is to be written, once more where it was known. */
  readonly stampsWritten: (uow: UnitOfWork, dealIds: readonly string[]) => Promise<void>;
}

/**
 * Shows in the CRM whose deal is whose since a link moved: the deals the registration had before give up its id, as no two deals
 * may carry it, and then the one it has is stamped and tied. Doing it again changes nothing.
 * @throws the connector's failures
 */
export function createStampLink(deps: StampDependencies) {
  return async (registrationId: string): Promise<void> => {
    const registration = await findRegistration(deps.db, registrationId);
    const [link] = await linksOfRegistrations(deps.db, [registrationId]);
    const connector = link && deps.connections.connector(link.connection_id);
    if (registration === undefined || link === undefined || connector === undefined) return;
    const { deal_id: dealId } = link;
    if (dealId === null) return clearAll(deps, connector, link);
    const [deal] = await findDeals(deps.db, [dealId]);
    const crmDealId = assertDefined(deal, 'a link names a deal of ours').crm_deal_id;
    const stampOnce = async (): Promise<readonly string[]> => {
      const cleared = await clearFormer(deps.db, connector, link);
      await stamp(connector, link, crmDealId, await stampFor(deps.db, registration));
      return cleared;
    };
    // A view that was being written meanwhile may have put the id back on the deal it was just taken off.
    const cleared = await stampOnce().catch((error: unknown) => {
      if (!(error instanceof CrmRejected)) throw error;
      return stampOnce();
    });
    await deps.transact(async (uow) => {
      const [now] = await linksOfRegistrations(uow.trx, [registrationId]);
      // It may have moved on meanwhile: then the next run is due.
      if (now?.deal_id === dealId) await updateLink(uow.trx, registrationId, { stamp_due: false });
      await deps.stampsWritten(uow, [dealId, ...cleared]);
    });
  };
}

/** It was taken off its deal: no deal carries its id. */
async function clearAll(deps: StampDependencies, connector: CrmConnector, link: CrmLinkRow): Promise<void> {
  if (!link.stamp_due) return;
  const cleared = await clearFormer(deps.db, connector, link);
  await deps.transact(async (uow) => {
    const [now] = await linksOfRegistrations(uow.trx, [link.registration_id]);
    if (now?.deal_id === null) await updateLink(uow.trx, link.registration_id, { stamp_due: false });
    await deps.stampsWritten(uow, cleared);
  });
}

/**
 * Takes the registration's id off the deals it had before. What is refused here is shown and refused once more with the whole view,
 * where a person is told. @returns the deals that were written to
 */
async function clearFormer(db: Database, connector: CrmConnector, link: CrmLinkRow): Promise<readonly string[]> {
  const ids = (await formerDeals(db, link.registration_id)).filter((id) => id !== link.deal_id);
  const former = (await findDeals(db, ids)).filter((deal) => !wasMergedAway(deal));
  const carrying = await carriersOf(db, connector, link.registration_id, former);
  if (carrying.length === 0) return [];
  await connector.writeBack(carrying.map((deal) => ({ crmId: deal.crm_deal_id, stamp: emptyStamp })));
  return carrying.map((deal) => deal.id);
}

/** Those that may still carry the registration's id. One that another registration stands on may have been written over since. */
async function carriersOf(
  db: Database,
  connector: CrmConnector,
  registrationId: string,
  deals: readonly DealRow[],
): Promise<readonly DealRow[]> {
  const linked = new Set(
    (
      await linksOfDeals(
        db,
        deals.map(({ id }) => id),
      )
    ).map((link) => link.deal_id),
  );
  const shared = deals.filter(({ id }) => linked.has(id)).map((deal) => deal.crm_deal_id);
  const readings = shared.length === 0 ? [] : await connector.readDeals(shared, { history: false });
  const written = new Set(
    readings.flatMap((reading) =>
      reading.kind === 'found' && reading.deal.registrationId === registrationId ? [reading.requestedId] : [],
    ),
  );
  return deals.filter(({ id, crm_deal_id: crmDealId }) => !linked.has(id) || written.has(crmDealId));
}

/** A deal that is gone is noticed by whoever reads it; there is nothing to stamp. */
async function stamp(connector: CrmConnector, link: CrmLinkRow, crmDealId: string, stamp: DealStamp): Promise<void> {
  const { registration_id: registrationId, crm_contact_id: contactId, crm_company_id: companyId } = link;
  if (contactId === null) return;
  try {
    await connector.attachDeal({ registrationId, crmDealId, contactId, companyId, stamp });
  } catch (error) {
    if (!(error instanceof CrmGone)) throw error;
  }
}

async function stampFor(db: Database, registration: RegistrationRow): Promise<DealStamp> {
  const [partner] = await findPartners(db, [registration.partner_id]);
  return stampOfRegistration({
    id: registration.id,
    status: shownStatus(registration.status, registration.outcome),
    protectedUntil: registration.protected_until,
    partnerName: assertDefined(partner, 'a registration has its partner').name,
  });
}
