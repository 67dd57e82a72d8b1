import type { PersonalTable } from '../platform/personal-data.js';

/** What the evidence of proposals and the reasons of moves hold of contacts. */
export const guardPersonalData: readonly PersonalTable[] = [
  {
    table: 'link_proposals',
    key: ['id'],
    about: ['registration_id', 'deal_id'],
    leadsTo: 'id',
    columns: {
      id: 'nobody',
      registration_id: 'nobody',
      deal_id: 'nobody',
      status: 'nobody',
      evidence: 'json',
      decided_by: 'nobody',
      reason: 'words',
    },
  },
  {
    table: 'missing_commissions',
    key: ['id'],
    about: ['registration_id', 'deal_id'],
    leadsTo: 'id',
    columns: {
      id: 'nobody',
      deal_id: 'nobody',
      registration_id: 'nobody',
      status: 'nobody',
      deal: 'json',
      evidence: 'json',
      decided_by: 'nobody',
      reason: 'words',
    },
  },
  {
    table: 'link_moves',
    key: ['id'],
    about: ['registration_id', 'from_deal_id', 'to_deal_id'],
    columns: {
      registration_id: 'nobody',
      from_deal_id: 'nobody',
      to_deal_id: 'nobody',
      proposal_id: 'nobody',
      moved_by: 'nobody',
      reason: 'words',
    },
  },
];
