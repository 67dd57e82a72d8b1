import type { PersonalTable } from '../platform/personal-data.js';

/** What the links to the CRM hold of contacts: the ids of their records, which say nothing without the CRM. */
export const syncPersonalData: readonly PersonalTable[] = [
  {
    table: 'connections',
    key: ['id'],
    columns: {
      id: 'nobody',
      crm: 'nobody',
      name: 'nobody',
      account_id: 'nobody',
      tokens_sealed: 'nobody',
      refresh_lease_owner: 'nobody',
      sweep_cursor: 'nobody',
      findings: 'json',
      sign_in: 'nobody',
      sign_in_id: 'nobody',
      connected_by: 'nobody',
      disconnected_by: 'nobody',
      disconnect_reason: 'words',
    },
  },
  {
    table: 'web_sign_ins',
    key: ['state_hash'],
    columns: {
      state_hash: 'nobody',
      connection_id: 'nobody',
      person_id: 'nobody',
      verifier_sealed: 'nobody',
      redirect_uri: 'nobody',
    },
  },
  {
    table: 'deals',
    key: ['id'],
    columns: { id: 'nobody', connection_id: 'nobody', crm: 'nobody', crm_deal_id: 'nobody', merged_into: 'nobody' },
  },
  {
    table: 'crm_links',
    key: ['registration_id'],
    about: ['registration_id'],
    leadsTo: 'deal_id',
    columns: {
      registration_id: 'nobody',
      connection_id: 'nobody',
      crm_contact_id: 'nobody',
      crm_company_id: 'nobody',
      crm_lead_id: 'nobody',
      lead_state: 'nobody',
      deal_id: 'nobody',
    },
  },
  {
    table: 'crm_companies',
    key: ['connection_id', 'company_key'],
    columns: {
      connection_id: 'nobody',
      company_key: 'themselves',
      crm_company_id: 'nobody',
      anchors: 'nobody',
      leased_by: 'nobody',
    },
  },
  { table: 'crm_call_accounts', key: ['connection_id'], columns: { connection_id: 'nobody', account: 'nobody' } },
];
