import type { Currency } from '../money/currency.js';
import type { Facts } from '../plans/facts.js';
import type { Flag } from '../plans/findings.js';
import { position } from '../plans/position.js';
import { netOf, type WantedLine } from '../plans/wanted-line.js';

/** What all lines of one deal in the book come to, for one partner in one currency. */
export interface BookedSum {
  readonly dealId: string;
  readonly partnerId: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
}

/** Some deals, with all that their commissions are computed from. */
export interface ComparedDeals {
  /** With the draft among the plan versions. May hold further deals, which only bear on these. */
  readonly facts: Facts;
  readonly dealIds: ReadonlySet<string>;
  /** Of these deals. */
  readonly booked: readonly BookedSum[];
}

/** What is in the book, and what would be; the one minus the other is what would be booked. */
export interface Comparison {
  readonly currency: Currency;
  readonly bookedMinor: bigint;
  readonly wouldBeMinor: bigint;
}

export interface PartnerComparison extends Comparison {
  readonly partnerId: string;
}

export interface DealComparison extends PartnerComparison {
  readonly dealId: string;
}

export interface PlanComparison {
  /** How many deals were looked at. */
  readonly dealsCompared: number;
  /** How many of them would have something booked. */
  readonly dealsChanged: number;
  readonly totals: readonly Comparison[];
  readonly partners: readonly PartnerComparison[];
  readonly deals: readonly DealComparison[];
  readonly flags: readonly Flag[];
}

export interface PlanComparer {
  add(compared: ComparedDeals): void;
  result(): PlanComparison;
}

/**
 * Compares the book with what it would say under a draft of a plan, some deals at a time, so that the facts of all of them need
 * not be held at once. Each deal is added once, with every deal that bears on it.
 * @param keep the deals to name: those that differ, or each that has or would have a line
 */
export function createPlanComparer(keep: 'changed' | 'all'): PlanComparer {
  const totals = new Map<string, Writable<Comparison>>();
  const partners = new Map<string, Writable<PartnerComparison>>();
  const deals: DealComparison[] = [];
  const changed = new Set<string>();
  const flags: Flag[] = [];
  let dealsCompared = 0;
  return {
    add: (compared) => {
      const wouldBe = position(compared.facts);
      flags.push(...wouldBe.flags.filter(({ dealId }) => compared.dealIds.has(dealId)));
      dealsCompared += compared.dealIds.size;
      for (const row of rowsOf(compared, wouldBe.lines)) {
        const { partnerId, currency } = row;
        addTo(totals, currency, row, { currency, ...nothing });
        addTo(partners, `${partnerId}|${currency}`, row, { partnerId, currency, ...nothing });
        const differs = row.bookedMinor !== row.wouldBeMinor;
        if (differs) changed.add(row.dealId);
        if (differs || keep === 'all') deals.push(row);
      }
    },
    result: () => ({
      dealsCompared,
      dealsChanged: changed.size,
      totals: inOrder(totals.values(), ({ currency }) => currency),
      partners: inOrder(partners.values(), ({ partnerId, currency }) => `${partnerId}|${currency}`),
      deals: inOrder(deals, ({ partnerId, dealId, currency }) => `${partnerId}|${dealId}|${currency}`),
      flags: inOrder(flags, ({ dealId, kind, about }) => `${dealId}|${kind}|${about}`),
    }),
  };
}

const nothing = { bookedMinor: 0n, wouldBeMinor: 0n };

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** One row for each deal, partner and currency: the rules of a plan are added up, as their lines may be named otherwise. */
function rowsOf({ dealIds, booked }: ComparedDeals, lines: readonly WantedLine[]): Iterable<DealComparison> {
  const rows = new Map<string, Writable<DealComparison>>();
  const add = (sum: BookedSum, as: 'bookedMinor' | 'wouldBeMinor'): void => {
    const { dealId, partnerId, currency, amountMinor } = sum;
    const key = `${dealId}|${partnerId}|${currency}`;
    const row = rows.get(key) ?? { dealId, partnerId, currency, ...nothing };
    row[as] += amountMinor;
    rows.set(key, row);
  };
  for (const sum of booked) if (dealIds.has(sum.dealId)) add(sum, 'bookedMinor');
  for (const line of lines) {
    const { deal, partnerId, currency } = line;
    if (deal === null || !dealIds.has(deal.id)) continue;
    add({ dealId: deal.id, partnerId, currency, amountMinor: netOf(line) }, 'wouldBeMinor');
  }
  return rows.values();
}

function addTo<Sum extends Writable<Comparison>>(
  sums: Map<string, Sum>,
  key: string,
  row: Comparison,
  empty: Sum,
): void {
  const sum = sums.get(key) ?? empty;
  sum.bookedMinor += row.bookedMinor;
  sum.wouldBeMinor += row.wouldBeMinor;
  sums.set(key, sum);
}

function inOrder<T>(items: Iterable<T>, keyOf: (item: T) => string): readonly T[] {
  return [...items]
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}
