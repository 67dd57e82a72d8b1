import type { PersonalTable } from '../platform/personal-data.js';

/** Payouts name partners by id and payments by their reference. */
export const payoutsPersonalData: readonly PersonalTable[] = [
  {
    table: 'payouts',
    key: ['id'],
    columns: {
      id: 'nobody',
      entry_id: 'nobody',
      partner_id: 'nobody',
      currency: 'nobody',
      method: 'nobody',
      reference: 'nobody',
      idempotency_key: 'nobody',
      created_by: 'nobody',
    },
  },
];
