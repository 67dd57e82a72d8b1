import {
  CrmFailure,
  type CrmConnector,
  type CrmField,
  type Pipeline,
  type RecordKind,
} from '../../connectors/contract.js';
import type { Clock } from '../platform/clock.js';
import type { Connections } from './connections.js';
import { ConnectionUnknown, CrmDoesNotAnswer, CrmRefusesToTell, NoSuchRecords } from './crm-lists-errors.js';

/** What the CRM said, and when. */
export interface Told<T> {
  readonly value: T;
  readonly readAt: Date;
}

/** What the connected CRMs consist of, for people who map it. */
export interface CrmLists {
  /** @throws ConnectionUnknown, NoSuchRecords, CrmDoesNotAnswer, CrmRefusesToTell */
  fields(connectionId: string, record: RecordKind, isFresh: boolean): Promise<Told<readonly CrmField[]>>;
  /** @throws ConnectionUnknown, CrmDoesNotAnswer, CrmRefusesToTell */
  pipelines(connectionId: string, isFresh: boolean): Promise<Told<readonly Pipeline[]>>;
}

/** Pages ask again and again while somebody works on them, and calls of a CRM are counted. */
const keptForMs = 5 * 60_000;

export function createCrmLists(deps: { readonly connections: Connections; readonly clock: Clock }): CrmLists {
  const kept = new Map<string, Told<unknown>>();

  const told = async <T>(name: string, isFresh: boolean, ask: () => Promise<T>): Promise<Told<T>> => {
    const now = deps.clock.now();
    const before = kept.get(name) as Told<T> | undefined;
    const isYoung = before !== undefined && now.getTime() - before.readAt.getTime() < keptForMs;
    if (isYoung && !isFresh) return before;
    const answer = { value: await askCrm(ask), readAt: now };
    kept.set(name, answer);
    return answer;
  };

  const connectorOf = (id: string): CrmConnector => {
    const connector = deps.connections.connector(id);
    if (connector === undefined) throw new ConnectionUnknown(id);
    return connector;
  };

  return {
    fields: async (connectionId, record, isFresh) => {
      const connector = connectorOf(connectionId);
      return told(`${connectionId} ${record}`, isFresh, async () => {
        const fields = await connector.fields(record);
        if (fields === null) throw new NoSuchRecords(record);
        return fields;
      });
    },
    pipelines: async (connectionId, isFresh) => {
      const connector = connectorOf(connectionId);
      return told(`${connectionId} pipelines`, isFresh, () => connector.pipelines());
    },
  };
}

async function askCrm<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (failure) {
    if (!(failure instanceof CrmFailure)) throw failure;
    throw failure.retryable ? new CrmDoesNotAnswer(failure) : new CrmRefusesToTell(failure);
  }
}
