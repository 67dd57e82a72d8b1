import { rateOf, type Earning } from './earning.js';
import { Fraction, greaterOf, lesserOf, nothing, sumOf, whole } from './fraction.js';
import { linesOf, paidIn } from './parts.js';
import type { LimitText } from './plan-text.js';
import { inOrder, periodName } from './volume.js';
import { exchanged, moneyText, type World } from './world.js';

type Kind = 'floor' | 'cap';
type Per = 'deal' | 'month' | 'quarter' | 'year';
const periods = ['month', 'quarter', 'year'] as const;

/** Floor, then cap: for a deal, then for each period, of the rule; then the same for all rules of the plan together. */
export function limited(world: World, earnings: readonly Earning[]): Earning[] {
  let result = earnings.flatMap((one) => ofOneDeal(world, one, 'floor')).flatMap((one) => ofOneDeal(world, one, 'cap'));
  for (const owner of ['rule', 'plan'] as const) {
    for (const per of ['deal', ...periods] as const) {
      result = toppedUp(world, result, per, owner);
      result = capped(world, result, per, owner);
    }
  }
  return result;
}

function limitText({ rule, event }: Earning, kind: Kind, per: Per, of: 'rule' | 'plan'): string | null {
  // What partners earn is limited; a customer's reward only by its own rule.
  if (of === 'plan' && rule.to === 'customer') return null;
  const written: LimitText | undefined = of === 'rule' ? rule[kind] : event.version.text[kind];
  if (written === undefined) return null;
  if (typeof written === 'string') return per === 'deal' ? written : null;
  return written[per] ?? null;
}

/** What a rule pays for a win is one sum. A floor never lifts nothing; a band's bonus is no part of the deal's commission. */
function ofOneDeal(world: World, earning: Earning, kind: Kind): Earning[] {
  const text = limitText(earning, kind, 'deal', 'rule');
  if (text === null || earning.isBandBonus || earning.event.what === 'payment') return [earning];
  const limit = limitIn(world, earning, text);
  // Without a rate the limit cannot be told, and the line waits.
  if (limit === null) return [];
  const held = (value: Fraction): Fraction => {
    if (kind === 'cap') return lesserOf(value, limit);
    return value.is(nothing) ? nothing : greaterOf(value, limit);
  };
  return [{ ...earning, value: held(earning.value), stayed: held(earning.stayed) }];
}

function limitIn(world: World, { event, currency }: Earning, text: string): Fraction | null {
  const { minor, currency: own } = moneyText(text);
  const rate = rateOf(world, event, own, currency);
  return rate === null ? null : exchanged(minor, own, currency, rate);
}

/** What a limit is over: the lines of one partner and rule (or plan) for one deal or period. */
function isTogether(a: Earning, b: Earning, per: Per, of: 'rule' | 'plan'): boolean {
  return groupName(a, per, of) === groupName(b, per, of);
}

function groupName({ event, rule }: Earning, per: Per, of: 'rule' | 'plan'): string {
  const when = per === 'deal' ? (event.deal?.id ?? event.occasion) : periodName(event.on, per);
  return [event.partnerId, event.version.text.plan, of === 'rule' ? rule.id : '', when].join('|');
}

function isHeld(earning: Earning, kind: Kind, per: Per, of: 'rule' | 'plan'): boolean {
  if (limitText(earning, kind, per, of) === null) return false;
  return !(per === 'deal' && of === 'rule' && earning.event.what !== 'payment');
}

/**
 * In the order of time, each line gets what is left of its limit. What the customer got back frees its room, and what counts of
 * each line is what will be booked of it, to the smallest unit.
 */
function capped(world: World, earnings: readonly Earning[], per: Per, of: 'rule' | 'plan'): Earning[] {
  const held = earnings.filter((earning) => isHeld(earning, 'cap', per, of)).toSorted(inOrder);
  const done: Earning[] = [];
  for (const earning of held) {
    const text = limitText(earning, 'cap', per, of)!;
    const limit = moneyText(text);
    const rate = rateOf(world, earning.event, limit.currency, earning.currency);
    if (rate === null) continue;
    const used = done
      .filter((one) => isTogether(one, earning, per, of))
      .map((one) => inLimit(world, one, limit.currency) ?? nothing);
    const free = greaterOf(nothing, limit.minor.minus(sumOf(used)));
    const room = exchanged(free, limit.currency, earning.currency, rate);
    const { from, to } = earning.slice ?? { from: nothing, to: whole };
    const most = room.over(to.minus(from));
    done.push({ ...earning, value: lesserOf(earning.value, most), stayed: lesserOf(earning.stayed, most) });
  }
  return [...earnings.filter((earning) => !isHeld(earning, 'cap', per, of)), ...done];
}

/** What will be booked of a line, all its parts together, in the currency of a limit at the line's own rate. */
function inLimit(world: World, earning: Earning, currency: string): Fraction | null {
  // Silent: what waits for the rate it is paid at counts in its own currency.
  const [paid = earning] = paidIn(world, [earning]);
  const rate = rateOf(world, earning.event, currency, paid.currency);
  if (rate === null) return null;
  const parts = linesOf(world, paid).filter(({ kind }) => kind !== 'override');
  const booked = sumOf(parts.map(({ net }) => Fraction.of(net)));
  return exchanged(booked, paid.currency, currency, whole.over(rate));
}

/** Once a period is over, what is wanting of its floor is paid beside its last line; who earned nothing has no floor. */
function toppedUp(world: World, earnings: readonly Earning[], per: Per, of: 'rule' | 'plan'): Earning[] {
  const held = earnings.filter((earning) => isHeld(earning, 'floor', per, of));
  const topUps: Earning[] = [];
  const waiting = new Set<Earning>();
  const seen = new Set<string>();
  for (const earning of held) {
    const name = groupName(earning, per, of);
    if (seen.has(name)) continue;
    seen.add(name);
    const group = held.filter((one) => isTogether(one, earning, per, of)).toSorted(inOrder);
    const last = group.at(-1)!;
    const isOver = per === 'deal' || periodName(world.facts.asOf, per) > periodName(last.event.on, per);
    if (!isOver) continue;
    // Silent: the floor of the last line counts, where versions disagree.
    const floor = moneyText(limitText(last, 'floor', per, of)!);
    const unknown = group.filter((one) => rateOf(world, one.event, floor.currency, one.currency) === null);
    // Silent: what cannot be told in the currency of the floor waits, and the floor with it.
    if (unknown.length > 0) {
      for (const one of unknown) waiting.add(one);
      continue;
    }
    const earned = sumOf(
      group.map((one) => {
        const { from, to } = one.slice ?? { from: nothing, to: whole };
        const net = one.value.times(to.minus(from)).times(one.left);
        const rate = rateOf(world, one.event, floor.currency, one.currency)!;
        return exchanged(net, one.currency, floor.currency, whole.over(rate));
      }),
    );
    if (!earned.isAbove(nothing) || !floor.minor.isAbove(earned)) continue;
    const value = floor.minor.minus(earned);
    const component = `${last.rule.id}/${of === 'plan' ? 'plan-' : ''}floor-${per}`;
    const money = { value, stayed: value, currency: floor.currency, slice: null, left: whole };
    topUps.push({ ...last, ...money, component, isTopUp: true });
  }
  return [...earnings.filter((earning) => !waiting.has(earning)), ...topUps];
}
