import type { ConditionDocument } from './condition-document.js';
import type { Override } from './plan.js';

/** What of a rule as it is written can be said of it in vain. */
export interface WrittenTerms {
  readonly when?: ConditionDocument | undefined;
  readonly to?: 'partner' | 'customer' | undefined;
  readonly pay: object;
  readonly accelerator?: { readonly by: unknown } | undefined;
  readonly churn?: object | undefined;
  readonly refunds?: 'take-back' | 'keep' | undefined;
  readonly split?: readonly object[] | undefined;
  readonly overrides?: readonly { readonly of: Override['of'] }[] | undefined;
  readonly instalments?: readonly object[] | undefined;
}

export interface IdleTerm {
  readonly path: readonly (string | number)[];
  readonly expected: string;
}

type Occasion = 'won' | 'payment' | 'approved' | 'stage' | 'recruit';

const expected = {
  churn: 'no churn: on leaving, only what was paid for a deal that was won is taken back',
  refunds: 'keep: a refund takes back only of what was paid for a win or a payment',
  split: 'no split: a bonus goes to one alone',
  overrides: 'no overrides: what is paid as a bonus has none',
  sale: 'commission or level-below: a lead has no sale yet',
  instalments: 'no instalments: what is earned month by month is paid month by month',
  accelerator: 'count, or { metric: NAME }: a lead has no amount yet',
  payment: 'a rule that pays on payments: here there is no payment to look at',
} as const;

/**
 * Terms that would never do anything where they stand. They are refused, because a plan that shows them to partners would promise
 * what it does not keep.
 */
export function idleTerms(rule: WrittenTerms, on: Occasion): readonly IdleTerm[] {
  const idle: IdleTerm[] = [];
  if (rule.churn !== undefined && on !== 'won') idle.push({ path: ['churn'], expected: expected.churn });
  if (rule.refunds === 'take-back' && on !== 'won' && on !== 'payment') {
    idle.push({ path: ['refunds'], expected: expected.refunds });
  }
  if (rule.to === 'customer' || on === 'recruit') {
    if (rule.split !== undefined) idle.push({ path: ['split'], expected: expected.split });
    if (rule.overrides !== undefined) idle.push({ path: ['overrides'], expected: expected.overrides });
  }
  if (on === 'approved') idle.push(...idleForLead(rule));
  if (rule.instalments !== undefined && isStraightLine(rule.pay)) {
    idle.push({ path: ['instalments'], expected: expected.instalments });
  }
  if (rule.when !== undefined && on !== 'payment') idle.push(...looksAtPayment(rule.when, ['when']));
  return idle;
}

/** A lead is worth no amount, so nothing can go by one. */
function idleForLead({ accelerator, overrides = [] }: WrittenTerms): readonly IdleTerm[] {
  return [
    ...(accelerator?.by === 'amount' ? [{ path: ['accelerator', 'by'], expected: expected.accelerator }] : []),
    ...overrides.flatMap(({ of }, index) =>
      of === 'sale' ? [{ path: ['overrides', index, 'of'], expected: expected.sale }] : [],
    ),
  ];
}

function isStraightLine(pay: object): boolean {
  if (!('revshare' in pay) || typeof pay.revshare !== 'object' || pay.revshare === null) return false;
  return 'recognise' in pay.revshare && pay.revshare.recognise === 'straight-line';
}

function looksAtPayment(condition: ConditionDocument, path: IdleTerm['path']): readonly IdleTerm[] {
  return Object.entries(condition).flatMap(([key, written]): readonly IdleTerm[] => {
    if (written === undefined) return [];
    if (key === 'not') return looksAtPayment(written as ConditionDocument, [...path, key]);
    if (key === 'all' || key === 'any') {
      return (written as readonly ConditionDocument[]).flatMap((inner, index) =>
        looksAtPayment(inner, [...path, key, index]),
      );
    }
    return key.startsWith('payment.') ? [{ path: [...path, key], expected: expected.payment }] : [];
  });
}
