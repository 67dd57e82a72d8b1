import type { PersonalTable } from '../platform/personal-data.js';

/** What the log holds of people: those who acted stand in it by id, and a reason that was given may name anybody. */
export const auditPersonalData: readonly PersonalTable[] = [
  {
    table: 'audit_log',
    key: ['id'],
    about: ['subject_id', 'actor_id', 'person_id'],
    mentions: 'details',
    columns: {
      actor_kind: 'nobody',
      actor_id: 'nobody',
      actor_name: 'title',
      person_id: 'nobody',
      action: 'nobody',
      subject_type: 'nobody',
      subject_id: 'nobody',
      details: 'json',
    },
  },
];
