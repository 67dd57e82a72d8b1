import { applyRetentionJob, eraseCrmContactJob } from './desk/erasure.job.js';
import { applyRetentionWork, createApplyRetention } from './desk/retention.handler.js';
import type { Core } from './foundations.js';
import type { NewWork, WorkKind } from './platform/work.js';
import {
  createContactHash,
  createErasePerson,
  type ErasePerson,
  type ErasureDependencies,
} from './desk/erase-person.handler.js';
import { erasureRoutes } from './desk/erasure.routes.js';
import { createExportPerson, type ExportPerson } from './desk/export-person.handler.js';
import type { Route } from './platform/http/route.js';
import { firstErasureOf } from './desk/erasure.store.js';
import type { Secrets } from './platform/secrets.js';
import type { Signature, Signer } from './platform/signing.js';
import type { ErasureOf } from './registration/prospect-keys.handler.js';

/** Signs a statement in the form of a receipt: with the parts of its signature beside its own. */
export function signed({ sign }: Signer) {
  return <T extends object>(
    statement: T,
  ): T & Pick<Signature, 'keyId' | 'algorithm'> & { readonly signature: string } => {
    const { keyId, algorithm, value } = sign(statement);
    return { ...statement, keyId, algorithm, signature: value };
  };
}

/** Whether a contact with this address was erased before. */
export function createErasureOf(secrets: Secrets): ErasureOf {
  const hashOf = createContactHash(secrets);
  return async ({ trx }, email) => {
    const erasure = await firstErasureOf(trx, hashOf(email));
    if (erasure === undefined) return null;
    const { id, requested_at: at, contact_key: contactKey } = erasure;
    return { id, on: at.toISOString().slice(0, 'YYYY-MM-DD'.length), contactKey };
  };
}

/** What people may ask for about themselves, and what a CRM asks for them. */
export function composeErasure(
  core: Pick<Core, 'secrets' | 'signer' | 'transact'> & Pick<ErasureDependencies, 'decide'>,
): {
  readonly routes: readonly Route[];
  readonly jobs: readonly WorkKind<null>[];
  readonly erasePerson: ErasePerson;
  readonly exportPerson: ExportPerson;
} {
  const { secrets, transact, decide } = core;
  const erase = createErasePerson({ secrets, decide, sign: signed(core.signer) });
  const exportPerson = createExportPerson({ secrets });
  return {
    erasePerson: erase,
    exportPerson,
    routes: erasureRoutes({ erase, exportPerson }),
    jobs: [eraseCrmContactJob({ transact, erase }), applyRetentionJob(createApplyRetention({ transact }))],
  };
}

/** Standing work: what was kept long enough is looked for at every start, and daily. */
export const firstRetention: NewWork = { kind: applyRetentionWork, key: 'all' };
