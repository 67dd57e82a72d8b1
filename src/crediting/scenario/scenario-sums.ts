import { isCurrency, type Currency } from '../../money/currency.js';
import { parseMoney } from '../../money/money.js';
import { compareRatios, parseDecimal } from '../../money/ratio.js';
import type { PlanFault } from '../../plans/plan-faults.js';
import { slipOfNumber, withSlip } from '../../plans/slips.js';
import type { ScenarioDocument } from './scenario-document.js';
import { faultAt, unknownId, type FindFaults } from './scenario-fault.js';
import { currencyOfMoney, isPayable } from './scenario-money.js';

type Payment = ScenarioDocument['payments'][number];
type Refund = ScenarioDocument['refunds'][number];

/** Money names something of the scenario, is an amount that can be paid, and is given back of what was paid. */
export const faultsOfSums: FindFaults = (document, lineOf) => {
  const deals = { ids: document.deals.map(({ id }) => id), of: 'the id of a deal of the scenario' };
  const registrations = {
    ids: document.registrations.map(({ id }, index) => id ?? `registration-${index + 1}`),
    of: 'the id of a registration of the scenario',
  };
  const payments = {
    ids: document.payments.map(({ id }, index) => id ?? `payment-${index + 1}`),
    of: 'the id of a payment of the scenario',
  };
  const check = (list: 'payments' | 'refunds') =>
    document[list].flatMap((one: Payment | Refund, index): readonly PlanFault[] => {
      const wrong = (field: string, value: unknown, expected: string) => [
        faultAt(lineOf, [list, index, field], value, expected),
      ];
      const unknown = [
        ...unknownId(lineOf, [list, index, 'deal'], one.deal, deals),
        ...unknownId(lineOf, [list, index, 'registration'], one.registration, registrations),
        ...('of' in one ? unknownId(lineOf, [list, index, 'of'], one.of, payments) : []),
      ];
      if (unknown.length > 0) return unknown;
      const currency = currencyOfMoney(document, one);
      if (currency === null) return wrong('currency', one.currency, 'a currency, since its deal has none');
      if (!isPayable(one.amount, currency)) return wrong('amount', one.amount, payableWords(one.amount, currency));
      if (one.tax !== undefined && !isPartOf(one.tax, one.amount, currency)) {
        return wrong(
          'tax',
          one.tax,
          withSlip(`an amount from 0 to ${one.amount}, which it is part of`, slipOfNumber, one.tax),
        );
      }
      const paid = 'of' in one ? document.payments[payments.ids.indexOf(one.of ?? '')] : undefined;
      return paid === undefined ? [] : faultsOfRefund(one, paid, { document, currency, wrong });
    });
  return [...check('payments'), ...check('refunds'), ...faultsOfProgram(document, lineOf)];
};

/** A refund that names a payment is of the same thing, in the same currency, not before it and not more than it. */
function faultsOfRefund(
  refund: Payment | Refund,
  paid: Payment,
  {
    document,
    currency,
    wrong,
  }: {
    readonly document: ScenarioDocument;
    readonly currency: Currency;
    readonly wrong: (field: string, value: unknown, expected: string) => readonly PlanFault[];
  },
): readonly PlanFault[] {
  const paidIn = currencyOfMoney(document, paid);
  if (paidIn !== currency) {
    return wrong(
      'currency',
      refund.currency ?? currency,
      `${String(paidIn)}, the currency of the payment it gives back`,
    );
  }
  if (refund.deal !== paid.deal || refund.registration !== paid.registration) {
    const field = refund.deal === undefined ? 'registration' : 'deal';
    return wrong(field, refund[field], `${String(paid.deal ?? paid.registration)}, what it was paid for`);
  }
  if (refund.on < paid.on) return wrong('on', refund.on, `a day that is not before the payment, ${paid.on}`);
  if (!isPartOf(refund.amount, paid.amount, currency)) {
    return wrong('amount', refund.amount, `at most ${paid.amount}, which was paid`);
  }
  return [];
}

const faultsOfProgram: FindFaults = ({ program: { currencies, defaultCurrency }, rates }, lineOf) => [
  ...(defaultCurrency === undefined || (currencies ?? [defaultCurrency]).includes(defaultCurrency)
    ? []
    : [faultAt(lineOf, ['program', 'defaultCurrency'], defaultCurrency, 'one of the currencies of the program')]),
  ...rates.flatMap(({ base, rates: sheet }, index) =>
    base in sheet
      ? [
          faultAt(
            lineOf,
            ['rates', index, 'rates', base],
            sheet[base],
            'other currencies: it is the base, of which one is one',
          ),
        ]
      : [],
  ),
];

function payableWords(amount: string, currency: Currency): string {
  return withSlip(`an amount above zero with no more decimals than ${currency} has`, slipOfNumber, amount);
}

/** Whether an amount can be paid, or is nothing, and is not more than another. */
function isPartOf(part: string, whole: string, currency: Currency): boolean {
  const [a, b] = [parseDecimal(part), parseDecimal(whole)];
  if (a === null || b === null || !isCurrency(currency)) return false;
  return parseMoney(part, currency).kind === 'money' && a.numerator >= 0n && compareRatios(a, b) <= 0;
}
