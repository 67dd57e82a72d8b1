import { isRegistrationId } from '../crediting/widen-scope.handler.js';
import type { Reader } from '../platform/database.js';
import {
  findDeals,
  linksOfDeals,
  linksOfRegistrations,
  wasMergedAway,
  type CrmLinkRow,
} from '../sync/crm-link.store.js';
import { linksOfLeads } from '../sync/lead-link.store.js';
import { recordKey, type ViewRecord } from './rep-view.store.js';

/** A record on which reps see what became of registrations. */
export interface ViewSubject {
  /** The ids it was asked for by. */
  readonly ids: readonly string[];
  readonly record: ViewRecord;
  /** Whose lines say what it costs: the deal, or the registrations that have none yet. */
  readonly costIds: readonly string[];
  /** The registrations that are or were on it. */
  readonly registrationIds: readonly string[];
  /** A registration came from another record, which may still carry its id: no two of one CRM may. */
  readonly beingStamped: boolean;
}

/**
 * The records these deals, and registrations without a deal, are shown on. A registration that is a lead is shown there while
 * nobody has converted or deleted it; after a merge several may be one lead.
 */
export async function viewSubjects(db: Reader, ids: readonly string[]): Promise<readonly ViewSubject[]> {
  const registrationIds = ids.filter(isRegistrationId);
  const dealIds = ids.filter((id) => !isRegistrationId(id));
  return [...(await dealSubjects(db, dealIds)), ...(await leadSubjects(db, registrationIds))];
}

async function dealSubjects(db: Reader, dealIds: readonly string[]): Promise<readonly ViewSubject[]> {
  const deals = (await findDeals(db, dealIds)).filter((deal) => !wasMergedAway(deal));
  const links = await linksOfDeals(db, dealIds);
  return deals.map((deal) => {
    const own = links.filter((link) => link.deal_id === deal.id);
    return {
      ids: [deal.id],
      record: { connectionId: deal.connection_id, objectType: 'deal', crmId: deal.crm_deal_id },
      costIds: [deal.id],
      registrationIds: own.map((link) => link.registration_id),
      beingStamped: own.some((link) => link.stamp_due),
    };
  });
}

async function leadSubjects(db: Reader, ids: readonly string[]): Promise<readonly ViewSubject[]> {
  const asked = (await linksOfRegistrations(db, ids)).flatMap((link) => leadOf(link) ?? []);
  const links = await linksOfLeads(
    db,
    asked.map(({ crmId }) => crmId),
  );
  const onLead = links.flatMap((link) => {
    const record = leadOf(link);
    return record === null ? [] : [{ key: recordKey(record), id: link.registration_id }];
  });
  const records = new Map(asked.map((record) => [recordKey(record), record]));
  return [...records].map(([key, record]) => {
    const registrationIds = onLead.filter((one) => one.key === key).map(({ id }) => id);
    return {
      ids: registrationIds.filter((id) => ids.includes(id)),
      record,
      costIds: registrationIds,
      registrationIds,
      beingStamped: false,
    };
  });
}

function leadOf(link: CrmLinkRow): ViewRecord | null {
  const { connection_id: connectionId, crm_lead_id: crmId } = link;
  const isOpen = crmId !== null && link.deal_id === null && link.lead_state === 'open';
  return isOpen ? { connectionId, objectType: 'lead', crmId } : null;
}
