import type { PersonalTable } from '../platform/personal-data.js';

/** What is held of those whom mail goes to. */
export const noticesPersonalData: readonly PersonalTable[] = [
  {
    table: 'mails',
    key: ['id'],
    columns: {
      id: 'nobody',
      topic: 'nobody',
      recipient: 'themselves',
      subject: 'words',
      sealed_body: 'themselves',
    },
  },
  { table: 'mail_choices', key: ['person_id', 'kind'], columns: { person_id: 'nobody', kind: 'nobody' } },
];
