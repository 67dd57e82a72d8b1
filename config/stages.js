/**
 * The folders of `src`, in the order in which they may know each other: a folder imports only folders above it. The table
 * in ARCHITECTURE.md says what lives in each; ESLint, dependency-cruiser and the architecture tests read this list.
 */
export const stages = [
  'money',
  'platform',
  'audit',
  'ledger',
  'access',
  'program',
  'partners',
  'notices',
  'plans',
  'registration',
  'review',
  'sync',
  'watch',
  'guard',
  'crediting',
  'payouts',
  'rep-view',
  'desk',
  'web',
];
