import type { Currency } from '../../src/money/currency.js';
import {
  arrangeStatement,
  isFinal,
  statusOn,
  type Statement,
  type StatementLine,
  type StatementPayout,
} from '../../src/payouts/statement.js';
import { statementCsv, statementOnWire } from '../../src/payouts/statement-wire.js';
import type { Period } from '../../src/program/calendar.js';
import { asDay } from '../plans/sample-facts.js';

const eur = 'EUR' as Currency;
const jpy = 'JPY' as Currency;

function line(id: string, amountMinor: bigint, changes: Partial<StatementLine> = {}): StatementLine {
  return {
    id,
    kind: 'commission',
    component: 'new-business',
    amountMinor,
    currency: eur,
    earnedOn: asDay('2026-03-01'),
    bookedOn: asDay('2026-03-02'),
    payableOn: asDay('2026-03-31'),
    dealId: 'deal_1',
    sourceLineId: null,
    planVersion: 'standard@1',
    status: 'payable',
    correctsEarlier: false,
    ...changes,
  };
}

function payout(id: string, amountMinor: bigint, changes: Partial<StatementPayout> = {}): StatementPayout {
  return {
    id,
    kind: 'payout',
    amountMinor,
    currency: eur,
    paidOn: asDay('2026-03-20'),
    bookedOn: asDay('2026-03-20'),
    reference: 'bank 1',
    ...changes,
  };
}

const balances = (...all: readonly (readonly [Currency, bigint])[]): ReadonlyMap<Currency, bigint> => new Map(all);
const none = balances();

describe('a statement', () => {
  it('keeps lines, adjustments of earlier periods and payouts apart, in the order of booking', () => {
    const [part] = arrangeStatement({
      opening: balances([eur, 5000n]),
      lines: [
        line('line_1', 10000n),
        line('line_2', -2000n, { kind: 'adjustment', sourceLineId: 'line_0', correctsEarlier: true }),
        line('line_3', -10000n, { kind: 'reversal', sourceLineId: 'line_1' }),
      ],
      payouts: [payout('pay_1', -5000n), payout('jrn_1', 5000n, { kind: 'payout-return' })],
      closing: balances([eur, 3000n]),
    });
    expect(part?.lines.map(({ id }) => id)).toEqual(['line_1', 'line_3']);
    expect(part?.adjustments.map(({ id }) => id)).toEqual(['line_2']);
    expect(part?.payouts.map(({ id }) => id)).toEqual(['pay_1', 'jrn_1']);
    expect(part).toMatchObject({ openingMinor: 5000n, closingMinor: 3000n });
  });

  it('nets no currencies, and leaves out those without a balance or a movement', () => {
    const parts = arrangeStatement({
      opening: balances([jpy, -700n], ['USD' as Currency, 0n]),
      lines: [line('line_1', 10000n)],
      payouts: [],
      closing: balances([jpy, -700n], [eur, 10000n], ['USD' as Currency, 0n]),
    });
    expect(parts.map(({ currency, openingMinor, closingMinor }) => [currency, openingMinor, closingMinor])).toEqual([
      [eur, 0n, 10000n],
      [jpy, -700n, -700n],
    ]);
  });

  it('is not shown when it does not tie out to the journal', () => {
    const material = { opening: none, lines: [line('line_1', 10000n)], payouts: [] };
    expect(() => arrangeStatement({ ...material, closing: balances([eur, 9999n]) })).toThrow(
      'the statement in EUR to tie out to the journal',
    );
  });

  it('is final once no transaction can still book in its period', () => {
    const until = new Date('2026-04-01T00:00:00Z');
    expect(isFinal(until, new Date('2026-03-31T23:59:59Z'))).toBe(false);
    expect(isFinal(until, new Date('2026-04-01T00:14:59Z'))).toBe(false);
    expect(isFinal(until, new Date('2026-04-01T00:15:00Z'))).toBe(true);
  });

  it.each([
    ['paid', { isPaid: true, held: true }],
    ['on_hold', { isPaid: false, held: true }],
    ['payable', { isPaid: false, held: false, payableOn: asDay('2026-03-31') }],
    ['pending', { isPaid: false, held: false, payableOn: asDay('2026-04-01') }],
  ])('shows a line as %s', (status, stands) => {
    expect(statusOn({ payableOn: asDay('2026-03-31'), ...stands }, asDay('2026-03-31'))).toBe(status);
  });
});

describe('a statement on the wire', () => {
  const statement: Statement = {
    partnerId: 'par_1',
    period: '2026-03' as Period,
    from: new Date('2026-03-01T00:00:00Z'),
    until: new Date('2026-04-01T00:00:00Z'),
    final: true,
    currencies: arrangeStatement({
      opening: balances([eur, -5000n]),
      lines: [
        line('line_1', 10000n),
        line('line_2', -20000n, { kind: 'clawback', sourceLineId: 'line_0', correctsEarlier: true }),
      ],
      payouts: [payout('pay_1', -10000n, { reference: '=HYPERLINK("http://evil")' })],
      closing: balances([eur, -25000n]),
    }),
  };

  it('names the debt that was brought in and the one that is carried on', () => {
    expect(statementOnWire(statement).currencies).toMatchObject([
      {
        opening: '-50.00',
        openingDebt: '50.00',
        totals: { lines: '100.00', adjustments: '-200.00', payouts: '-100.00' },
        closing: '-250.00',
        carriedDebt: '250.00',
      },
    ]);
  });

  it('is a table whose amounts sum to the closing balance, and in which nothing is run', () => {
    expect(statementCsv(statementOnWire(statement)).split('\r\n')).toEqual([
      'row,currency,amount,id,kind,rule,earnedOn,bookedOn,payableOn,paidOn,dealId,sourceLineId,planVersion,status,reference',
      'opening,EUR,-50.00,,,,,,,,,,,,',
      'line,EUR,100.00,line_1,commission,new-business,2026-03-01,2026-03-02,2026-03-31,,deal_1,,standard@1,payable,',
      'adjustment,EUR,-200.00,line_2,clawback,new-business,2026-03-01,2026-03-02,2026-03-31,,deal_1,line_0,standard@1,payable,',
      `payout,EUR,-100.00,pay_1,payout,,,2026-03-20,,2026-03-20,,,,,"'=HYPERLINK(""http://evil"")"`,
      'closing,EUR,-250.00,,,,,,,,,,,,',
      '',
    ]);
  });
});
