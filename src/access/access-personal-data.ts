import type { PersonalTable } from '../platform/personal-data.js';

/** What is held of those who sign in. */
export const accessPersonalData: readonly PersonalTable[] = [
  {
    table: 'api_keys',
    key: ['id'],
    columns: {
      id: 'nobody',
      prefix: 'nobody',
      key_hash: 'nobody',
      role: 'nobody',
      partner_id: 'nobody',
      name: 'words',
      source: 'nobody',
      rights: 'nobody',
    },
  },
  {
    table: 'people',
    key: ['id'],
    columns: {
      id: 'nobody',
      name: 'themselves',
      email: 'themselves',
      image: 'themselves',
      kind: 'nobody',
      role: 'nobody',
      partner_id: 'nobody',
    },
  },
  {
    table: 'invitations',
    key: ['id'],
    columns: {
      id: 'nobody',
      token_hash: 'nobody',
      name: 'themselves',
      email: 'themselves',
      kind: 'nobody',
      role: 'nobody',
      partner_id: 'nobody',
      invited_by: 'nobody',
    },
  },
  {
    table: 'session',
    key: ['id'],
    columns: { id: 'nobody', token: 'themselves', ipAddress: 'themselves', userAgent: 'themselves', userId: 'nobody' },
  },
  {
    table: 'account',
    key: ['id'],
    columns: {
      id: 'nobody',
      accountId: 'themselves',
      providerId: 'nobody',
      userId: 'nobody',
      accessToken: 'themselves',
      refreshToken: 'themselves',
      idToken: 'themselves',
      scope: 'nobody',
      password: 'themselves',
    },
  },
  {
    table: 'verification',
    key: ['id'],
    columns: { id: 'nobody', identifier: 'themselves', value: 'themselves' },
  },
  {
    table: 'twoFactor',
    key: ['id'],
    columns: { id: 'nobody', secret: 'themselves', backupCodes: 'themselves', userId: 'nobody' },
  },
  { table: 'rateLimit', key: ['id'], columns: { id: 'nobody', key: 'nobody' } },
];
