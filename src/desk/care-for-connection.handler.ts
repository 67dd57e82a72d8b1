import { CrmFailure, CrmNotConnected, type CrmFinding, type ProvisionReport } from '../../connectors/contract.js';
import { recordAudit } from '../audit/audit.store.js';
import type { OperatorActor } from '../platform/actor.js';
import type { Transact } from '../platform/unit-of-work.js';
import type { Connections } from '../sync/connections.js';
import type { ExamineConnection } from '../sync/examine.handler.js';
import { makeFieldsWork } from '../sync/provision.handler.js';
import { ConnectionUnknown, CrmDoesNotAnswer, CrmRefusesToTell } from '../sync/crm-lists-errors.js';
import { NotConnected } from '../sync/sign-in-errors.js';

export interface CareForConnection {
  /** @throws ConnectionUnknown, NotConnected, CrmDoesNotAnswer, CrmRefusesToTell */
  provision(connectionId: string, actor: OperatorActor): Promise<ProvisionReport>;
  /** @throws as above */
  examine(connectionId: string): Promise<readonly CrmFinding[]>;
}

/** What the service does by itself with a connection, done now because a person wishes it, with the outcome told. */
export function createCareForConnection(deps: {
  readonly transact: Transact;
  readonly connections: Connections;
  readonly provision: (connectionId: string) => Promise<ProvisionReport | null>;
  readonly examine: ExamineConnection;
  /** Told where it went well, so that its problem is closed. */
  readonly works: (work: string, connectionId: string) => Promise<void>;
}): CareForConnection {
  const asked = async <T>(connectionId: string, ask: () => Promise<T>): Promise<T> => {
    if (deps.connections.connector(connectionId) === undefined) throw new ConnectionUnknown(connectionId);
    try {
      return await ask();
    } catch (error) {
      if (error instanceof CrmNotConnected) throw new NotConnected(connectionId);
      if (!(error instanceof CrmFailure)) throw error;
      throw error.retryable ? new CrmDoesNotAnswer(error) : new CrmRefusesToTell(error);
    }
  };
  return {
    provision: async (connectionId, actor) => {
      const report = await asked(connectionId, () => deps.provision(connectionId));
      if (report === null) throw new ConnectionUnknown(connectionId);
      await deps.transact((uow) =>
        recordAudit(uow, {
          actor,
          action: 'connection.provision',
          subject: { type: 'connection', id: connectionId },
          details: { created: [...report.created] },
        }),
      );
      await deps.works(makeFieldsWork, connectionId);
      return report;
    },
    examine: (connectionId) => asked(connectionId, () => deps.examine(connectionId)),
  };
}
