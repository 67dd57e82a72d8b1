import type { PersonalTable } from './personal-data.js';

/** What the platform's own tables hold of people. */
export const platformPersonalData: readonly PersonalTable[] = [
  {
    table: 'work',
    key: ['kind', 'key'],
    about: ['key'],
    mentions: 'payload',
    columns: { kind: 'nobody', key: 'nobody', payload: 'json', last_error: 'words' },
  },
  {
    table: 'problems',
    key: ['id'],
    about: ['subject_id', 'work_key'],
    mentions: 'payload',
    columns: {
      id: 'nobody',
      kind: 'nobody',
      work_kind: 'nobody',
      work_key: 'nobody',
      payload: 'json',
      subject_type: 'nobody',
      subject_id: 'nobody',
      title: 'words',
      detail: 'words',
    },
  },
  {
    table: 'idempotency_keys',
    key: ['actor', 'key'],
    mentions: 'response',
    columns: { actor: 'nobody', key: 'words', request_hash: 'nobody', response: 'json' },
  },
  {
    table: 'signing_keys',
    key: ['id'],
    columns: { id: 'nobody', public_key: 'nobody', private_sealed: 'nobody' },
  },
];
