import type { PersonalTable } from '../platform/personal-data.js';

/** Plans hold nobody: partners stand in them by id. */
export const plansPersonalData: readonly PersonalTable[] = [
  {
    table: 'plan_versions',
    key: ['id'],
    columns: {
      id: 'nobody',
      slug: 'nobody',
      document: 'nobody',
      source: 'nobody',
      created_by: 'nobody',
      author: 'nobody',
      reason: 'nobody',
      approved_by: 'nobody',
    },
  },
  {
    table: 'plan_proposals',
    key: ['id'],
    columns: {
      id: 'nobody',
      slug: 'nobody',
      document: 'nobody',
      source: 'nobody',
      proposed_by: 'nobody',
      author: 'nobody',
      reason: 'words',
      status: 'nobody',
      decided_by: 'nobody',
      decision_reason: 'words',
      version_id: 'nobody',
    },
  },
];
