import type { DealAround } from '../../connectors/contract.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { registrationsAttachedTo } from '../registration/prospect.store.js';
import { findRegistrations } from '../registration/registration.store.js';
import { findDealsByCrmIds, linksOfDeals, linksOfRegistrations, type CrmLinkRow } from '../sync/crm-link.store.js';
import { watchedLinksOn } from '../sync/lead-link.store.js';
import { isGuarded } from './guarded.js';
import type { Neighbour } from './judge-link.js';
import { formerDeals, unlinkedDeals } from './link-move.store.js';
import { proposalsOf } from './link-proposal.store.js';

/** What we know of the deals around a registration: whose they are, and what people have said of them. Its own is left out. */
export async function neighboursOf(
  uow: UnitOfWork,
  link: CrmLinkRow,
  around: readonly DealAround[],
): Promise<readonly Neighbour[]> {
  const { registration_id: registrationId, connection_id: connectionId } = link;
  const rows = await findDealsByCrmIds(
    uow.trx,
    connectionId,
    around.flatMap(({ deal }) => [deal.crmDealId, ...deal.mergedIds]),
  );
  const ids = new Map(rows.map((row) => [row.crm_deal_id, row.id]));
  const taken = await takenDeals(uow, registrationId, [...ids.values()]);
  const rivals = await rivalLinks(uow, link);
  const said = await saidOf(uow, registrationId);
  return around.flatMap((one) => {
    const names = [one.deal.crmDealId, ...one.deal.mergedIds].flatMap((name) => ids.get(name) ?? []);
    if (link.deal_id !== null && names.includes(link.deal_id)) return [];
    return {
      around: one,
      taken: names.some((id) => taken.has(id)),
      rejected: names.some((id) => said.rejected.has(id)),
      passedOver: names.some((id) => said.passedOver.has(id)),
      contested: rivals.some((rival) => standsOn(one, rival)),
    };
  });
}

/** Those of the deals that belong to another registration that stands. */
export async function takenDeals(
  uow: UnitOfWork,
  registrationId: string,
  dealIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const links = (await linksOfDeals(uow.trx, dealIds)).filter((link) => link.registration_id !== registrationId);
  const registrations = await findRegistrations(
    uow.trx,
    links.map((link) => link.registration_id),
  );
  const standing = new Set(registrations.filter(({ status }) => status === 'approved').map(({ id }) => id));
  const linked = links.filter((link) => standing.has(link.registration_id)).flatMap((link) => link.deal_id ?? []);
  return new Set([...linked, ...(await promisedDeals(uow, registrationId, dealIds))]);
}

/** Those that another registration was approved for and is not linked to yet. */
async function promisedDeals(
  uow: UnitOfWork,
  registrationId: string,
  dealIds: readonly string[],
): Promise<readonly string[]> {
  const attached = (await registrationsAttachedTo(uow.trx, dealIds)).filter(
    ({ id, status }) => id !== registrationId && status === 'approved',
  );
  const links = await linksOfRegistrations(
    uow.trx,
    attached.map(({ id }) => id),
  );
  const settled = new Set(links.filter((link) => link.deal_id !== null).map((link) => link.registration_id));
  return attached.filter(({ id }) => !settled.has(id)).flatMap((row) => row.attach_deal_id ?? []);
}

/** Links of other guarded registrations on the same contact or company. */
async function rivalLinks(uow: UnitOfWork, link: CrmLinkRow): Promise<readonly CrmLinkRow[]> {
  const on = {
    contactIds: link.crm_contact_id === null ? [] : [link.crm_contact_id],
    companyIds: link.crm_company_id === null ? [] : [link.crm_company_id],
  };
  const others = (await watchedLinksOn(uow.trx, link.connection_id, on)).filter(
    (other) => other.registration_id !== link.registration_id,
  );
  const registrations = await findRegistrations(
    uow.trx,
    others.map((other) => other.registration_id),
  );
  const guarded = new Set(registrations.filter(isGuarded).map(({ id }) => id));
  return others.filter((other) => guarded.has(other.registration_id));
}

function standsOn({ contactIds, companyIds }: DealAround, link: CrmLinkRow): boolean {
  const { crm_contact_id: contactId, crm_company_id: companyId } = link;
  return (
    (contactId !== null && contactIds.includes(contactId)) || (companyId !== null && companyIds.includes(companyId))
  );
}

async function saidOf(uow: UnitOfWork, registrationId: string) {
  const proposals = await proposalsOf(uow.trx, [registrationId]);
  const former = await formerDeals(uow.trx, registrationId);
  const rejected = proposals.filter((proposal) => proposal.status === 'rejected');
  const chosenAgainst = proposals.filter(({ status, decided_by: by }) => status === 'superseded' && by !== null);
  return {
    rejected: new Set([
      ...rejected.map((proposal) => proposal.deal_id),
      ...(await unlinkedDeals(uow.trx, registrationId)),
    ]),
    passedOver: new Set([...former, ...chosenAgainst.map((proposal) => proposal.deal_id)]),
  };
}
