import { z } from 'zod';
import { apiKey, issuedApiKey, newApiKey } from '../access/access.api.js';
import { issueApiKey, revokeApiKey } from '../access/api-key.handler.js';
import { listApiKeys } from '../access/api-key.store.js';
import { apiKeyOnWire, issuedApiKeyOnWire } from '../access/api-key-wire.js';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { existingPartner } from './partner.handler.js';

const tags = ['Partners'];
const id = z.string().max(100);
const position = z.object({ afterId: z.string() });

/** Keys with which a partner's own programs sign in; operators hand them out. */
export function partnerKeyRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/partners/{id}/api-keys',
      access: 'operator',
      right: 'partners:manage',
      kind: 'write',
      summary: 'Make an API key for a partner',
      tags,
      secretReply: true,
      params: z.object({ id }),
      body: newApiKey,
      responses: { 201: issuedApiKey },
      handle: async ({ uow, actor, params, body }) => {
        const partner = await existingPartner(uow.trx, params.id);
        const issued = await issueApiKey(uow, { actor, name: body.name, partnerId: partner.id });
        return { status: 201, body: issuedApiKeyOnWire(issued) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/partners/{id}/api-keys',
      access: 'operator',
      kind: 'read',
      summary: "List a partner's API keys, revoked ones too",
      tags,
      params: z.object({ id }),
      query: z.strictObject(pageQuery),
      responses: { 200: pageOf(apiKey) },
      handle: async ({ db, params, query }) => {
        const partner = await existingPartner(db, params.id);
        const filter = { partnerId: partner.id, ...readCursor(query.cursor, position) };
        const rows = await listApiKeys(db, filter, query.limit + 1);
        return { status: 200, body: toPage(rows, query.limit, (row) => ({ afterId: row.id }), apiKeyOnWire) };
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/partners/{id}/api-keys/{keyId}',
      access: 'operator',
      right: 'partners:manage',
      kind: 'write',
      summary: "Revoke a partner's API key",
      description: 'It stops working within seconds.',
      tags,
      params: z.object({ id, keyId: id }),
      responses: { 204: null },
      handle: async ({ uow, actor, params }) => {
        await revokeApiKey(uow, { actor, id: params.keyId, partnerId: params.id });
        return { status: 204 };
      },
    }),
  ];
}
