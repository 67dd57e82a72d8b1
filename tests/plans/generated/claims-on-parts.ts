import fc from 'fast-check';
import { memoryBook } from '../../crediting/book.js';
import type { PaymentFacts } from '../../../src/plans/facts.js';
import { asDay } from '../sample-facts.js';
import { baseOfDeal } from '../naive/bases.js';
import { later } from '../naive/days.js';
import type { NaiveLine } from '../naive/parts.js';
import type { RuleText } from '../naive/plan-text.js';
import { cases, engineLines, knowledgeOf, type Case } from './cases.js';
import { payAllPayable } from './claims.js';
import { atLast, type History } from './histories.js';
import { bookedByKey, sumsBy, type Sums } from './sums.js';
import type { Told } from './told.js';

/** The parts of a split, and the instalments of each part, come to the whole. */
export const partsComeToTheWhole = fc.property(cases, (generated) => {
  const one = dividing(generated);
  const parts = engineLines(knowledgeOf(one)(atLast).facts);
  const undivided = engineLines(knowledgeOf(withRules(one, ({ instalments: _, ...rule }) => rule))(atLast).facts);
  const wholes = engineLines(
    knowledgeOf(withRules(one, ({ instalments: _, split: __, ...rule }) => rule))(atLast, alone(one.history)).facts,
  );
  expect(wholeOf(parts, ({ partnerId }) => partnerId)).toEqual(wholeOf(undivided, ({ partnerId }) => partnerId));
  const direct = (lines: readonly NaiveLine[]) => lines.filter(({ kind }) => kind !== 'override');
  expect(wholeOf(direct(parts), () => 'all')).toEqual(wholeOf(direct(wholes), () => 'all'));
});

/**
 * Where everybody takes part, and one commission is divided. Without refunds: each part is refunded and rounded by itself, and
 * by such a cent the room that is left under a cap of a period is another one for parts than for the whole.
 */
function dividing({ versions, history }: Case): Case {
  return {
    versions: versions.map((version) => ({ ...version, text: { ...version.text, shareBy: 'commission' } })),
    history: {
      ...history,
      partners: history.partners.map((partner) => ({ ...partner, deactivatedAt: null })),
      told: history.told.filter((one) => one.kind !== 'money' || one.money.kind !== 'refund'),
    },
  };
}

function withRules({ versions, history }: Case, change: (rule: RuleText) => RuleText): Case {
  return {
    history,
    versions: versions.map((version) => ({
      ...version,
      text: { ...version.text, rules: version.text.rules.map(change) },
    })),
  };
}

/** The same with each registration all its partner's. */
function alone({ told }: History): Told[] {
  return told.map((one) =>
    one.kind === 'registration' ? { ...one, registration: { ...one.registration, shares: [] } } : one,
  );
}

/** Sums of what was given by what it was given for; `a/2` is a part of `a`, `a/2026-03` is a month of its own. */
function wholeOf(lines: readonly NaiveLine[], whoseOf: (line: NaiveLine) => string): Sums {
  return sumsBy(
    lines,
    (line) => [line.occasion, line.component.replace(/\/\d{1,2}$/, ''), line.currency, whoseOf(line)].join(' '),
    ({ gross }) => gross,
  );
}

/** A series of refunds never takes back more than was booked, and when everything is given back nothing is left. */
export const refundsTakeBackAllAndNoMore = fc.property(cases, fc.nat(3), (generated, payout) => {
  const one = takingBack(generated);
  const known = knowledgeOf(one);
  const book = memoryBook();
  book.credit(known(atLast).facts);
  const told = [...one.history.told];
  for (const [count, refund] of refundsOfEverything(one).entries()) {
    if (count === payout) payAllPayable(book, atLast);
    told.push(refund);
    book.credit(known(atLast, told).facts);
    for (const sum of Object.values(bookedByKey(book.lines()))) expect(sum).toBeGreaterThan(0n);
  }
  const left = Object.keys(bookedByKey(book.lines())).filter((key) => !key.startsWith('approved|'));
  expect(left).toEqual([]);
});

/** Where all that a refund can take back is taken back: not the fee for a lead, nor a floor that such a fee is topped up to. */
function takingBack(one: Case): Case {
  const { versions, history } = withRules(one, (rule) =>
    rule.on === 'approved' ? rule : { ...rule, refunds: 'take-back' },
  );
  const withoutFloor = versions.map(({ text: { floor: _, ...text }, ...version }) => ({ ...version, text }));
  return { versions: withoutFloor, history };
}

/** Each payment is given back, some in two parts, and each deal's amount; where that is not known, any refund is of all of it. */
function refundsOfEverything(one: Case): (Told & { readonly kind: 'money' })[] {
  const { deals, payments } = knowledgeOf(one)(atLast).facts;
  const on = asDay(later(atLast, -1));
  const blank = { registrationId: null, kind: 'refund', taxMinor: null, servicePeriod: null, receivedOn: on } as const;
  const ofPayments = payments
    .filter(({ kind }) => kind === 'payment')
    .flatMap(({ id, dealId, amountMinor, currency }): PaymentFacts[] => {
      const first = amountMinor / 3n;
      return [first, amountMinor - first]
        .filter((minor) => minor > 0n)
        .map((minor, index) => ({
          ...blank,
          id: `ref_${id}_${String(index)}`,
          dealId,
          amountMinor: minor,
          currency,
          refundOf: id,
        }));
    });
  const ofDeals = deals.map((deal): PaymentFacts => {
    const base = baseOfDeal(deal, 'amount');
    const amountMinor = base === null ? 1n : base.minor.top / base.minor.bottom + 1n;
    const currency = (base?.currency ?? 'EUR') as PaymentFacts['currency'];
    return { ...blank, id: `ref_${deal.id}_all`, dealId: deal.id, amountMinor, currency, refundOf: null };
  });
  return [...ofPayments, ...ofDeals].map((money) => ({ on, kind: 'money', money }));
}
