import { atMost } from '../figure.js';
import type { Measure, MeasureContext } from '../measure.js';
import { openOnePartner, type OnePartner } from '../one-partner.js';
import { spreadOf } from '../statistics.js';

const dealsOfPeriod = 10_000;
const rounds = 7;
/** The median counts: a single win takes a few milliseconds, and anything can come in between. */
const winsEach = 5;
/** As the work that credits deals takes them. */
const batch = 100;
const timesDearer = 10;
const dealsInAll = dealsOfPeriod + (rounds + 1) * winsEach;

const percent = `
plan: standard
effectiveFrom: 2020-01-01
rules:
  - { id: volume, pay: { percent: 10, of: amount } }
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
        bands: [{ from: 0, percent: 5 }, { from: 100000, percent: 8 }, { from: 1000000, percent: 10 }]
`;

/** What a win costs that changes nothing about the other deals of its period, although it could. */
export const oneMoreWin: Measure = {
  name: 'one-more-win',
  title: `One more win of a partner that has ${dealsOfPeriod.toLocaleString('en')} in the month`,
  take,
};

async function take({ cleanup }: MeasureContext) {
  const flat = await openOnePartner(cleanup, { deals: dealsInAll, plan: percent });
  const tiered = await openOnePartner(cleanup, { deals: dealsInAll, plan: tiers });
  await inBatches(flat, await flat.win(dealsOfPeriod));
  // All of a period at once: under tiers every batch would look at all the batches before it.
  await tiered.credit(await tiered.win(dealsOfPeriod));
  const [flatMs, tieredMs]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round += 1) {
    flatMs.push(await msOfOneWin(flat));
    tieredMs.push(await msOfOneWin(tiered));
  }
  // The first of each prepares statements.
  const [flatOnes, tieredOnes] = [flatMs.slice(1), tieredMs.slice(1)];
  return {
    figures: [
      { name: 'under a 10 % plan', unit: 'ms', values: flatOnes },
      { name: 'under retroactive tiers by month', unit: 'ms', values: tieredOnes },
      {
        name: 'the tiers cost as much as',
        unit: '×',
        values: tieredOnes.map((ms, round) => ms / (flatOnes[round] ?? ms)),
        target: atMost(timesDearer),
      },
    ],
    notes: ['The win is in the database already; what is timed is the work that credits it. It reaches no new band.'],
  };
}

async function msOfOneWin(partner: OnePartner): Promise<number> {
  const ms: number[] = [];
  for (let win = 0; win < winsEach; win += 1) {
    const dealIds = await partner.win(1);
    const startedMs = performance.now();
    await partner.credit(dealIds);
    ms.push(performance.now() - startedMs);
  }
  return spreadOf(ms).median;
}

async function inBatches(partner: OnePartner, dealIds: readonly string[]): Promise<void> {
  for (let from = 0; from < dealIds.length; from += batch) await partner.credit(dealIds.slice(from, from + batch));
}
