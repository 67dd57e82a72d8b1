import { CrmFailure, CrmNotConnected, CrmRateLimited } from '../../connectors/contract.js';
import type { Clock } from '../platform/clock.js';
import type { Log } from '../platform/log.js';
import { openProblems, resolveProblems } from '../platform/problems.store.js';
import type { Transact } from '../platform/unit-of-work.js';
import { makeFieldsWork } from '../sync/provision.handler.js';
import { changeFeedWork, showViewWork, silentFeedWork } from './topics.js';

/** What a person reads of a topic that is not about reading. */
const titles: Readonly<Record<string, string>> = {
  [makeFieldsWork]: 'Our fields cannot be made in the CRM',
  [changeFeedWork]: 'The CRM does not tell of changes by itself; the sweep finds them, later',
  [silentFeedWork]: 'The CRM left changes untold; the sweep finds them, later',
  [showViewWork]: 'The rep does not see everything in the CRM',
};

const lookAgainMs = 60_000;

const spentTitle = "The CRM's calls of the day are used up";
const spentMeaning =
  'Until calls are free again nothing is read from this CRM or written to it: changes are noticed, registrations pushed and the ' +
  "rep's view written later. All of it waits and goes on by itself; nothing is lost. To get more, raise the CRM's limit, use " +
  'fewer calls elsewhere, or leave fewer of them to other tools (see "Settings" in the README).';

/** A day's calls come back by themselves, hours later: a person may want to know before. */
function isSpent(failure: unknown): boolean {
  return failure instanceof CrmRateLimited && failure.spent;
}

/** Says of a connection's standing work (reading, sweeping, making our fields) that it fails, and that it works again. */
export interface ConnectionTrouble {
  /** `topic` is the standing work's name, as the problem list shows it. */
  failed(topic: string, connectionId: string, failure: unknown): Promise<void>;
  works(topic: string, connectionId: string): Promise<void>;
}

/**
 * Standing work goes on trying whatever happens, so its failures are no work set aside. What waiting cannot cure (a revoked
 * token, a missing permission), or what takes hours (a day's calls used up), is shown as a problem all the same, and closes by itself once a call succeeds.
 */
export function createConnectionTrouble(deps: {
  readonly transact: Transact;
  readonly clock: Clock;
  readonly log: Log;
}): ConnectionTrouble {
  // When it was last made sure that no problem is open. Another process may have opened one since, so it is looked at again.
  const lookedAtMs = new Map<string, number>();
  // Counts up before a problem is opened and after, so that a look which began meanwhile is not taken for the last word.
  const failures = new Map<string, number>();
  const countFailure = (name: string): void => {
    failures.set(name, (failures.get(name) ?? 0) + 1);
    lookedAtMs.delete(name);
  };
  return {
    failed: async (topic, connectionId, failure) => {
      // The connection itself says so, and would say it every few seconds.
      if (failure instanceof CrmNotConnected) return;
      const words = failure instanceof Error ? failure.message : String(failure);
      deps.log.warn({ topic, connectionId, err: failure }, 'the CRM could not be asked');
      if (failure instanceof CrmFailure && failure.retryable && !isSpent(failure)) return;
      const name = `${topic} ${connectionId}`;
      countFailure(name);
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
              title: isSpent(failure) ? spentTitle : (titles[topic] ?? 'The CRM refuses to be read'),
              detail: isSpent(failure) ? `${words}. ${spentMeaning}` : words,
            },
          ],
          uow.now,
        ),
      );
      countFailure(name);
    },
    works: async (topic, connectionId) => {
      const name = `${topic} ${connectionId}`;
      const nowMs = deps.clock.now().getTime();
      if (nowMs - (lookedAtMs.get(name) ?? Number.NEGATIVE_INFINITY) < lookAgainMs) return;
      const failuresBefore = failures.get(name);
      await deps.transact((uow) => resolveProblems(uow.trx, topic, [connectionId], uow.now));
      if (failures.get(name) === failuresBefore) lookedAtMs.set(name, nowMs);
    },
  };
}
