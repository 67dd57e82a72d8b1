import type { PersonalTable } from '../platform/personal-data.js';

/** The rep is shown partner, protection and commission, and no contact. */
export const repViewPersonalData: readonly PersonalTable[] = [
  {
    table: 'rep_views',
    key: ['connection_id', 'object_type', 'crm_id'],
    columns: { connection_id: 'nobody', object_type: 'nobody', crm_id: 'nobody', stamp: 'nobody' },
  },
];
