import type { Currency } from '../money/currency.js';
import type { Position } from '../plans/position.js';
import type { WantedLine } from '../plans/wanted-line.js';
import type { Day } from '../program/calendar.js';
import type { BookedLine, LineKind } from './booked-line.js';
import { openLines, type OpenLine } from './open-lines.js';

/** Why a line has to be booked. */
export type Cause =
  | { readonly kind: 'earned'; readonly wanted: WantedLine }
  /** What was earned still stands, at another amount; `wanted` is null when nothing is due for it any more. */
  | {
      readonly kind: 'amended';
      readonly wanted: WantedLine | null;
      readonly source: BookedLine;
      readonly bookedMinor: bigint;
    }
  /** What it was earned by no longer stands. */
  | { readonly kind: 'undone'; readonly source: BookedLine };

/** A line that has to be booked so that the book says what the position says. */
export interface DueLine {
  readonly key: string;
  readonly occasion: string;
  readonly ordinal: number;
  readonly partnerId: string;
  readonly kind: LineKind;
  readonly component: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly earnedOn: Day;
  readonly payableOn: Day;
  readonly dealId: string;
  readonly registrationId: string;
  readonly cause: Cause;
}

/**
 * What has to be booked: the position minus what is in the book, thing by thing. Empty when they agree, so that running again
 * books nothing, and in whatever order facts became known the book ends at the same totals.
 * @param booked every line of the scope's deals that is in the book
 * @param asOf the day of booking: what corrects is booked today and never in the past
 */
export function difference(
  position: Pick<Position, 'lines' | 'standing'>,
  booked: readonly BookedLine[],
  asOf: Day,
): readonly DueLine[] {
  const wanted = new Map(position.lines.map((line) => [line.key, line]));
  const bookedByKey = groupByKey(booked);
  const keys = [...new Set([...bookedByKey.keys(), ...wanted.keys()])];
  return keys.flatMap((key) => {
    const lines = (bookedByKey.get(key) ?? []).toSorted((a, b) => a.ordinal - b.ordinal);
    const due = dueUnderKey(lines, wanted.get(key) ?? null, position.standing, asOf);
    return due.map((line, index) => ({ ...line, ordinal: lines.length + index + 1 }));
  });
}

type Unnumbered = Omit<DueLine, 'ordinal'>;

function dueUnderKey(
  lines: readonly BookedLine[],
  wanted: WantedLine | null,
  standing: ReadonlySet<string>,
  asOf: Day,
): readonly Unnumbered[] {
  const open = openLines(lines);
  // Currencies never net: a deal amended into another one has its line taken back in the first and earned in the second.
  const currencies = new Set(open.map(({ line }) => line.currency));
  if (wanted !== null) currencies.add(wanted.currency);
  return [...currencies].flatMap((currency) => {
    const openHere = open.filter(({ line }) => line.currency === currency);
    const wantedHere = wanted?.currency === currency ? wanted : null;
    return dueInCurrency(openHere, wantedHere, standing, asOf);
  });
}

function dueInCurrency(
  open: readonly OpenLine[],
  wanted: WantedLine | null,
  standing: ReadonlySet<string>,
  asOf: Day,
): readonly Unnumbered[] {
  const bookedMinor = open.reduce((sum, { openMinor }) => sum + openMinor, 0n);
  const dueMinor = (wanted?.amountMinor ?? 0n) - bookedMinor;
  const latest = open.findLast(({ line }) => isEarning(line.kind)) ?? open.at(-1);
  if (dueMinor === 0n) return [];
  if (latest === undefined) return wanted === null ? [] : [earned(wanted)];
  if (wanted !== null) {
    return [
      correction('adjustment', latest.line, dueMinor, asOf, {
        kind: 'amended',
        wanted,
        source: latest.line,
        bookedMinor,
      }),
    ];
  }
  return open.map(({ line, openMinor }) =>
    standing.has(line.occasion)
      ? correction('adjustment', line, -openMinor, asOf, {
          kind: 'amended',
          wanted,
          source: line,
          bookedMinor: openMinor,
        })
      : correction(line.paid ? 'clawback' : 'reversal', line, -openMinor, asOf, { kind: 'undone', source: line }),
  );
}

function earned(wanted: WantedLine): Unnumbered {
  return {
    key: wanted.key,
    occasion: wanted.occasion,
    partnerId: wanted.partnerId,
    kind: wanted.kind,
    component: wanted.component,
    amountMinor: wanted.amountMinor,
    currency: wanted.currency,
    earnedOn: wanted.earnedOn,
    payableOn: wanted.payableOn,
    dealId: wanted.deal.id,
    registrationId: wanted.registration.id,
    cause: { kind: 'earned', wanted },
  };
}

/** A line that changes an earlier one: it matures with that line, or at once when that line was paid already. */
function correction(
  kind: 'reversal' | 'clawback' | 'adjustment',
  source: BookedLine,
  amountMinor: bigint,
  asOf: Day,
  cause: Cause,
): Unnumbered {
  return {
    key: source.key,
    occasion: source.occasion,
    partnerId: source.partnerId,
    kind,
    component: source.component,
    amountMinor,
    currency: source.currency,
    earnedOn: asOf,
    payableOn: source.paid ? asOf : source.payableOn,
    dealId: source.dealId,
    registrationId: source.registrationId,
    cause,
  };
}

function groupByKey(lines: readonly BookedLine[]): ReadonlyMap<string, readonly BookedLine[]> {
  const groups = new Map<string, BookedLine[]>();
  for (const line of lines) {
    const group = groups.get(line.key);
    if (group === undefined) groups.set(line.key, [line]);
    else group.push(line);
  }
  return groups;
}

function isEarning(kind: LineKind): boolean {
  return kind !== 'reversal' && kind !== 'clawback' && kind !== 'adjustment';
}
