import { formatAmount } from '../money/money.js';
import { formatRatio, multiply, ratio, type Ratio } from '../money/ratio.js';
import { baseName, type Plan, type PlanRule, type TierMode, type TierTable } from './plan.js';

/** What a plan promises, in the sentences that partners read too. */
export function describePlan(plan: Plan): readonly string[] {
  return [
    validity(plan),
    ...plan.rules.flatMap((rule) => [describeRule(rule), ...describeLimits(rule)]),
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
  const base = baseName(pay.of);
  if (pay.kind === 'percent') return `Rule ${id} pays ${percentOf(pay.rate)} of the ${base} of a deal that is won.`;
  return `Rule ${id} pays by volume, on the ${base} of a deal that is won. ${describeTiers(pay.tiers)}`;
}

const modeSentence: Readonly<Record<TierMode, string>> = {
  marginal: 'Each rate applies to the part of the volume that lies in its band.',
  retroactive: 'The band that the whole volume reaches decides the rate for all of it.',
  'forward-only': 'The deal that reaches a band and those after it get its rate.',
};

function describeTiers({ bands, by, per, mode, boundary, currency }: TierTable): string {
  const unit = by === 'count' ? 'deals' : (currency ?? 'in the currency of the deal');
  const begins = boundary === 'at-or-above' ? 'from' : 'above';
  const rates = bands.map(({ from, rate }) => `${percentOf(rate)} ${begins} ${formatRatio(from)} ${unit}`);
  const volume = per === 'deal' ? 'Each deal is a volume of its own' : `Volume is added up by ${per}`;
  return `${volume}: ${rates.join(', ')}. ${modeSentence[mode]}`;
}

function percentOf(rate: Ratio): string {
  return `${formatRatio(multiply(rate, ratio(100n)))} %`;
}

function describeLimits({ id, floor, cap }: PlanRule): readonly string[] {
  const [least, most] = [floor, cap].map((limit) =>
    limit === null ? null : `${formatAmount(limit.amountMinor, limit.currency)} ${limit.currency}`,
  );
  return [
    ...(least == null ? [] : [`Rule ${id} pays at least ${least} for a deal that earns anything.`]),
    ...(most == null ? [] : [`Rule ${id} pays at most ${most} for a deal.`]),
  ];
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
