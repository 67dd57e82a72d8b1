import { recordAudit } from '../audit/audit.store.js';
import type { Transact } from '../platform/unit-of-work.js';
import { endedClaimsOfContact } from '../registration/prospect.store.js';
import type { RegistrationRow } from '../registration/registration.store.js';
import { updateLink } from './crm-link.store.js';
import { followLeadWork } from './guard-work.js';
import { leadLeftBehind } from './lead-link.store.js';
import { writeBackWork } from './rep-view-work.js';

/**
 * Gives a registration the lead that is there: of a claim on the same person that ended before a seller converted it, or before
 * anybody could know when the registration was approved. A second lead would be one too many for the seller, and most organisations
 * refuse it as a duplicate. Of another person at the same company it would not say whom the partner knows there.
 * @returns whether there was one
 */
export async function inheritLead(
  transact: Transact,
  registration: RegistrationRow,
  connectionId: string,
): Promise<boolean> {
  return transact(async (uow) => {
    const lead = await leadLeftBehind(uow.trx, {
      connectionId,
      registrationIds: await endedClaimsOfContact(uow.trx, registration),
      since: registration.approved_at ?? uow.now,
    });
    if (lead === null) return false;
    await updateLink(uow.trx, registration.id, {
      crm_lead_id: lead.crmLeadId,
      lead_state: 'open',
      lead_started_at: uow.now,
      linked_at: uow.now,
    });
    await recordAudit(uow, {
      actor: { kind: 'system' },
      action: 'registration.inherit-lead',
      subject: { type: 'registration', id: registration.id },
      details: { from: lead.registrationId, crmLead: lead.crmLeadId },
    });
    // A seller may have converted it since we last looked, and it shows the claim that ended.
    await uow.enqueue([
      { kind: followLeadWork, key: registration.id },
      { kind: writeBackWork, key: registration.id },
    ]);
    return true;
  });
}
