import type { CrmLeads, DealStamp, NewRecord } from '../../connectors/contract.js';
import type { Transact } from '../platform/unit-of-work.js';
import type { ContactRow, RegistrationRow } from '../registration/registration.store.js';
import { updateLink, type CrmLinkRow } from './crm-link.store.js';
import { dealNameOf } from './deal-stamp.js';
import { followLeadWork } from './guard-work.js';
import { writeBackWork } from './rep-view-work.js';

/**
 * Brings a registration into a CRM that has leads: sellers make contact, company and deal of it when they convert it, and the
 * guard follows it there. Contact and company are not made beside it.
 * @throws the connector's failures
 */
export async function pushLead(
  transact: Transact,
  leads: CrmLeads,
  push: {
    readonly registration: RegistrationRow;
    readonly contact: ContactRow;
    readonly stamp: DealStamp;
    readonly record: NewRecord;
  },
  link: CrmLinkRow,
): Promise<void> {
  const { registration, contact, stamp, record } = push;
  // Noted before the call, so that after a death the next attempt looks for the lead before it writes one.
  await transact((uow) => updateLink(uow.trx, registration.id, { lead_started_at: uow.now }));
  const { crmId } = await leads.ensureLead({
    registrationId: registration.id,
    company: { name: registration.company_name, domain: registration.company_domain, country: registration.country },
    contact: {
      firstName: contact.first_name,
      lastName: contact.last_name,
      email: contact.email,
      phone: contact.phone,
    },
    deal: {
      name: dealNameOf(registration),
      amount: registration.amount,
      currency: registration.currency,
      closeDate: registration.expected_close_date,
    },
    stamp,
    record,
    mayExist: link.lead_started_at !== null,
  });
  await transact(async (uow) => {
    await updateLink(uow.trx, registration.id, { crm_lead_id: crmId, lead_state: 'open', linked_at: uow.now });
    await uow.enqueue([
      // It may have been converted before anybody knew whose it is.
      { kind: followLeadWork, key: registration.id },
      // It may have been decided on since the stamp was made, or an earlier attempt have made the lead.
      { kind: writeBackWork, key: registration.id },
    ]);
  });
}
