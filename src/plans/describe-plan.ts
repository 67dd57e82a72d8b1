import { formatAmount } from '../money/money.js';
import { formatRatio, multiply, ratio } from '../money/ratio.js';
import { baseName, type Plan, type PlanRule } from './plan.js';

/** What a plan promises, in the sentences that partners read too. */
export function describePlan(plan: Plan): readonly string[] {
  return [
    validity(plan),
    ...plan.rules.map(describeRule),
    credited(plan),
    hold(plan.holdDays),
    ...exchange(plan),
    `Each line is rounded once, to the smallest unit of its currency (${plan.rounding}).`,
  ];
}

function validity({ slug, effectiveFrom, effectiveTo, corrects, versionBy }: Plan): string {
  const what = versionBy === 'won' ? 'deals won' : 'registrations submitted';
  const end = effectiveTo === null ? '' : ` and before ${effectiveTo}`;
  const correction = corrects === null ? '' : ` It puts version ${String(corrects)} right.`;
  return `Plan ${slug} holds for ${what} from ${effectiveFrom} on${end}.${correction}`;
}

function describeRule({ id, pay }: PlanRule): string {
  if (pay.kind === 'flat') {
    const { amountMinor, currency } = pay.money;
    return `Rule ${id} pays ${formatAmount(amountMinor, currency)} ${currency} for a deal that is won.`;
  }
  const percent = formatRatio(multiply(pay.rate, ratio(100n)));
  return `Rule ${id} pays ${percent} % of the ${baseName(pay.of)} of a deal that is won.`;
}

function credited({ creditWhen }: Plan): string {
  switch (creditWhen) {
    case 'approved':
      return 'The registration must have been approved by the time the deal is won.';
    case 'submitted':
      return 'The registration must have been submitted by the time the deal is won; it may be approved later.';
    case null:
      return 'Whether the registration must have been approved or submitted by the time the deal is won is for the program to say.';
  }
}

function hold(days: number): string {
  return days === 0
    ? 'A line is payable on the day it is earned.'
    : `A line is payable ${String(days)} days after it is earned.`;
}

function exchange({ payIn, exchangeOn }: Plan): readonly string[] {
  if (payIn === null) return ['A line is paid in the currency of what it is paid on.'];
  const day = exchangeOn === 'won' ? 'of the day the deal was won' : 'of the last day of the month the deal was won in';
  return [`Every line is paid in ${payIn}, at the rate ${day}, or the last one published before.`];
}
