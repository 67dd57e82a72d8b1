import type { CrmKind, CrmSignal, SignalDelivery, SignalReceiver } from '../../connectors/contract.js';
import type { Clock } from '../platform/clock.js';
import type { RawReply, RawRoute } from '../platform/http/raw-routes.js';
import { problemType } from '../platform/http/problem.js';
import type { RecordSignals } from './record-signals.handler.js';

export interface SignalRouteDependencies {
  readonly clock: Clock;
  readonly receiver: SignalReceiver;
  readonly record: RecordSignals;
  /** Our connection for the CRM account a signal names; null for an account that is not ours. */
  readonly connectionFor: (crm: CrmKind, accountId: string | null) => string | null;
  readonly observe: (delivery: SignalDelivery) => void;
}

const maxBytes = 1024 * 1024;

/**
 * The vendor's way in. Verified over the untouched bytes, written to the pending set in one statement, acknowledged; nothing
 * here waits for the CRM.
 */
export function signalRoute(path: `/${string}`, deps: SignalRouteDependencies): RawRoute {
  return {
    path,
    maxBytes,
    handle: async (request) => {
      const delivery = deps.receiver.receive(request, deps.clock.now());
      deps.observe(delivery);
      if (delivery.kind === 'refused') return refusal(delivery);
      const groups = byConnection(deps, delivery.signals);
      await Promise.all([...groups].map(([connectionId, signals]) => deps.record(connectionId, signals)));
      return { status: 200 };
    },
  };
}

function byConnection(
  deps: SignalRouteDependencies,
  signals: readonly CrmSignal[],
): ReadonlyMap<string, readonly CrmSignal[]> {
  const groups = new Map<string, CrmSignal[]>();
  for (const signal of signals) {
    const connectionId = deps.connectionFor(deps.receiver.kind, signal.accountId);
    if (connectionId === null) continue;
    const group = groups.get(connectionId);
    if (group === undefined) groups.set(connectionId, [signal]);
    else group.push(signal);
  }
  return groups;
}

function refusal({ reason, detail }: Extract<SignalDelivery, { kind: 'refused' }>): RawReply {
  const malformed = reason === 'malformed';
  const status = malformed ? 400 : 401;
  const title = malformed ? 'The delivery cannot be read' : 'The delivery is refused';
  return { status, problem: { type: problemType(`signal-${reason}`), title, status, detail } };
}
