import { openBaseline } from '../baseline-process.js';
import type { Contender } from '../contender.js';
import { openCrm } from '../crm.js';
import { deliveriesFor } from '../deliveries.js';
import { atMost } from '../figure.js';
import type { Measure, MeasureContext } from '../measure.js';
import { openProduct } from '../product.js';
import { inFlight, runThrough } from '../run.js';
import { send } from '../send.js';
import { quantile } from '../statistics.js';

const warmUpEvents = 400;
const healthyEvents = 1_000;
/** Two rounds of what is in flight: each takes the baseline as long as the CRM takes. */
const slowEvents = 2 * inFlight;
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
  const events = warmUpEvents + healthyEvents + slowEvents + 2 * productEvents;
  const crm = await openCrm(cleanup, { deals: events, limited: false });
  const baseline = await openBaseline(cleanup, crm, { limitCalls: false });
  const product = await openProduct(cleanup, crm, { main, shape: 'all' });
  for (const contender of [baseline, product]) await runThrough(contender, crm, crm.deals.slice(0, warmUpEvents), 1);
  let from = warmUpEvents;
  const acknowledge = async ({ webhookUrl: url }: Contender, count: number): Promise<number> => {
    const deals = crm.deals.slice(from, (from += count));
    const receiver = { url, clientSecret: crm.clientSecret, portalId: crm.portalId };
    const sending = await send(deliveriesFor(receiver, deals, 1), { url, inFlight });
    return quantile(sending.acknowledgedMs, 0.99);
  };

  const baselineHealthy = await acknowledge(baseline, healthyEvents);
  await crm.configure({ latencyMs: slowMs });
  const baselineSlow = await acknowledge(baseline, slowEvents);
  const productSlow = await acknowledge(product, productEvents);
  await crm.addFault({ kind: 'hang' });
  const productHanging = await acknowledge(product, productEvents);
  const milliseconds = (name: string, value: number) => ({ name, unit: 'ms', values: [value] });
  return {
    figures: [
      milliseconds(`baseline, acknowledged, p99, CRM answering in ${slowMs} ms`, baselineSlow),
      milliseconds(`product, acknowledged, p99, CRM answering in ${slowMs} ms`, productSlow),
      {
        name: 'product as a share of the baseline',
        unit: '×',
        values: [productSlow / baselineSlow],
        target: atMost(acknowledgedWithin),
      },
      milliseconds('product, acknowledged, p99, CRM not answering (baseline: never)', productHanging),
      milliseconds('baseline, acknowledged, p99, CRM answering in 20 ms', baselineHealthy),
    ],
    notes: [],
  };
}
