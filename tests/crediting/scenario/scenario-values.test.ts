import { readScenario } from '../../../src/crediting/scenario/read-scenario.js';

const plans = 'plans: [{ plan: p, effectiveFrom: 2026-01-01, rules: [{ id: r, pay: { flat: 5 EUR } }] }]';
const deal = 'deals: [{ id: d, partner: acme, amount: 10, currency: EUR, won: 2026-02-01 }]';

/** What is said about a scenario with one plan and, unless another is written, one deal. */
function saidOf(rest: string, dealsText = deal): readonly string[] {
  const reading = readScenario(`${plans}\n${dealsText}\nasOf: 2026-12-31\n${rest}\n`);
  return reading.kind === 'scenario' ? [] : reading.faults.map(({ message }) => message);
}

/** A deal with this beside its id. */
function dealWith(fields: string): string {
  return `deals: [{ id: d, ${fields} }]`;
}

describe('a value that is written in another way', () => {
  it.each([
    ['partner: a, amount: "1.000,50"', 'deals[0].amount is "1.000,50"; expected a decimal number'],
    ['partner: a, amount: 100 EUR', '(did you mean 100?)'],
    ['partner: a, amount: true', 'deals[0].amount is true; expected a decimal number'],
    ['partner: a, currency: eur', '(did you mean EUR?)'],
    ['partner: a, won: 2026-02-30', 'deals[0].won is "2026-02-30"; expected a day, or a moment'],
    ['partner: a, won: 2026-02-03 9:30', '(did you mean 2026-02-03T09:30?)'],
    ['partner: a, won: 2026-02-03T10:00+0200', '(did you mean 2026-02-03T10:00+02:00?)'],
    [
      'partner: a, won: 2026-02-03T10:00+99:00',
      'deals[0].won is "2026-02-03T10:00+99:00"; expected a day, or a moment',
    ],
    ['partner: 5', '(did you mean "5", in quotes?)'],
    ['partner: a, fields: { seats: true }', 'deals[0].fields.seats is true; expected a number, or a text'],
    ['partner: a, fields: [seats]', 'deals[0].fields is a list of 1; expected names with values, as { name: value }.'],
    ['partner: a, products: 5', 'deals[0].products is 5; expected a text, or a list of texts.'],
    ['partner: a, kind: 5', 'deals[0].kind is 5; expected a text.'],
    ['partners: { a: 60, b: 30 }', 'which come to 100, not to 90.'],
    ['partners: { a: 150, b: -50 }', 'deals[0].partners.b is -50; expected a percentage that is not negative.'],
  ])('is refused in a deal: %s', (fields, end) => {
    expect(saidOf('', dealWith(fields))).toEqual([expect.stringContaining(end)]);
  });

  it.each([
    [
      'payments: [{ deal: d, amount: 5, tax: 19%, on: 2026-03-01 }]',
      'payments[0].tax is "19%"; expected an amount from 0 to 5',
    ],
    [
      'payments: [{ deal: d, amount: 5, tax: 6, on: 2026-03-01 }]',
      'payments[0].tax is "6"; expected an amount from 0 to 5',
    ],
    [
      'payments: [{ deal: d, amount: -5, on: 2026-03-01 }]',
      'payments[0].amount is "-5"; expected an amount above zero',
    ],
    ['payouts: [2026-03-31]', 'payouts[0] is "2026-03-31"; expected a payout, as { on: 2026-03-31 }.'],
    ['program: { creditWhen: won }', 'program.creditWhen is "won"; expected one of approved, submitted.'],
    [
      'program: { currencies: [USD], defaultCurrency: EUR }',
      'program.defaultCurrency is "EUR"; expected one of the currencies',
    ],
    ['rates: [{ base: EUR, day: 2026-01-01, rates: { usd: 1 } }]', 'rates[0].rates.usd is "usd"; expected an ISO 4217'],
    [
      'rates: [{ base: EUR, day: 2026-01-01, rates: { EUR: 1 } }]',
      'rates[0].rates.EUR is "1"; expected other currencies',
    ],
    ['expect: { lines: [{ kind: comission }] }', '(did you mean commission?)'],
    [
      'expect: { lines: [{ status: approved }] }',
      'expect.lines[0].status is "approved"; expected one of pending, payable, paid.',
    ],
    ['expect: {}', 'expect is an object with no fields; expected at least one of lines, balances, flags and payouts.'],
    [
      'metrics: [{ partner: acme, name: my metric, period: 2026, value: 1 }]',
      'metrics[0].name is "my metric"; expected the name',
    ],
  ])('is refused beside it: %s', (rest, end) => {
    expect(saidOf(rest)).toEqual([expect.stringContaining(end)]);
  });

  it('is told from what a CRM may hold, and what a flag is for', () => {
    expect(saidOf('', dealWith('partner: a, amount: to be agreed, currency: XXX, won: 2026-02-01'))).toEqual([]);
  });
});
