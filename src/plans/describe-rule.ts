import { formatRatio } from '../money/ratio.js';
import { describeCondition } from './describe-condition.js';
import {
  baseName,
  type Figure,
  type RevShare,
  type TierBand,
  type TierMode,
  type TierTable,
  type VolumeTerms,
} from './pay.js';
import type { Accelerator, Instalment, Limits, Multiplier, Override, PlanRule, Trigger } from './plan.js';
import { amountOf, counted, listed, percentOf } from './words.js';

/** What one rule promises. @param reader partners are not told who the others are that share in it */
export function describeRule(rule: PlanRule, reader: 'operator' | 'partner'): readonly string[] {
  const { id, when, payee } = rule;
  const whom = payee === 'customer' ? ' to the customer that was referred' : '';
  const condition = when === null ? '' : ` if ${describeCondition(when)}`;
  return [
    `Rule ${id} pays ${describePay(rule)}${whom}${condition}.`,
    ...describeTables(rule),
    ...(rule.accelerator === null ? [] : [describeAccelerator(id, rule.accelerator)]),
    ...rule.multipliers.map((one) => describeMultiplier(id, one)),
    ...describeChurn(rule),
    ...describeRefunds(rule),
    ...describeLimits(`Rule ${id}`, rule),
    ...describeSplit(rule, reader),
    ...describeOverrides(rule),
    ...(rule.instalments.length === 0 ? [] : [describeInstalments(id, rule.instalments)]),
  ];
}

function describePay({ pay, on }: PlanRule): string {
  const what = occasionWords(on);
  if (pay.kind === 'flat') return `${amountOf(pay.money)} for ${what}`;
  const base = pay.of === null ? '' : `, on the ${baseName(pay.of)} of ${what}`;
  switch (pay.kind) {
    case 'percent':
      return `${percentOf(pay.rate)} of the ${baseName(pay.of)} of ${what}`;
    case 'tiers':
      return `by volume${base === '' ? `, for ${what}` : base}`;
    case 'revshare':
      return `a share of what the customer pays${pay.of.kind === 'amount' ? '' : ` (${baseName(pay.of)})`}`;
  }
}

function occasionWords(on: Trigger): string {
  switch (on.kind) {
    case 'won':
      return 'a deal that is won';
    case 'payment':
      return 'each payment of the customer';
    case 'approved':
      return 'a registration that is approved';
    case 'stage':
      return `a deal that enters the stage ${on.stage}`;
    case 'recruit':
      return `a partner that was recruited and has ${counted(on.deals, 'deal')} credited`;
  }
}

const modeSentence: Readonly<Record<TierMode, string>> = {
  marginal: 'Each rate applies to the part of the volume that lies in its band.',
  retroactive: 'The band that the whole volume reaches decides the rate for all of it.',
  'forward-only': 'The deal that reaches a band and those after it get its rate.',
};

function describeTables({ pay }: PlanRule): readonly string[] {
  if (pay.kind === 'tiers') return [describeTiers(pay.tiers)];
  return pay.kind === 'revshare' ? [describeSchedule(pay.revshare)] : [];
}

function describeTiers(tiers: TierTable): string {
  const begins = tiers.boundary === 'at-or-above' ? 'from' : 'above';
  const rates = tiers.bands.map((band) => `${bandWords(band)} ${begins} ${formatRatio(band.from)} ${unitOf(tiers)}`);
  const opening = tiers.opening === null ? '' : ` What counts already is ${figureWords(tiers.opening)}.`;
  return `${volumeWords(tiers)}: ${rates.join(', ')}. ${modeSentence[tiers.mode]}${opening}`;
}

function bandWords({ pay, bonus }: TierBand): string {
  const paid = pay.kind === 'rate' ? percentOf(pay.rate) : `${amountOf(pay.money)} a deal`;
  return bonus === null ? paid : `${paid} (and ${amountOf(bonus)} once)`;
}

function unitOf({ by, currency }: VolumeTerms): string {
  if (typeof by === 'object') return `of the metric ${by.metric}`;
  return by === 'count' ? 'deals' : (currency ?? 'in the currency of the deal');
}

function volumeWords({ per }: VolumeTerms): string {
  return per === 'deal' ? 'Each deal is a volume of its own' : `Volume is added up by ${per}`;
}

function figureWords(figure: Figure): string {
  return figure.kind === 'number' ? formatRatio(figure.value) : `the metric ${figure.metric} of the partner`;
}

function describeSchedule({ schedule, start, baseline, recognise }: RevShare): string {
  const parts = schedule.map(({ months, rate }, index) => {
    const time =
      months === null
        ? index === 0
          ? 'for as long as the customer pays'
          : 'after that'
        : `for ${counted(months, 'month')}`;
    return `${percentOf(rate)} ${time}`;
  });
  const from = start === 'won' ? 'the day the deal is won' : 'the first payment';
  const less = baseline === null ? '' : ` The first ${amountOf(baseline)} of each month earn nothing.`;
  const how = recognise === 'cash' ? 'when the money comes in' : 'month by month over the time that was paid for';
  return `It is ${parts.join(', then ')}, counted from ${from}. It is earned ${how}.${less}`;
}

