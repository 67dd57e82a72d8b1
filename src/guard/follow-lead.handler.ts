import type { CrmKind, LeadReading } from '../../connectors/contract.js';
import { ensureDeals, linksOfRegistrations, updateLink, type CrmLinkRow } from '../sync/crm-link.store.js';
import { followLeadWork, guardLinkWork } from '../sync/guard-work.js';
import { writeBackWork } from '../sync/rep-view-work.js';
import { lockDeal } from '../registration/prospect.store.js';
import { lockRegistration } from '../registration/registration.store.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { assertDefined } from '../platform/assert.js';
import type { GuardDependencies } from './guard-link.handler.js';
import { unlinkedDeals } from './link-move.store.js';
import { moveLink } from './move-link.handler.js';
import { takenDeals } from './neighbours.handler.js';

/**
 * Asks the CRM what became of registrations' leads, in as few calls as it allows, and follows them: to the deal a seller made of
 * one, to the lead it was merged into, and to the guard where there is no deal.
 * @throws the connector's failures; nothing is noted of that batch then
 */
export function createFollowLeads(deps: GuardDependencies) {
  return async (registrationIds: readonly string[]): Promise<void> => {
    const links = (await linksOfRegistrations(deps.db, registrationIds)).filter(isLead);
    for (const connectionId of new Set(links.map((link) => link.connection_id))) {
      const connector = deps.connections.connector(connectionId);
      const leads = connector?.leads ?? null;
      if (connector === undefined || leads === null) continue;
      const own = links.filter((link) => link.connection_id === connectionId);
      for (let from = 0; from < own.length; from += leads.limit) {
        const batch = own.slice(from, from + leads.limit);
        const readings = await leads.readLeads([...new Set(batch.map((link) => link.crm_lead_id))]);
        const byId = new Map(readings.map((reading) => [reading.requestedId, reading]));
        for (const link of batch) {
          const reading = byId.get(link.crm_lead_id);
          if (reading === undefined) continue;
          await deps.transact((uow) => follow(uow, connector.kind, link.registration_id, reading));
        }
      }
    }
  };
}

type LeadLink = CrmLinkRow & { readonly crm_lead_id: string };

function isLead(link: CrmLinkRow): link is LeadLink {
  return link.crm_lead_id !== null && link.deal_id === null;
}

async function follow(uow: UnitOfWork, crm: CrmKind, registrationId: string, reading: LeadReading): Promise<void> {
  await lockRegistration(uow.trx, registrationId);
  const [link] = await linksOfRegistrations(uow.trx, [registrationId]);
  // Another run may have followed it, or a person have chosen a deal, while this one asked.
  if (link?.crm_lead_id !== reading.requestedId || !isLead(link)) return;
  switch (reading.kind) {
    case 'open':
      await updateLink(uow.trx, registrationId, { lead_state: 'open' });
      if (link.lead_state === 'open') return;
      // Restored: what became of the registration while it was deleted could not be shown.
      return tell(uow, registrationId, guardLinkWork, writeBackWork);
    case 'moved':
      await updateLink(uow.trx, registrationId, { crm_lead_id: reading.survivorId, lead_state: 'open' });
      return tell(uow, registrationId, followLeadWork, writeBackWork);
    case 'deleted':
    case 'missing':
      await updateLink(uow.trx, registrationId, { lead_state: 'deleted' });
      return tell(uow, registrationId, guardLinkWork, writeBackWork);
    case 'converted':
      return followConversion(uow, crm, link, reading);
  }
}

/** Has looked what follows: the rep's view as well, whose problems end with a lead that cannot be written any more. */
function tell(uow: UnitOfWork, registrationId: string, ...kinds: readonly string[]): Promise<void> {
  return uow.enqueue(kinds.map((kind) => ({ kind, key: registrationId })));
}

/** The deal a seller made of the lead is certain. Where there is none, or it is another's already, the guard looks around. */
async function followConversion(
  uow: UnitOfWork,
  crm: CrmKind,
  link: LeadLink,
  { contactId, companyId, dealId: crmDealId }: Extract<LeadReading, { kind: 'converted' }>,
): Promise<void> {
  const { registration_id: registrationId, connection_id: connectionId } = link;
  const records = { crm_contact_id: contactId, crm_company_id: companyId };
  await updateLink(uow.trx, registrationId, { lead_state: 'converted', ...records });
  await tell(uow, registrationId, guardLinkWork, writeBackWork);
  if (crmDealId === null) return;
  const dealIds = await ensureDeals(uow.trx, { id: connectionId, crm }, [crmDealId], uow.now);
  const dealId = assertDefined(dealIds.get(crmDealId), 'a deal just ensured has an id');
  await lockDeal(uow.trx, dealId);
  // A person took the registration off it.
  if ((await unlinkedDeals(uow.trx, registrationId)).includes(dealId)) return;
  if ((await takenDeals(uow, registrationId, [dealId])).has(dealId)) return;
  const reason = 'certain: the lead was converted into it';
  await moveLink(uow, { link: { ...link, ...records }, dealId, actor: { kind: 'system' }, reason, proposalId: null });
}
