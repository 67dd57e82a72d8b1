import type { PersonalTable } from '../platform/personal-data.js';

/** Settings and rates hold nobody. */
export const programPersonalData: readonly PersonalTable[] = [
  { table: 'program_settings', key: ['id'], columns: { settings: 'nobody' } },
  { table: 'exchange_rates', key: ['base', 'day', 'currency'], columns: { base: 'nobody', currency: 'nobody' } },
];
