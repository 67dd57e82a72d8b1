import fc from 'fast-check';
import type { Currency } from '../../src/money/currency.js';
import type { DealFacts, Facts, PaymentFacts } from '../../src/plans/facts.js';
import { position } from '../../src/plans/position.js';
import { asDay, deal, factsOf, registration, tenPercent, versions, type SampleFacts } from '../plans/sample-facts.js';
import { memoryBook, totalsOf } from './book.js';

const reopened = (): DealFacts => deal({ outcome: 'open', wonAt: null, wonOn: null, revision: 2 });
const wonAgain = (amount = '1000.00'): DealFacts =>
  deal({ amount, wonAt: '2026-03-10T10:00:00.000Z', wonOn: asDay('2026-03-10'), revision: 3 });
const on = (asOf: string, ...deals: readonly DealFacts[]): Facts => factsOf({ asOf, deals });

const refund = (id: string, amountMinor: bigint, receivedOn: string): PaymentFacts => ({
  ...{ id, dealId: 'deal_1', registrationId: null, kind: 'refund', amountMinor, currency: 'EUR' as Currency },
  ...{ taxMinor: null, receivedOn: asDay(receivedOn), servicePeriod: null, refundOf: null },
});

/** Kind, amount and the day it is payable on, of each line booked. */
function booking(book: ReturnType<typeof memoryBook>, facts: Facts): readonly string[] {
  return book
    .credit(facts)
    .map(({ kind, amountMinor, currency, payableOn }) => [kind, String(amountMinor), currency, payableOn].join(' '));
}

