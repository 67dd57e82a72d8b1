import { openBaseline } from '../baseline-process.js';
import { openCrm } from '../crm.js';
import { deliveriesFor } from '../deliveries.js';
import { atMost } from '../figure.js';
import type { Measure, MeasureContext } from '../measure.js';
import { openProduct } from '../product.js';
import { inFlight, runThrough } from '../run.js';
import { send } from '../send.js';
import { quantile } from '../statistics.js';

const warmUpEvents = 400;
const baselineEvents = 1_000;
const productEvents = 3_000;
const acknowledgedWithin = 0.1;
const slowMs = 2_000;

/** How fast webhooks are acknowledged while the CRM is slow, and while it does not answer at all. */
export const crmAway: Measure = {
  name: 'crm-away',
  title: `${inFlight} webhooks in flight, one event each, while the CRM is slow or does not answer`,
  take,
};

async function take({ cleanup, main }: MeasureContext) {
  const crm = await openCrm(cleanup, { deals: warmUpEvents + baselineEvents + 2 * productEvents, limited: false });
  const baseline = await openBaseline(cleanup, crm, { limitCalls: false });
  const product = await openProduct(cleanup, crm, { main, shape: 'all' });
  for (const contender of [baseline, product]) await runThrough(contender, crm, crm.deals.slice(0, warmUpEvents), 1);
  let from = warmUpEvents;
  const next = (count: number) => crm.deals.slice(from, (from += count));

  const healthy = await runThrough(baseline, crm, next(baselineEvents), 1);
  const acknowledge = async () => {
    const receiver = { url: product.webhookUrl, clientSecret: crm.clientSecret, portalId: crm.portalId };
    const sending = await send(deliveriesFor(receiver, next(productEvents), 1), { url: product.webhookUrl, inFlight });
    return quantile(sending.acknowledgedMs, 0.99);
  };
  await crm.configure({ latencyMs: slowMs });
  const whileSlow = await acknowledge();
  await crm.addFault({ kind: 'hang' });
  const whileHanging = await acknowledge();
  return {
    figures: [
      {
        name: 'baseline, acknowledged, p99, CRM answering in 20 ms',
        unit: 'ms',
        values: [healthy.acknowledgedP99Ms],
      },
      { name: `product, acknowledged, p99, CRM answering in ${slowMs} ms`, unit: 'ms', values: [whileSlow] },
      { name: 'product, acknowledged, p99, CRM not answering', unit: 'ms', values: [whileHanging] },
      {
        name: 'the same as a share of the baseline with its CRM well',
        unit: '×',
        values: [whileHanging / healthy.acknowledgedP99Ms],
        target: atMost(acknowledgedWithin),
      },
    ],
    notes: ['The baseline answers after the CRM has: slowed to 2 s it needs 2 s, and without an answer it has none.'],
  };
}
