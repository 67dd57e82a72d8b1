import type { CrmConnector, MatchQuery } from '../../connectors/contract.js';
import type { ConnectionRecords } from '../program/new-records.api.js';
import type { CrmLinkRow } from './crm-link.store.js';

/**
 * Whether a registration goes into the CRM as a lead. What was begun as one or as a deal ends as that, whatever the settings say by
 * now: something may have been made already.
 * @throws the connector's failures
 */
export async function beginsAsLead(
  connector: Pick<CrmConnector, 'leads' | 'findMatches'>,
  link: Pick<CrmLinkRow, 'lead_started_at' | 'deal_started_at' | 'crm_contact_id'>,
  prospect: MatchQuery,
  become: ConnectionRecords['registrationsBecome'] = 'lead',
): Promise<boolean> {
  if (connector.leads === null) return false;
  if (link.lead_started_at !== null) return true;
  if (link.deal_started_at !== null || link.crm_contact_id !== null) return false;
  if (become !== 'deal-where-company-known') return become === 'lead';
  const matches = await connector.findMatches(prospect);
  // A company that is only called the same may be another one.
  return !matches.some(({ objectType, matchedBy }) => objectType === 'company' && matchedBy !== 'name');
}
