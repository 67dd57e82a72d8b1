import { CrmNotConnected, type ProvisionReport } from '../../connectors/contract.js';
import type { Database } from '../platform/database.js';
import type { Transact } from '../platform/unit-of-work.js';
import type { Connections } from './connections.js';
import { findConnection, noteProvisioned } from './connection.store.js';
import { examineWork } from './examine.handler.js';

/** Kind of the work that makes our fields in a connected CRM. Key: connection id. */
export const provisionWork = 'provision';

/** The name of the same in the list of problems. Another than the work's own, whose problems close when it goes on. */
export const makeFieldsWork = 'make-fields';

/**
 * Makes our fields in the CRM and notes which account it is. Safe to run again: it only adds what is missing.
 * @throws the connector's failures; CrmNotConnected where the sign-in ended meanwhile, and nothing is noted
 */
export function createProvision(deps: {
  readonly db: Database;
  readonly transact: Transact;
  readonly connections: Connections;
}): (connectionId: string) => Promise<ProvisionReport | null> {
  return async (connectionId) => {
    const connector = deps.connections.connector(connectionId);
    if (connector === undefined) return null;
    const signInId = (await findConnection(deps.db, connectionId))?.sign_in_id ?? null;
    const { accountId } = await connector.account();
    const report = await connector.provision();
    await deps.transact(async (uow) => {
      // Seconds have passed: what was read may be of an account that another has taken the place of.
      if (!(await noteProvisioned(uow.trx, connectionId, signInId, { accountId, at: uow.now }))) throw signInEnded();
      await uow.enqueue([{ kind: examineWork, key: connectionId }]);
    });
    return report;
  };
}

function signInEnded(): CrmNotConnected {
  const vendorMessage = 'the account was disconnected or connected anew meanwhile';
  return new CrmNotConnected({ operation: 'make our fields', vendorMessage });
}