function describeAccelerator(id: string, { volume, quota, bands }: Accelerator): string {
  const steps = bands.slice(1).map(({ from, times }) => `${formatRatio(times)} times from ${percentOf(from)} of it`);
  const unit = quota.kind === 'number' ? ` ${unitOf(volume)}` : '';
  return `What rule ${id} pays counts more once a quota of ${figureWords(quota)}${unit} is reached: ${steps.join(', ')}. ${volumeWords(volume)}.`;
}

function describeMultiplier(id: string, multiplier: Multiplier): string {
  const { metric, otherwise } = multiplier;
  const missing =
    otherwise === null
      ? 'It waits until the metric is known.'
      : `It counts ${formatRatio(otherwise)} times where the metric is not known.`;
  if (multiplier.kind === 'bands') {
    const steps = multiplier.bands.map(({ from, times }) => `${formatRatio(times)} times from ${formatRatio(from)}`);
    return `What rule ${id} pays depends on the metric ${metric}: ${steps.join(', ')}. ${missing}`;
  }
  const { target, least, most } = multiplier;
  const bounds = [
    ...(least === null ? [] : [`at least ${formatRatio(least)}`]),
    ...(most === null ? [] : [`at most ${formatRatio(most)}`]),
  ];
  const held = bounds.length === 0 ? '' : `, ${listed(bounds)} times`;
  return `What rule ${id} pays is multiplied by the metric ${metric} divided by ${formatRatio(target)}${held}. ${missing}`;
}

function describeChurn({ id, churn }: PlanRule): readonly string[] {
  if (churn === null) return [];
  const what = churn.takeBack === 'prorated' ? 'the share of the months that were left' : percentOf(churn.takeBack);
  return [
    `If the customer leaves within ${counted(churn.months, 'month')}, ${what} of what rule ${id} paid is taken back.`,
  ];
}

function describeRefunds({ id, refunds, on }: PlanRule): readonly string[] {
  if (on.kind === 'approved' || on.kind === 'stage' || on.kind === 'recruit') return [];
  return refunds === 'take-back'
    ? [`A refund to the customer takes back its share of what rule ${id} paid.`]
    : [`A refund to the customer takes nothing back of what rule ${id} paid.`];
}

/** @param what whose limits they are, as a sentence begins */
export function describeLimits(
  what: string,
  limits: { readonly floor: Limits | null; readonly cap: Limits | null },
): readonly string[] {
  const words = (kind: 'floor' | 'cap', verb: string, condition: string): readonly string[] =>
    (['deal', 'month', 'quarter', 'year'] as const).flatMap((per) => {
      const limit = limits[kind]?.[per] ?? null;
      return limit === null ? [] : [`${what} pays ${verb} ${amountOf(limit)} for a ${per}${condition}.`];
    });
  return [...words('floor', 'at least', ' that earns anything'), ...words('cap', 'at most', '')];
}

function describeSplit({ id, split }: PlanRule, reader: 'operator' | 'partner'): readonly string[] {
  if (split.length === 0) return [];
  const nameOf = (partnerId: string | null): string => {
    if (partnerId === null) return 'the partner that registered';
    return reader === 'operator' ? partnerId : 'another partner';
  };
  const parts = split.map(({ partnerId, share }) => `${percentOf(share)} to ${nameOf(partnerId)}`);
  return [`What rule ${id} pays is divided: ${listed(parts)}.`];
}

const overrideWords: Readonly<Record<Override['of'], string>> = {
  sale: 'the sale',
  commission: 'that commission',
  'level-below': 'what the level below gets',
};

function describeOverrides({ overrides, on, payee }: PlanRule): readonly string[] {
  if (payee === 'customer' || on.kind === 'recruit') return [];
  return overrides.map(({ rate, of }, index) => {
    const who = index === 0 ? 'Who recruited the partner' : 'Who recruited that one';
    return `${who} gets ${percentOf(rate)} of ${overrideWords[of]} on top.`;
  });
}

function describeInstalments(id: string, instalments: readonly Instalment[]): string {
  const parts = instalments.map(({ share, afterDays, afterMonths, milestone }) => {
    const times = [
      ...(afterMonths === 0 ? [] : [counted(afterMonths, 'month')]),
      ...(afterDays === 0 ? [] : [counted(afterDays, 'day')]),
    ];
    const time = times.length === 0 ? '' : ` ${listed(times)} later`;
    const event =
      milestone === null
        ? ''
        : milestone.kind === 'stage'
          ? ` when the deal enters the stage ${milestone.stage}`
          : ` when the customer has paid ${percentOf(milestone.share)} of the deal`;
    return `${percentOf(share)}${event}${time === '' && event === '' ? ' at once' : time}`;
  });
  return `Rule ${id} pays in parts: ${listed(parts)}.`;
}
