import { z } from 'zod';
import { actorKey } from '../actor.js';
import { assertDefined } from '../assert.js';
import { canonicalJson } from '../canonical-json.js';
import type { Database } from '../database.js';
import type { Secrets } from '../secrets.js';
import type { UnitOfWork } from '../unit-of-work.js';
import { IdempotencyKeyReused, MalformedRequest } from './request-errors.js';
import type { RawCall, Reply, Route } from './route.js';
import { sha256 } from '../hash.js';

/** One use of an `Idempotency-Key`: whose, which, and for what. */
export interface IdempotentCall {
  readonly scope: string;
  readonly key: string;
  readonly requestHash: string;
}

const keyPattern = /^[\x21-\x7e]{1,255}$/;
const kept = z.object({ headers: z.record(z.string(), z.string()), body: z.unknown() });
const keptSealed = z.object({ sealed: z.string() });

/**
 * What the header asks for, or null when it is absent or the caller is nobody in particular: strangers who chose the same
 * key would otherwise read each other's answers.
 * @throws MalformedRequest when the header is not 1 to 255 visible ASCII characters
 */
export function idempotentCall(
  header: string | undefined,
  target: { readonly method: string; readonly path: string },
  call: RawCall,
): IdempotentCall | null {
  if (header === undefined) return null;
  if (!keyPattern.test(header)) {
    throw new MalformedRequest('The Idempotency-Key header must be 1 to 255 visible ASCII characters.');
  }
  return call.actor === null ? null : { scope: actorKey(call.actor), key: header, requestHash: hashOf(target, call) };
}

/** The order of JSON fields and the space between them do not make another request. */
function hashOf(target: { readonly method: string; readonly path: string }, call: RawCall): string {
  const content = canonicalJson({ ...target, query: call.query, body: call.body ?? null });
  return sha256(content);
}

/**
 * Runs `act` once per key: its answer is kept in the same transaction, so either both happened or neither. A second call
 * with the key waits for the first one's transaction and then gets the kept answer. A refused call keeps nothing.
 * @throws IdempotencyKeyReused when the key was used for another request
 */
export async function onceForKey(
  uow: UnitOfWork,
  call: IdempotentCall,
  route: Route,
  secrets: Secrets,
  act: () => Promise<Reply>,
): Promise<Reply> {
  if (!(await claim(uow, call))) return keptReply(uow, call, secrets);
  const reply = await act();
  const content = JSON.stringify({ headers: reply.headers ?? {}, body: reply.body ?? null });
  await uow.trx
    .updateTable('idempotency_keys')
    .set({
      status: reply.status,
      response: route.secretReply === true ? JSON.stringify({ sealed: secrets.seal(content) }) : content,
    })
    .where('actor', '=', call.scope)
    .where('key', '=', call.key)
    .execute();
  return reply;
}

/** False when the key is taken; waits while another transaction has written it and not yet ended. */
async function claim(uow: UnitOfWork, call: IdempotentCall): Promise<boolean> {
  const row = await uow.trx
    .insertInto('idempotency_keys')
    .values({ actor: call.scope, key: call.key, request_hash: call.requestHash, created_at: uow.now })
    .onConflict((conflict) => conflict.columns(['actor', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  return row !== undefined;
}

async function keptReply(uow: UnitOfWork, call: IdempotentCall, secrets: Secrets): Promise<Reply> {
  const row = await uow.trx
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('actor', '=', call.scope)
    .where('key', '=', call.key)
    .executeTakeFirstOrThrow();
  if (row.request_hash !== call.requestHash) throw new IdempotencyKeyReused();
  const sealed = keptSealed.safeParse(row.response);
  const content: unknown = sealed.success ? JSON.parse(secrets.open(sealed.data.sealed)) : row.response;
  const { headers, body } = kept.parse(content);
  return {
    status: assertDefined(row.status, 'a committed claim has its answer'),
    headers: { ...headers, 'Idempotent-Replayed': 'true' },
    ...(body === null ? {} : { body }),
  };
}

/** Forgets kept answers from before `before`; the service promises to remember a key for a day. Returns how many. */
export async function forgetIdempotencyKeys(db: Database, before: Date): Promise<number> {
  const result = await db.deleteFrom('idempotency_keys').where('created_at', '<', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}
