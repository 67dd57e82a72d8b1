import { assert } from '../../../src/platform/assert.js';
import { atMost } from '../figure.js';
import { deals, openManyPartners, partners, readEverything, type ManyPartners } from '../many-partners.js';
import type { Measure, MeasureContext } from '../measure.js';

const rounds = 3;
const mostSeconds = 10;
const mostTimes = 3;

const percent = (rate: number): string => `
plan: standard
effectiveFrom: 2026-01-01
rules:
  - { id: volume, pay: { percent: ${String(rate)}, of: amount } }
`;

const tiered = (rate: number): string => `
plan: standard
effectiveFrom: 2026-01-01
rules:
  - id: volume
    pay:
      tiers:
        of: amount
        per: month
        mode: retroactive
        bands: [{ from: 0, percent: 5 }, { from: 10000, percent: ${String(rate)} }]
`;

/** What trying a plan on last month costs, against what reading its rows costs. */
export const preview: Measure = {
  name: 'preview',
  title: `A preview over ${deals.toLocaleString('en')} deals of ${partners.toLocaleString('en')} partners`,
  take,
};

async function take({ cleanup }: MeasureContext) {
  const flat = await timesOf(await openManyPartners(cleanup, percent(10)), percent(12));
  // Tiers in the book and in the draft: every deal is looked at together with all others of its partner's month.
  const tiers = await timesOf(await openManyPartners(cleanup, tiered(10)), tiered(12));
  return {
    figures: [
      { name: 'preview of another rate', unit: 's', values: flat.preview, target: atMost(mostSeconds) },
      { name: 'takes as long as reading the rows', unit: '×', values: ratios(flat), target: atMost(mostTimes) },
      { name: 'preview of other monthly tiers', unit: 's', values: tiers.preview, target: atMost(mostSeconds) },
      { name: 'takes as long as reading the rows', unit: '×', values: ratios(tiers), target: atMost(mostTimes) },
      { name: 'reading the rows', unit: 's', values: [...flat.reading, ...tiers.reading] },
    ],
    notes: ['both in this process, on the same PostgreSQL, one after the other'],
  };
}

interface Times {
  readonly preview: readonly number[];
  readonly reading: readonly number[];
}

async function timesOf(program: ManyPartners, draft: string): Promise<Times> {
  const [preview, reading]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    reading.push(await secondsOf(() => readEverything(program.db)));
    preview.push(await secondsOf(() => previewOnce(program, draft)));
  }
  return { preview, reading };
}

function ratios({ preview, reading }: Times): readonly number[] {
  return preview.map((value, index) => value / (reading[index] ?? value));
}

async function previewOnce({ previewPlan }: ManyPartners, draft: string): Promise<void> {
  const plan = `${draft}corrects: 1\n`;
  const { dealsCompared, dealsChanged } = await previewPlan({ slug: 'standard', plan, days: null, keep: 'changed' });
  assert(dealsCompared === deals && dealsChanged === deals, 'every deal to be compared, and to change');
}

async function secondsOf(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return (performance.now() - startedAt) / 1_000;
}
