import { CrmFailure } from '../../connectors/contract.js';
import type { Log } from '../platform/log.js';
import { openProblems, resolveProblems } from '../platform/problems.store.js';
import type { Transact } from '../platform/unit-of-work.js';
import { makeFieldsWork } from '../sync/provision.handler.js';

/** What a person reads of a topic that is not about reading. */
const titles: Readonly<Record<string, string>> = { [makeFieldsWork]: 'Our fields cannot be made in the CRM' };

/** Says of a connection's standing work (reading, sweeping, making our fields) that it fails, and that it works again. */
export interface ConnectionTrouble {
  /** `topic` is the standing work's name, as the problem list shows it. */
  failed(topic: string, connectionId: string, failure: unknown): Promise<void>;
  works(topic: string, connectionId: string): Promise<void>;
}

/**
 * Standing work goes on trying whatever happens, so its failures are no work set aside. What waiting cannot cure (a revoked
 * token, a missing permission) is shown as a problem all the same, and closes by itself once a call succeeds.
 */
export function createConnectionTrouble(deps: { readonly transact: Transact; readonly log: Log }): ConnectionTrouble {
  // Whether a problem may be open; unknown after a start, so the first success looks.
  const healthy = new Set<string>();
  return {
    failed: async (topic, connectionId, failure) => {
      const words = failure instanceof Error ? failure.message : String(failure);
      deps.log.warn({ topic, connectionId, err: failure }, 'the CRM could not be asked');
      if (failure instanceof CrmFailure && failure.retryable) return;
      healthy.delete(`${topic} ${connectionId}`);
      await deps.transact((uow) =>
        openProblems(
          uow.trx,
          [
            {
              kind: 'refused',
              workKind: topic,
              workKey: connectionId,
              payload: null,
              subjectType: 'connection',
              subjectId: connectionId,
              title: titles[topic] ?? 'The CRM refuses to be read',
              detail: words,
            },
          ],
          uow.now,
        ),
      );
    },
    works: async (topic, connectionId) => {
      if (healthy.has(`${topic} ${connectionId}`)) return;
      await deps.transact((uow) => resolveProblems(uow.trx, topic, [connectionId], uow.now));
      healthy.add(`${topic} ${connectionId}`);
    },
  };
}
