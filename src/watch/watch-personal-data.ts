import type { PersonalTable } from '../platform/personal-data.js';

/** What is kept of deals as the CRM tells them: people are named in what they are called and in fields that plans ask for. */
export const watchPersonalData: readonly PersonalTable[] = [
  {
    table: 'pending_deals',
    key: ['connection_id', 'object_type', 'crm_id'],
    columns: { connection_id: 'nobody', object_type: 'nobody', crm_id: 'nobody', stage_hint: 'nobody' },
  },
  {
    table: 'deal_states',
    key: ['deal_id'],
    about: ['deal_id', 'stamped_registration_id'],
    columns: {
      deal_id: 'nobody',
      name: 'title',
      pipeline_id: 'nobody',
      stage_id: 'nobody',
      stage_label: 'nobody',
      outcome: 'nobody',
      presence: 'nobody',
      amount: 'nobody',
      currency: 'nobody',
      owner_id: 'nobody',
      stamped_registration_id: 'nobody',
      stamped_partner: 'nobody',
      fields: 'facts',
    },
  },
  {
    table: 'deal_revisions',
    key: ['deal_id', 'revision'],
    about: ['deal_id'],
    columns: { deal_id: 'nobody', changes: 'json', snapshot: 'facts' },
  },
  {
    table: 'stray_deals',
    key: ['connection_id', 'crm_deal_id'],
    columns: { connection_id: 'nobody', crm_deal_id: 'nobody', stage_id: 'nobody' },
  },
  {
    table: 'unclaimed_wins',
    key: ['connection_id', 'crm_deal_id'],
    columns: { connection_id: 'nobody', crm_deal_id: 'nobody', facts: 'json' },
  },
  {
    table: 'changes_after_win',
    key: ['id'],
    about: ['deal_id'],
    leadsTo: 'id',
    columns: {
      id: 'nobody',
      deal_id: 'nobody',
      field: 'nobody',
      before_value: 'nobody',
      after_value: 'nobody',
      // Whoever works in the CRM, by id.
      changed_by: 'words',
      changed_how: 'nobody',
      status: 'nobody',
      decided_by: 'nobody',
      reason: 'words',
    },
  },
  {
    table: 'change_feeds',
    key: ['connection_id'],
    columns: {
      connection_id: 'nobody',
      position: 'nobody',
      lease_owner: 'nobody',
      state: 'nobody',
      detail: 'words',
      reread_cursor: 'nobody',
    },
  },
];
