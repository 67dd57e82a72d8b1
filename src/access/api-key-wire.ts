import type { z } from 'zod';
import type { apiKey, issuedApiKey } from './access.api.js';
import type { IssuedApiKey } from './api-key.handler.js';
import type { ApiKeyRow, NewApiKey } from './api-key.store.js';

function fieldsOf(row: NewApiKey) {
  return {
    id: row.id,
    role: row.role,
    partnerId: row.partner_id,
    name: row.name,
    prefix: row.prefix,
    rights: row.rights,
    createdAt: row.created_at.toISOString(),
  };
}

export function issuedApiKeyOnWire(issued: IssuedApiKey): z.input<typeof issuedApiKey> {
  return { ...fieldsOf(issued), key: issued.key };
}

export function apiKeyOnWire(row: ApiKeyRow): z.input<typeof apiKey> {
  return {
    ...fieldsOf(row),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
