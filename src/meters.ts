import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { CrmCallObservation, SignalDelivery } from '../connectors/contract.js';
import { countOpenProposals } from './guard/link-proposal.store.js';
import type { Clock } from './platform/clock.js';
import type { Database } from './platform/database.js';
import { countOpenProblems } from './platform/problems.store.js';
import type { BatchObservation } from './platform/work-source.js';
import { listFeeds } from './watch/change-feed.store.js';
import { feedView } from './watch/feed-standing.js';
import { countPending } from './watch/pending-deal.store.js';

/** Where the parts report what they did, for `/metrics`. */
export interface Meters {
  readonly crmCall: (connectionId: string, call: CrmCallObservation) => void;
  readonly delivery: (delivery: SignalDelivery) => void;
  readonly batch: (batch: BatchObservation) => void;
}

const crmBucketsSeconds = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The service's own figures. Gauges are counted when somebody asks for them. */
export function createMeters(registry: Registry, db: Database, clock: Clock): Meters {
  const registers = [registry];
  const crmCalls = new Histogram({
    name: 'introducer_crm_call_duration_seconds',
    help: 'Calls to the CRM, by operation and outcome',
    labelNames: ['connection', 'operation', 'outcome'] as const,
    buckets: crmBucketsSeconds,
    registers,
  });
  const signals = new Counter({
    name: 'introducer_signals_total',
    help: 'What the CRM told us: deals that may have changed, echoes of our own writes, things not watched, deliveries refused',
    labelNames: ['kind'] as const,
    registers,
  });
  const work = new Counter({
    name: 'introducer_work_total',
    help: 'Work by kind and what became of it',
    labelNames: ['kind', 'result'] as const,
    registers,
  });
  gauges(registry, db);
  feedGauge(registry, db, clock);
  return {
    crmCall: (connection, { operation, outcome, durationMs }) => {
      crmCalls.observe({ connection, operation, outcome }, durationMs / 1000);
    },
    delivery: (delivery) => {
      if (delivery.kind === 'refused') {
        signals.inc({ kind: `refused_${delivery.reason}` });
        return;
      }
      signals.inc({ kind: 'deal' }, delivery.signals.length);
      signals.inc({ kind: 'echo' }, delivery.echoes);
      signals.inc({ kind: 'ignored' }, delivery.ignored);
    },
    batch: ({ kind, done, postponed, setAside }) => {
      work.inc({ kind, result: 'done' }, done);
      work.inc({ kind, result: 'postponed' }, postponed);
      work.inc({ kind, result: 'set_aside' }, setAside);
    },
  };
}

function gauges(registry: Registry, db: Database): void {
  const pending = new Gauge({
    name: 'introducer_pending_deals',
    help: 'Deals that wait to be read from the CRM',
    registers: [registry],
    collect: async () => {
      pending.set(await countPending(db));
    },
  });
  const proposals = new Gauge({
    name: 'introducer_open_link_proposals',
    help: 'Deals that may have taken the place of a registered one, and wait for a person to say',
    registers: [registry],
    collect: async () => {
      proposals.set(await countOpenProposals(db));
    },
  });
  const problems = new Gauge({
    name: 'introducer_open_problems',
    help: 'Work set aside for a person, by kind of work',
    labelNames: ['work'] as const,
    registers: [registry],
    collect: async () => {
      problems.reset();
      for (const [work, open] of await countOpenProblems(db)) problems.set({ work }, open);
    },
  });
}

/** Missing where a connection has no feed, so that an alert on 0 means something. */
function feedGauge(registry: Registry, db: Database, clock: Clock): void {
  const live = new Gauge({
    name: 'introducer_change_feed_live',
    help: 'Whether the CRM tells of changes by itself (1) or the sweep has to find them (0)',
    labelNames: ['connection'] as const,
    registers: [registry],
    collect: async () => {
      live.reset();
      for (const feed of await listFeeds(db)) {
        live.set({ connection: feed.connection_id }, feedView(feed, clock.now()).state === 'live' ? 1 : 0);
      }
    },
  });
}
