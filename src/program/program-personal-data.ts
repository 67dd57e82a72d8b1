import type { PersonalTable } from '../platform/personal-data.js';

/** Settings, rates and choices of the CRM hold nobody. */
export const programPersonalData: readonly PersonalTable[] = [
  { table: 'program_settings', key: ['id'], columns: { settings: 'nobody' } },
  { table: 'exchange_rates', key: ['base', 'day', 'currency'], columns: { base: 'nobody', currency: 'nobody' } },
  {
    table: 'form_choices',
    key: ['connection_id', 'record', 'field'],
    columns: { connection_id: 'nobody', record: 'nobody', field: 'nobody', choices: 'nobody' },
  },
];
