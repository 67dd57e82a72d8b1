import { describeLimits, describeRule } from './describe-rule.js';
import type { Plan } from './plan.js';
import { audienceName } from './plan-versions.js';

/**
 * What a plan promises, in sentences.
 * @param reader partners read the same, without who the other partners are that a plan names
 */
export function describePlan(plan: Plan, reader: 'operator' | 'partner' = 'operator'): readonly string[] {
  return [
    validity(plan, reader),
    ...plan.rules.flatMap((rule) => describeRule(rule, reader)),
    ...(plan.match === 'first' && plan.rules.length > 1
      ? ['Of the rules that apply to a deal, only the first pays.']
      : []),
    ...describeLimits('All rules together: the plan', plan),
    ...sharing(plan),
    credited(plan),
    hold(plan.holdDays),
    ...exchange(plan),
    `Each line is rounded once, to the smallest unit of its currency (${plan.rounding}).`,
  ];
}

const versionWords: Readonly<Record<Plan['versionBy'], string>> = {
  won: 'deals won',
  registered: 'registrations submitted',
  paid: 'deals won, and payments received,',
};

function validity(
  { slug, audience, effectiveFrom, effectiveTo, corrects, versionBy }: Plan,
  reader: 'operator' | 'partner',
): string {
  const end = effectiveTo === null ? '' : ` and before ${effectiveTo}`;
  const correction = corrects === null ? '' : ` It puts version ${String(corrects)} right.`;
  const name = audience.kind === 'partner' && reader === 'partner' ? 'this partner' : audienceName(audience);
  const whom = audience.kind === 'program' ? '' : ` It is for ${name} and goes before wider plans.`;
  return `Plan ${slug} holds for ${versionWords[versionBy]} from ${effectiveFrom} on${end}.${whom}${correction}`;
}

function sharing({ shareBy }: Plan): readonly string[] {
  return shareBy === 'commission' ? [] : ['Partners that share a deal each earn their share of it by their own plan.'];
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

const rateWords: Readonly<Record<Plan['exchangeOn'], string>> = {
  won: 'of the day it was earned',
  'month-end': 'of the last day of the month it was earned in',
  payout: 'of the day it is paid out',
};

function exchange({ payIn, exchangeOn }: Plan): readonly string[] {
  if (payIn === null) return ['A line is paid in the currency of what it is paid on.'];
  return [`Every line is paid in ${payIn}, at the rate ${rateWords[exchangeOn]}, or the last one published before.`];
}
