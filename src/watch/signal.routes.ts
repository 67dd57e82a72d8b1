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
  /** Largest delivery that is taken; a megabyte unless said. */
  readonly maxBytes?: number;
}

const usualMaxBytes = 1024 * 1024;

/**
 * The vendor's way in. Verified over the untouched bytes, written to the pending set in one statement, acknowledged; nothing
 * here waits for the CRM.
 */
export function signalRoute(path: `/${string}`, deps: SignalRouteDependencies): RawRoute {
  return {
    path,
    maxBytes: deps.maxBytes ?? usualMaxBytes,
    handle: async (request) => {
      const delivery = deps.receiver.receive(request, deps.clock.now());
      deps.observe(delivery);
      const content = deps.receiver.answer?.(delivery);
      if (delivery.kind === 'refused') {
        if (delivery.reason === 'unknown-address') return null;
        return { ...refusal(delivery), ...(content === undefined ? {} : { content }) };
      }
      const groups = byConnection(deps, delivery.signals);
      await Promise.all([...groups].map(([connectionId, signals]) => deps.record(connectionId, signals)));
      return { status: 200, ...(content === undefined ? {} : { content }) };
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

type Refused = Extract<SignalDelivery, { kind: 'refused' }>;

const statuses: Readonly<Record<Refused['reason'], number>> = {
  malformed: 400,
  'not-configured': 401,
  unsigned: 401,
  stale: 401,
  'bad-signature': 401,
  'wrong-account': 403,
  'unknown-address': 404,
};

function refusal({ reason, detail }: Refused): RawReply {
  const status = statuses[reason];
  const title = reason === 'malformed' ? 'The delivery cannot be read' : 'The delivery is refused';
  return { status, problem: { type: problemType(`signal-${reason}`), title, status, detail } };
}
