import { randomBytes } from 'node:crypto';
import { recordAudit } from '../audit/audit.store.js';
import type { Actor } from '../platform/actor.js';
import { newId } from '../platform/ids.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import { ApiKeyNotFound, EnvironmentKeyKept, RightsNotHeld } from './access-errors.js';
import { formatApiKey, hashApiKey, prefixBytes, prefixOf, secretBytes } from './api-key.js';
import { findApiKey, insertApiKey, markRevoked, replaceEnvironmentKey, type NewApiKey } from './api-key.store.js';
import { grantOf, type Right } from './rights.js';

export interface IssueApiKey {
  readonly actor: Actor;
  readonly name: string;
  /** Null for an operator key. */
  readonly partnerId: string | null;
  /** Of an operator key; left out: all that its maker has. */
  readonly rights?: readonly Right[] | undefined;
}

/** The only moment at which the whole key is known. */
export interface IssuedApiKey extends NewApiKey {
  readonly key: string;
}

/** Makes a key. The caller has made sure that the partner exists. @throws RightsNotHeld */
export async function issueApiKey(uow: UnitOfWork, request: IssueApiKey): Promise<IssuedApiKey> {
  const key = formatApiKey(randomBytes(prefixBytes), randomBytes(secretBytes));
  const row: NewApiKey = {
    id: newId('key'),
    prefix: prefixOf(key),
    key_hash: hashApiKey(key),
    role: request.partnerId === null ? 'operator' : 'partner',
    partner_id: request.partnerId,
    name: request.name,
    source: 'issued',
    rights: request.partnerId === null ? grantedRights(request) : null,
    created_at: uow.now,
  };
  await insertApiKey(uow.trx, row);
  await recordAudit(uow, {
    actor: request.actor,
    action: 'api-key.issue',
    subject: { type: 'api-key', id: row.id },
    details: { role: row.role, partnerId: row.partner_id, rights: row.rights },
  });
  return { ...row, key };
}

function grantedRights({ actor, rights }: IssueApiKey): string[] | null {
  const grant = grantOf(actor, rights);
  if (grant.kind === 'refused') throw new RightsNotHeld(grant.lacking);
  return grant.rights === null ? null : [...grant.rights];
}

export interface RevokeApiKey {
  readonly actor: Actor;
  readonly id: string;
  /** Only a key of this partner; undefined: any key. */
  readonly partnerId?: string;
}

/** Ends a key; one that has ended already stays so. @throws ApiKeyNotFound, EnvironmentKeyKept */
export async function revokeApiKey(uow: UnitOfWork, request: RevokeApiKey): Promise<void> {
  const row = await findApiKey(uow.trx, request.id);
  const isMeant = row !== undefined && (request.partnerId === undefined || row.partner_id === request.partnerId);
  if (!isMeant) throw new ApiKeyNotFound(request.id);
  if (row.source === 'environment') throw new EnvironmentKeyKept();
  if (row.revoked_at !== null) return;
  await markRevoked(uow.trx, row.id, uow.now);
  await recordAudit(uow, {
    actor: request.actor,
    action: 'api-key.revoke',
    subject: { type: 'api-key', id: row.id },
    details: { role: row.role, partnerId: row.partner_id },
  });
}

/**
 * Makes `ADMIN_API_KEY` an operator key in force and revokes the one that it was before. Called at start with the value; a
 * process that is not given one (a worker) changes nothing.
 */
export async function keepAdminKey(transact: Transact, adminApiKey: string): Promise<void> {
  await transact(async (uow) => {
    const id = newId('key');
    const changed = await replaceEnvironmentKey(uow.trx, {
      id,
      prefix: null,
      key_hash: hashApiKey(adminApiKey),
      role: 'operator',
      partner_id: null,
      name: 'ADMIN_API_KEY',
      source: 'environment',
      rights: null,
      created_at: uow.now,
    });
    if (!changed) return;
    const subject = { type: 'api-key', id };
    await recordAudit(uow, { actor: { kind: 'system' }, action: 'api-key.from-environment', subject });
  });
}
