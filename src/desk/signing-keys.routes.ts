import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/route.js';
import { judgeDocument } from '../platform/signed-document.js';
import type { Signer } from '../platform/signing.js';
import { signedDocument, verdictShape } from './signature.api.js';

const signingKeyShape = z
  .object({
    keyId: z.string(),
    algorithm: z.literal('Ed25519'),
    publicKey: z.string().meta({ description: 'base64url of the key in SPKI DER' }),
    createdAt: z.string(),
    retiredAt: z.string().nullable(),
  })
  .meta({ id: 'SigningKey' });

/** The public keys that verify receipts and explanations, old ones included; anyone may read them. */
export function signingKeyRoutes(signer: Signer): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/signing-keys',
      access: 'public',
      summary: 'Public keys of receipts and explanations',
      description:
        'A receipt is signed over the canonical JSON (RFC 8785) of its members without `keyId`, `algorithm` and `signature`.',
      tags: ['signatures'],
      responses: { 200: z.object({ items: z.array(signingKeyShape) }) },
      kind: 'read',
      handle: async () => {
        const keys = await signer.publicKeys();
        const items = keys.map((key) => ({
          keyId: key.keyId,
          algorithm: key.algorithm,
          publicKey: key.publicKey,
          createdAt: key.createdAt.toISOString(),
          retiredAt: key.retiredAt?.toISOString() ?? null,
        }));
        return { status: 200, body: { items } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/signatures/verify',
      access: 'public',
      summary: 'Whether a receipt or the working of a line is what was signed',
      tags: ['signatures'],
      body: signedDocument,
      responses: { 200: verdictShape },
      kind: 'read',
      handle: async ({ body }) => {
        const verdict = judgeDocument(body, await signer.publicKeys());
        return { status: 200, body: { kind: verdict.kind, keyId: 'keyId' in verdict ? verdict.keyId : null } };
      },
    }),
  ];
}
