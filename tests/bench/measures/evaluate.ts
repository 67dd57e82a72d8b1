import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Facts } from '../../../src/plans/facts.js';
import { atLeast, type Figure } from '../figure.js';
import type { Measure, MeasureContext } from '../measure.js';
import { yearOfDeals } from '../sample-year.js';

const deals = 20_000;
const partners = 400;
const rounds = 15;
/** Until the engine has compiled what runs hot. */
const warmUpRounds = 8;

const percent = `
plan: standard
effectiveFrom: 2020-01-01
rules:
  - { id: new-business, pay: { percent: 10, of: amount } }
`;
const tiers = `
plan: standard
effectiveFrom: 2020-01-01
rules:
  - id: volume
    pay:
      tiers:
        of: amount
        per: month
        mode: retroactive
        bands: [{ from: 0, percent: 5 }, { from: 100000, percent: 8 }, { from: 500000, percent: 10 }]
    overrides: [{ percent: 10, of: commission }, { percent: 5, of: commission }]
`;

/** The rules by themselves: what a year of deals should have earned, from facts that are there already. */
export const evaluate: Measure = {
  name: 'evaluate',
  title: `What ${deals.toLocaleString('en')} won deals of ${partners} partners earn, computed on one core`,
  take,
};

type Position = typeof import('../../../src/plans/position.js').position;

async function take({ main }: MeasureContext) {
  const { position } = (await import(pathToFileURL(join(dirname(main), 'plans/position.js')).href)) as {
    readonly position: Position;
  };
  return {
    figures: [
      ...figuresFor('a 10 % plan', position, percent, 100_000),
      ...figuresFor('retroactive tiers with overrides', position, tiers, 20_000),
    ],
    notes: [
      'The first of each two counts the time of the processor, helper threads of the engine included, so that what else the',
      'machine does falls on it less; the second is by the clock on the wall. The compiled service, on facts built beforehand.',
    ],
  };
}

function figuresFor(name: string, position: Position, plan: string, least: number): readonly Figure[] {
  const facts = yearOfDeals({ deals, partners, plan });
  for (let round = 0; round < warmUpRounds; round += 1) evaluateOnce(position, facts);
  const taken = Array.from({ length: rounds }, () => evaluateOnce(position, facts));
  return [
    {
      name: `${name}, by the second of a core`,
      unit: 'deals/s',
      values: taken.map(({ coreSeconds }) => deals / coreSeconds),
      target: atLeast(least),
    },
    { name: `${name}, by the second`, unit: 'deals/s', values: taken.map(({ seconds }) => deals / seconds) },
  ];
}

function evaluateOnce(position: Position, facts: Facts): { readonly coreSeconds: number; readonly seconds: number } {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const { lines, flags } = position(facts);
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - startedMs) / 1000;
  if (lines.length < deals || flags.length > 0) throw new Error(`${lines.length} lines and ${flags.length} flags`);
  return { coreSeconds: (user + system) / 1e6, seconds };
}
