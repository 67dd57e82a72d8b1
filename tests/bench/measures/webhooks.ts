import { openBaseline } from '../baseline-process.js';
import { openCrm } from '../crm.js';
import { atLeast, atMost, type Figure } from '../figure.js';
import type { Measure, MeasureContext } from '../measure.js';
import { openProduct, type Shape } from '../product.js';
import { inFlight, runThrough, type Run } from '../run.js';

const rounds = 3;
/** Before the first round: connections are opened and code is compiled. */
const warmUpEvents = 400;

interface Load {
  readonly eventsEach: number;
  /** Enough for a few seconds each; the baseline needs fewer for that. */
  readonly productEvents: number;
  readonly baselineEvents: number;
  readonly timesFaster: number;
}

const singles: Load = { eventsEach: 1, productEvents: 10_000, baselineEvents: 2_500, timesFaster: 3 };
const hundreds: Load = { eventsEach: 100, productEvents: 20_000, baselineEvents: 20_000, timesFaster: 2 };

const acknowledgedWithin = 0.1;

/** Webhooks with one event each, to the service as one process or as two. */
export function singleWebhooks(shape: Shape): Measure {
  return {
    name: shape === 'all' ? 'single' : 'single-split',
    title: `${inFlight} webhooks in flight, one event each; the service as ${wordsFor(shape)}`,
    take: (context) => compare(context, shape, singles),
  };
}

/** Webhooks with a hundred events each. */
export function fullWebhooks(shape: Shape): Measure {
  return {
    name: shape === 'all' ? 'hundred' : 'hundred-split',
    title: `${inFlight} webhooks in flight, 100 events each; the service as ${wordsFor(shape)}`,
    take: (context) => compare(context, shape, hundreds),
  };
}

function wordsFor(shape: Shape): string {
  return shape === 'all' ? 'one process' : 'a web and a worker process';
}

/** Baseline and product take turns, each on deals of its own, so that what else the machine does falls on both. */
async function compare({ cleanup, main }: MeasureContext, shape: Shape, load: Load) {
  const perRound = Math.max(load.productEvents, load.baselineEvents);
  const crm = await openCrm(cleanup, { deals: warmUpEvents + rounds * perRound, limited: false });
  const baseline = await openBaseline(cleanup, crm, { limitCalls: false });
  const product = await openProduct(cleanup, crm, { main, shape });
  for (const contender of [baseline, product]) await runThrough(contender, crm, crm.deals.slice(0, warmUpEvents), 1);
  const slow: Run[] = [];
  const fast: Run[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = warmUpEvents + round * perRound;
    slow.push(await runThrough(baseline, crm, crm.deals.slice(from, from + load.baselineEvents), load.eventsEach));
    fast.push(await runThrough(product, crm, crm.deals.slice(from, from + load.productEvents), load.eventsEach));
  }
  return { figures: figuresOf(slow, fast, load), notes: [] };
}

function figuresOf(slow: readonly Run[], fast: readonly Run[], load: Load): readonly Figure[] {
  const each = (runs: readonly Run[], name: string, of: (run: Run) => number, unit: string): Figure => ({
    name,
    unit,
    values: runs.map(of),
  });
  return [
    each(slow, 'baseline, webhook to inserted commission', (run) => run.eventsPerSecond, 'events/s'),
    each(fast, 'product, webhook to committed line', (run) => run.eventsPerSecond, 'events/s'),
    {
      name: 'product is faster by',
      unit: '×',
      values: ratios(fast, slow, (run) => run.eventsPerSecond),
      target: atLeast(load.timesFaster),
    },
    each(slow, 'baseline, acknowledged, p50', (run) => run.acknowledgedP50Ms, 'ms'),
    each(slow, 'baseline, acknowledged, p99', (run) => run.acknowledgedP99Ms, 'ms'),
    each(fast, 'product, acknowledged, p50', (run) => run.acknowledgedP50Ms, 'ms'),
    each(fast, 'product, acknowledged, p99', (run) => run.acknowledgedP99Ms, 'ms'),
    {
      name: 'product, p99 as a share of the baseline',
      unit: '×',
      values: ratios(fast, slow, (run) => run.acknowledgedP99Ms),
      target: atMost(acknowledgedWithin),
    },
  ];
}

/** Round by round: the two were measured one after the other. */
function ratios(above: readonly Run[], below: readonly Run[], of: (run: Run) => number): readonly number[] {
  return above.map((run, round) => of(run) / of(below[round] ?? run));
}
