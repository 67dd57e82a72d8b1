import { z } from 'zod';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { apiKey, issuedApiKey, newOperatorKey } from './access.api.js';
import { issueApiKey, revokeApiKey } from './api-key.handler.js';
import { listApiKeys } from './api-key.store.js';
import { apiKeyOnWire, issuedApiKeyOnWire } from './api-key-wire.js';

const tags = ['Access'];
const position = z.object({ afterId: z.string() });

/** Keys as operators manage them; a partner's keys are made under the partner. */
export function accessRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/api-keys',
      access: 'operator',
      right: 'keys:manage',
      kind: 'write',
      summary: 'Make an operator key',
      tags,
      secretReply: true,
      body: newOperatorKey,
      responses: { 201: issuedApiKey },
      handle: async ({ uow, actor, body }) => {
        const issued = await issueApiKey(uow, { actor, name: body.name, partnerId: null, rights: body.rights });
        return { status: 201, body: issuedApiKeyOnWire(issued) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/api-keys',
      access: 'operator',
      kind: 'read',
      summary: 'List keys, revoked ones too',
      tags,
      query: z.strictObject({
        ...pageQuery,
        role: z.enum(['operator', 'partner']).optional(),
        partnerId: z.string().max(100).optional(),
      }),
      responses: { 200: pageOf(apiKey) },
      handle: async ({ db, query }) => {
        const filter = { ...query, ...readCursor(query.cursor, position) };
        const rows = await listApiKeys(db, filter, query.limit + 1);
        return { status: 200, body: toPage(rows, query.limit, (row) => ({ afterId: row.id }), apiKeyOnWire) };
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/api-keys/{keyId}',
      access: 'operator',
      right: 'keys:manage',
      kind: 'write',
      summary: 'Revoke a key',
      description: 'It stops working within seconds.',
      tags,
      params: z.object({ keyId: z.string().max(100) }),
      responses: { 204: null },
      handle: async ({ uow, actor, params }) => {
        await revokeApiKey(uow, { actor, id: params.keyId });
        return { status: 204 };
      },
    }),
  ];
}
