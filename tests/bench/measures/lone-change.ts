import { setTimeout as pause } from 'node:timers/promises';
import { openCrm, type Crm } from '../crm.js';
import type { ChangedDeal } from '../deals.js';
import { deliveriesFor } from '../deliveries.js';
import { atMost } from '../figure.js';
import type { Measure, MeasureContext } from '../measure.js';
import { openProduct, type Product } from '../product.js';
import { send } from '../send.js';

const changes = 20;
/** Longer than a busy lane waits for a batch to fill, so that each change meets a service at rest. */
const restMs = 1_500;
const chatterMs = 900;
const chatterEveryMs = 30;
/** One read at once, one trailing. */
const readsOfOneDeal = 2;

/** What one change costs in time when nothing else happens, and what a deal costs that changes again and again. */
export const loneChange: Measure = {
  name: 'lone',
  title: 'A single change while nothing else happens, and one deal that keeps changing',
  take,
};

async function take({ cleanup, main }: MeasureContext) {
  const crm = await openCrm(cleanup, { deals: 1_000, limited: true });
  const product = await openProduct(cleanup, crm, { main, shape: 'all' });
  const wins = crm.deals.filter((deal) => deal.won);
  const latenciesMs: number[] = [];
  for (const deal of wins.slice(0, changes + 1)) {
    await pause(restMs);
    latenciesMs.push(await untilCommitted(product, crm, deal));
  }
  await pause(restMs);
  const reads = await readsWhileChattering(product, crm, crm.deals[0]);
  return {
    figures: [
      // The first one opens connections.
      { name: 'a lone win, webhook sent to line committed', unit: 'ms', values: latenciesMs.slice(1) },
      {
        name: `CRM reads for a deal that keeps changing for ${chatterMs} ms`,
        unit: 'calls',
        values: [reads],
        target: atMost(readsOfOneDeal),
      },
    ],
    notes: ['20 ms of it is the CRM. The median counts; the range is over all changes.'],
  };
}

async function tell(product: Product, crm: Crm, deal: ChangedDeal): Promise<void> {
  const receiver = { url: product.webhookUrl, clientSecret: crm.clientSecret, portalId: crm.portalId };
  await send(deliveriesFor(receiver, [deal], 1), { url: product.webhookUrl, inFlight: 1 });
}

async function untilCommitted(product: Product, crm: Crm, deal: ChangedDeal): Promise<number> {
  const before = await product.countLines();
  const startedMs = performance.now();
  await tell(product, crm, deal);
  while ((await product.countLines()) === before) await pause(2);
  return performance.now() - startedMs;
}

async function readsWhileChattering(product: Product, crm: Crm, deal: ChangedDeal | undefined): Promise<number> {
  if (deal === undefined) return 0;
  await crm.resetCalls();
  const startedMs = performance.now();
  while (performance.now() - startedMs < chatterMs) {
    await tell(product, crm, deal);
    await pause(chatterEveryMs);
  }
  // Trailing reads come within a second.
  await pause(3_000);
  return (await crm.countCalls()).reads;
}