describe('booking the difference', () => {
  it('books a won deal once, however often it is looked at', () => {
    const book = memoryBook();
    expect(booking(book, on('2026-03-02', deal()))).toEqual(['commission 10000 EUR 2026-03-31']);
    expect(booking(book, on('2026-03-02', deal()))).toEqual([]);
    expect(booking(book, on('2026-05-02', deal({ revision: 7 })))).toEqual([]);
  });

  it('reverses what is unpaid when a won deal is reopened, maturing with what it reverses', () => {
    const book = memoryBook();
    book.credit(on('2026-03-02', deal()));
    expect(booking(book, on('2026-03-05', reopened()))).toEqual(['reversal -10000 EUR 2026-03-31']);
    expect(booking(book, on('2026-03-06', reopened()))).toEqual([]);
  });

  it('claws back what is paid when a won deal is reopened, payable at once', () => {
    const book = memoryBook();
    book.credit(on('2026-03-02', deal()));
    book.pay('line_1');
    expect(booking(book, on('2026-04-05', reopened()))).toEqual(['clawback -10000 EUR 2026-04-05']);
  });

  it.each([
    ['lost', deal({ outcome: 'lost', wonAt: null, wonOn: null })],
    ['archived', deal({ archived: true })],
  ])('takes the commission back when the deal is %s', (_what, undone) => {
    const book = memoryBook();
    book.credit(on('2026-03-02', deal()));
    expect(booking(book, on('2026-03-05', undone))).toEqual(['reversal -10000 EUR 2026-03-31']);
  });

  it('books a new commission under the new date when the deal is won again, even if nobody saw it open', () => {
    const book = memoryBook();
    book.credit(on('2026-03-02', deal()));
    expect(booking(book, on('2026-03-11', wonAgain('2000.00')))).toEqual([
      'reversal -10000 EUR 2026-03-31',
      'commission 20000 EUR 2026-04-09',
    ]);
    expect(book.totals()).toEqual({ 'par_1 EUR': 20000n });
  });

  it('takes back each line of what was undone, the paid ones as clawbacks', () => {
    const book = memoryBook();
    book.credit(on('2026-03-02', deal()));
    book.credit(on('2026-03-03', deal({ amount: '1500.00' })));
    book.pay('line_1');
    expect(booking(book, on('2026-04-05', reopened()))).toEqual([
      'clawback -10000 EUR 2026-04-05',
      'reversal -5000 EUR 2026-03-31',
    ]);
    expect(book.totals()).toEqual({});
  });

  it('adjusts an amended amount, maturing with its source while that is unpaid and at once when it was paid', () => {
    const book = memoryBook();
    book.credit(on('2026-03-02', deal()));
    expect(booking(book, on('2026-03-05', deal({ amount: '1500' })))).toEqual(['adjustment 5000 EUR 2026-03-31']);
    book.pay('line_1', 'line_2');
    expect(booking(book, on('2026-04-05', deal({ amount: '500' })))).toEqual(['adjustment -10000 EUR 2026-04-05']);
    expect(book.lines().map(({ sourceLineId }) => sourceLineId)).toEqual([null, 'line_1', 'line_1']);
  });

  it('never nets currencies when a deal is amended into another one', () => {
    const book = memoryBook();
    book.credit(on('2026-03-02', deal()));
    expect(booking(book, on('2026-03-05', deal({ currency: 'JPY' })))).toEqual([
      'adjustment -10000 EUR 2026-03-31',
      'commission 100 JPY 2026-03-31',
    ]);
    expect(booking(book, on('2026-03-06', deal()))).toEqual([
      'adjustment -100 JPY 2026-03-31',
      'commission 10000 EUR 2026-03-31',
    ]);
    expect(book.totals()).toEqual({ 'par_1 EUR': 10000n });
  });

  it('takes the commission back while the amount is missing, and books it again when it is there', () => {
    const book = memoryBook();
    book.credit(on('2026-03-02', deal()));
    expect(booking(book, on('2026-03-03', deal({ amount: null })))).toEqual(['adjustment -10000 EUR 2026-03-31']);
    expect(booking(book, on('2026-03-04', deal({ amount: '900' })))).toEqual(['commission 9000 EUR 2026-03-31']);
    expect(booking(book, on('2026-03-05', reopened()))).toEqual(['reversal -9000 EUR 2026-03-31']);
  });

  it('moves a commission to the partner it should have gone to', () => {
    const book = memoryBook();
    book.credit(on('2026-03-02', deal()));
    const registrations = [
      registration(),
      registration({ id: 'reg_2', partnerId: 'par_2', submittedAt: '2026-01-30T08:00:00.000Z' }),
    ];
    book.credit(factsOf({ registrations, asOf: '2026-03-03' }));
    expect(book.lines().map(({ partnerId, kind, amountMinor }) => [partnerId, kind, amountMinor])).toEqual([
      ['par_1', 'commission', 10000n],
      ['par_1', 'adjustment', -10000n],
      ['par_2', 'commission', 10000n],
    ]);
  });

  it('amends what was given back whole once, and leaves nothing of it', () => {
    const late = refund('ref_1', 100_000n, '2026-03-03');
    const half = refund('ref_2', 50_000n, '2026-03-04');
    const book = memoryBook();
    book.credit(factsOf());
    book.credit(factsOf({ payments: [half], asOf: '2026-03-04' }));
    // The earlier one becomes known later, and takes all of it by itself.
    book.credit(factsOf({ payments: [late, half], asOf: '2026-03-05' }));
    const amended = factsOf({ payments: [late, half], deals: [deal({ amount: '990.00' })], asOf: '2026-03-06' });
    book.credit(amended);
    expect(book.totals()).toEqual({});
    expect(book.credit(amended)).toEqual([]);
  });

  it('books less of what was given back whole as an adjustment of the line that gave it', () => {
    const payments = [refund('ref_1', 100_000n, '2026-03-02')];
    const book = memoryBook();
    book.credit(factsOf({ payments }));
    expect(booking(book, factsOf({ payments, deals: [deal({ amount: '900.00' })], asOf: '2026-03-05' }))).toEqual([
      'adjustment -1000 EUR 2026-03-31',
      'adjustment 1000 EUR 2026-03-31',
    ]);
  });

  it('books the effect of a corrected plan today', () => {
    const book = memoryBook();
    book.credit(on('2026-03-02', deal()));
    const planVersions = versions(tenPercent, `${tenPercent.replace('percent: 10', 'percent: 12')}corrects: 1\n`);
    const [line] = book.credit(factsOf({ planVersions, asOf: '2026-05-02' }));
    expect(line).toMatchObject({
      kind: 'adjustment',
      amountMinor: 2000n,
      earnedOn: '2026-05-02',
      sourceLineId: 'line_1',
    });
  });
});

