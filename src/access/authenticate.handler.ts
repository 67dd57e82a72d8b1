import type { IncomingHttpHeaders } from 'node:http';
import type { SignedInActor } from '../platform/actor.js';
import { assertDefined } from '../platform/assert.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import { SecondFactorMissing } from './access-errors.js';
import { bearerKey, hashApiKey, isSameHash, prefixOf } from './api-key.js';
import { candidateApiKeys, touchApiKey, type ApiKeyRow } from './api-key.store.js';
import { findPerson, type PersonRow } from './person.store.js';
import { operatorRoles, type OperatorRole } from './rights.js';
import type { SignIn } from './sign-in.handler.js';

export interface AuthenticateDependencies {
  readonly db: Database;
  readonly clock: Clock;
  /** Whom a session cookie stands for. */
  readonly sessionOf: SignIn['sessionOf'];
}

/** A revoked key may still work this long, in a process that has just used it. */
const verifiedForMs = 3_000;
const mostVerified = 1_000;
const usedNotedEveryMs = 10 * 60_000;

interface Verified {
  readonly actor: SignedInActor;
  readonly untilMs: number;
}

/**
 * Who stands behind the `Authorization` header or, without one, behind the session cookie; null for none, an unknown or a revoked
 * key, a session that has ended. A key just verified is believed for three seconds without a look into the database, and its use
 * is noted every ten minutes, so that a busy client costs neither a read nor a write per request.
 * @throws SecondFactorMissing for an operator who signed in by a password alone
 */
export function createAuthenticate(deps: AuthenticateDependencies) {
  const verified = new Map<string, Verified>();
  return async (headers: IncomingHttpHeaders): Promise<SignedInActor | null> => {
    if (headers.authorization === undefined) return signedInPerson(deps, headers);
    const key = bearerKey(headers.authorization);
    if (key === null) return null;
    const hash = hashApiKey(key);
    const now = deps.clock.now();
    const known = verified.get(hash);
    if (known !== undefined && known.untilMs > now.getTime()) return known.actor;
    verified.delete(hash);
    const row = await findByKey(deps.db, key, hash);
    if (row === undefined) return null;
    await touchApiKey(deps.db, row.id, now, new Date(now.getTime() - usedNotedEveryMs));
    const actor = actorOf(row);
    remember(verified, hash, { actor, untilMs: now.getTime() + verifiedForMs });
    return actor;
  };
}

/** A browser sends the cookie along with what other sites make it send, and then says which site that was. */
function comesFromElsewhere({ origin, host }: IncomingHttpHeaders): boolean {
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host);
}

async function signedInPerson(
  { db, sessionOf }: AuthenticateDependencies,
  headers: IncomingHttpHeaders,
): Promise<SignedInActor | null> {
  if (comesFromElsewhere(headers)) return null;
  const session = await sessionOf(headers);
  const person = session === null ? undefined : await findPerson(db, session.personId);
  if (session === null || person === undefined || person.ended_at !== null) return null;
  if (person.kind === 'operator' && !person.two_factor_enabled && !session.viaProvider) {
    throw new SecondFactorMissing();
  }
  return actorOfPerson(person);
}

function actorOfPerson({ id, name, kind, role, partner_id: partnerId }: PersonRow): SignedInActor {
  if (kind === 'operator') return { kind, id, name, role, rights: operatorRoles[role as OperatorRole] };
  return {
    kind,
    partnerId: assertDefined(partnerId, 'a person at a partner has their partner'),
    keyId: null,
    person: { id, name, role: role === 'owner' ? 'owner' : 'member' },
  };
}

async function findByKey(db: Database, key: string, hash: string): Promise<ApiKeyRow | undefined> {
  const candidates = await candidateApiKeys(db, prefixOf(key));
  return candidates.find((row) => isSameHash(row.key_hash, hash));
}

/** The oldest entry makes room: a Map keeps the order in which it was filled. */
function remember(verified: Map<string, Verified>, hash: string, entry: Verified): void {
  const [oldest] = verified.keys();
  if (verified.size >= mostVerified && oldest !== undefined) verified.delete(oldest);
  verified.set(hash, entry);
}

function actorOf(row: ApiKeyRow): SignedInActor {
  if (row.role === 'operator') {
    const rights = row.rights === null ? {} : { rights: row.rights };
    return { kind: 'operator', id: row.id, name: row.name, ...rights };
  }
  return { kind: 'partner', partnerId: assertDefined(row.partner_id, 'a partner key has its partner'), keyId: row.id };
}
