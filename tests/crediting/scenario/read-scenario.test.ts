import { readScenario } from '../../../src/crediting/scenario/read-scenario.js';

const plan = '{ plan: p, effectiveFrom: 2026-01-01, rules: [{ id: r, pay: { percent: 10, of: amount } }] }';
const deal = '{ id: d, partner: acme, amount: 10, currency: EUR, won: 2026-02-01 }';

function faultsOf(text: string): readonly string[] {
  const reading = readScenario(text);
  return reading.kind === 'refused' ? reading.faults.map(({ message }) => message) : [];
}

describe('a scenario', () => {
  it('may be as short as a plan, a deal and a day', () => {
    expect(readScenario(`plans: [${plan}]\ndeals: [${deal}]\nasOf: 2026-03-01\n`).kind).toBe('scenario');
  });

  it.each([
    ['asOf: 2026-02-30', 'line 3: asOf is "2026-02-30"; expected a day that exists, YYYY-MM-DD.'],
    ['asOf: 2026-03-01\npayout: []', 'line 4: payout is not a known field; did you mean payouts?'],
    [
      'asOf: 2026-03-01\nregistrations: [{ partner: acme, deal: x, submitted: 2026-01-01 }]',
      'line 4: registrations[0].deal is "x"; expected the id of a deal of the scenario.',
    ],
    [
      'asOf: 2026-03-01\nregistrations: [{ partner: acme, submitted: 2026-01-01, history: [{ at: 2026-01-02, deal: x }] }]',
      'line 4: registrations[0].history[0].deal is "x"; expected the id of a deal of the scenario.',
    ],
    [
      'asOf: 2026-03-01\nregistrations: [{ partner: acme, submitted: 2026-01-01, history: [{ at: 2026-01-02, state: extended }] }]',
      'line 4: registrations[0].history[0].protectedUntil is missing; expected the day until which it was extended, YYYY-MM-DD.',
    ],
    [
      'asOf: 2026-03-01\nprogram: { timeZone: Berlin }',
      'line 4: program.timeZone is "Berlin"; expected a name of the IANA database, such as Europe/Berlin.',
    ],
    [
      'asOf: 2026-03-01\npayouts: [{ on: today }]',
      'line 4: payouts[0].on is "today"; expected a day that exists, YYYY-MM-DD.',
    ],
  ])('is refused with the line, the field and what is expected: %j', (rest, message) => {
    expect(faultsOf(`plans: [${plan}]\ndeals: [${deal}]\n${rest}\n`)).toEqual([message]);
  });

  it('is refused when its plans could not be stored beside each other', () => {
    expect(faultsOf(`asOf: 2026-03-01\nplans:\n  - ${plan}\n  - ${plan}\n`)).toEqual([
      expect.stringContaining(
        'line 4: plans[1].effectiveFrom is "2026-01-01"; expected days on which no other version holds',
      ),
    ]);
  });

  it('is refused when two deals have one id, and when it is no scenario at all', () => {
    expect(faultsOf(`plans: [${plan}]\ndeals: [${deal}, ${deal}]\nasOf: 2026-03-01\n`)).toEqual([
      'line 2: deals[1].id is "d"; expected an id that no other deal has.',
    ]);
    expect(faultsOf('[]')).toEqual([expect.stringContaining('expected a scenario')]);
    expect(faultsOf('a: [')).toEqual([expect.stringContaining('line 1:')]);
  });
});
