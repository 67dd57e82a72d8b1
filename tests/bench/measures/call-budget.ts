import { setTimeout as pause } from 'node:timers/promises';
import { openBaseline } from '../baseline-process.js';
import { openCrm, type Crm } from '../crm.js';
import { deliveriesFor } from '../deliveries.js';
import { atLeast, atMost } from '../figure.js';
import type { Measure, MeasureContext } from '../measure.js';
import { openProduct } from '../product.js';
import { inFlight, runThrough } from '../run.js';
import { send } from '../send.js';

const changes = 10_000;
const eventsEach = 100;
const baselineForMs = 30_000;
const windowMs = 10_000;
const callsPerThousand = 12;
const timesFaster = 50;
const longestWriteBackMs = 60_000;

/** A burst of changes under HubSpot's limit of 110 calls in ten seconds. */
export const callBudget: Measure = {
  name: 'limit',
  title: `${changes.toLocaleString('en')} changes at once, under HubSpot's limit of 110 calls in ten seconds`,
  take,
};

async function take({ cleanup, main }: MeasureContext) {
  const baselineRate = await rateOfBaseline(cleanup);
  const crm = await openCrm(cleanup, { deals: changes, limited: true });
  const product = await openProduct(cleanup, crm, { main, shape: 'all' });
  // What provisioning took of the limit is free again after one window.
  await pause(windowMs);
  const run = await runThrough(product, crm, crm.deals, eventsEach);
  const read = await crm.countCalls();
  const writtenBackAfter = await untilWrittenBack(product, run.seconds);
  const all = await crm.countCalls();
  const wins = crm.deals.filter((deal) => deal.won).length;
  return {
    figures: [
      { name: `baseline, drained in ${baselineForMs / 1000} s`, unit: 'events/s', values: [baselineRate] },
      { name: 'product, until all is drained and committed', unit: 's', values: [run.seconds] },
      { name: 'product, drained', unit: 'events/s', values: [run.eventsPerSecond] },
      {
        name: 'product is faster by',
        unit: '×',
        values: [run.eventsPerSecond / baselineRate],
        target: atLeast(timesFaster),
      },
      {
        name: 'CRM read calls per 1,000 changes (baseline: 1,000)',
        unit: 'calls',
        values: [(read.reads * 1000) / changes],
        target: atMost(callsPerThousand),
      },
      {
        name: 'write-back calls per 1,000 wins',
        unit: 'calls',
        values: [(all.writes * 1000) / wins],
        target: atMost(callsPerThousand),
      },
      { name: 'until everything is written back too', unit: 's', values: [writtenBackAfter] },
      { name: 'answers 429', unit: '', values: [all.refused], target: atMost(0) },
    ],
    notes: [
      `The baseline keeps to the limit with the limiter its client library brings, measured over ${baselineForMs / 1000} s.`,
    ],
  };
}

async function rateOfBaseline(cleanup: MeasureContext['cleanup']): Promise<number> {
  const crm: Crm = await openCrm(cleanup, { deals: 2_000, limited: true });
  const baseline = await openBaseline(cleanup, crm, { limitCalls: true });
  const receiver = { url: baseline.webhookUrl, clientSecret: crm.clientSecret, portalId: crm.portalId };
  const deliveries = deliveriesFor(receiver, crm.deals, 1);
  const sending = await send(deliveries, { url: baseline.webhookUrl, inFlight, stopAfterMs: baselineForMs });
  return (sending.acknowledgedMs.length * 1000) / (sending.endedMs - sending.startedMs);
}

/** @returns seconds since the burst began */
async function untilWrittenBack(product: { isWrittenBack(): Promise<boolean> }, secondsSoFar: number): Promise<number> {
  const startedMs = performance.now();
  while (!(await product.isWrittenBack())) {
    if (performance.now() - startedMs > longestWriteBackMs) throw new Error('The write-back does not end');
    await pause(20);
  }
  return secondsSoFar + (performance.now() - startedMs) / 1000;
}