describe('whatever happens to the deals', () => {
  const dealIds = ['deal_1', 'deal_2', 'deal_3'];
  const days = ['2026-03-01', '2026-03-10', '2026-03-20'];
  const winning = fc.constantFrom(...days).map((day) => ({
    outcome: 'won' as const,
    wonAt: `${day}T10:00:00.000Z`,
    wonOn: asDay(day),
  }));
  const notWon = fc
    .constantFrom('open' as const, 'lost' as const)
    .map((outcome) => ({ outcome, wonAt: null, wonOn: null }));
  const amount = fc.oneof(
    fc.constantFrom(null, '', '0', '-5.00', 'many', '0.01', '1000.005'),
    fc.integer({ min: 1, max: 10 ** 9 }).map((cents) => (cents / 100).toFixed(2)),
  );
  const state = fc
    .record({
      id: fc.constantFrom(...dealIds),
      standing: fc.oneof({ arbitrary: winning, weight: 3 }, { arbitrary: notWon, weight: 1 }),
      archived: fc.boolean().map((archived) => archived),
      amount,
      currency: fc.constantFrom('EUR', 'EUR', 'USD', 'JPY', 'KWD', null, 'XYZ'),
    })
    .map(({ standing, ...rest }) =>
      deal({ ...rest, ...standing, archived: rest.archived && standing.outcome === 'lost' }),
    );
  const registrations = dealIds.map((dealId, index) =>
    registration({ id: `reg_${dealId}`, dealId, partnerId: `par_${String((index % 2) + 1)}` }),
  );
  const plans = fc.constantFrom(
    versions(tenPercent),
    versions(tenPercent, `${tenPercent.replace('percent: 10', 'percent: 12.5')}corrects: 1\n`),
    versions(`${tenPercent}  - { id: bonus, pay: { flat: 50 USD } }\n`),
  );
  const history = fc.array(fc.tuple(state, plans, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 12 });
  const facts = (deals: readonly DealFacts[], sample: SampleFacts = {}): Facts =>
    factsOf({ asOf: '2026-04-01', registrations, ...sample, deals });

  it('the book ends where the last facts put it, and taking back never exceeds what was booked', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const book = memoryBook();
        const known = new Map<string, DealFacts>();
        for (const [changed, planVersions, payments] of steps) {
          known.set(changed.id, changed);
          book.credit(facts([...known.values()], { planVersions }));
          book.pay(
            ...book
              .lines()
              .slice(0, payments)
              .map(({ id }) => id),
          );
          for (const sum of sumsByKey(book.lines())) expect(sum >= 0n).toBe(true);
          expect(book.totals()).toEqual(totalsOf(position(facts([...known.values()], { planVersions })).lines));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the same facts give the same totals in any order, repeated, and in any batches', () => {
    fc.assert(
      fc.property(
        history,
        fc.array(fc.array(fc.constantFrom(...dealIds), { minLength: 1 }), { maxLength: 6 }),
        (steps, batches) => {
          const known = new Map(steps.map(([changed]) => [changed.id, changed]));
          const planVersions = steps[0]?.[1] ?? [];
          const whole = memoryBook();
          whole.credit(facts([...known.values()], { planVersions }));

          const pieces = memoryBook();
          for (const batch of [...batches, ...dealIds.map((id) => [id])]) {
            pieces.credit(
              facts(
                [...new Set(batch)].flatMap((id) => known.get(id) ?? []),
                { planVersions },
              ),
            );
          }
          expect(pieces.totals()).toEqual(whole.totals());
          expect(pieces.lines()).toHaveLength(whole.lines().length);
        },
      ),
      { numRuns: 300 },
    );
  });

  function sumsByKey(lines: ReturnType<ReturnType<typeof memoryBook>['lines']>): Iterable<bigint> {
    const sums = new Map<string, bigint>();
    for (const { key, currency, amountMinor } of lines) {
      sums.set(`${key} ${currency}`, (sums.get(`${key} ${currency}`) ?? 0n) + amountMinor);
    }
    return sums.values();
  }
});
