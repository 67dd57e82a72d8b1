import type { PersonalTable } from '../platform/personal-data.js';

/** The journal holds nobody: ids, amounts, and memos that are made from ids, rules and references of payments. */
export const ledgerPersonalData: readonly PersonalTable[] = [
  {
    table: 'journal_entries',
    key: ['id'],
    columns: {
      id: 'nobody',
      kind: 'nobody',
      idempotency_key: 'nobody',
      partner_id: 'nobody',
      deal_id: 'nobody',
      memo: 'nobody',
    },
  },
  {
    table: 'postings',
    key: ['entry_id', 'position'],
    columns: { entry_id: 'nobody', account_code: 'nobody', partner_id: 'nobody', currency: 'nobody' },
  },
];
