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
  /** The customer got something back, or left: its share of what was earned is taken back. */
  | {
      readonly kind: 'taken-back';
      readonly wanted: WantedLine;
      readonly source: BookedLine;
      readonly sentence: string;
    }
  /** What it was earned by no longer stands. */
  | { readonly kind: 'undone'; readonly source: BookedLine };

/** A line that has to be booked so that the book says what the position says. */
export interface DueLine {
  readonly key: string;
  readonly occasion: string;
  readonly ordinal: number;
  readonly partnerId: string;
  readonly payee: 'partner' | 'customer';
  readonly kind: LineKind;
  readonly component: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly earnedOn: Day;
  readonly payableOn: Day;
  readonly dealId: string | null;
  readonly registrationId: string | null;
  readonly cause: Cause;
}

/** The most passes it takes: what is earned, what is taken back of it, and a look that finds nothing left. */
const maxPasses = 4;

/**
 * What has to be booked: the position minus what is in the book, thing by thing. Empty when they agree, so that running again
 * books nothing, and in whatever order facts became known the book ends at the same totals.
 * @param booked every line of the scope that is in the book
 * @param asOf the day of booking: what corrects is booked today and never in the past
 * @param book makes a line of the book of one that is due: what takes something back names the line it takes from
 * @returns the lines that were made, in order
 */
export function bookDifference<Line extends BookedLine>(
  position: Pick<Position, 'lines' | 'standing'>,
  booked: readonly BookedLine[],
  asOf: Day,
  book: (due: DueLine) => Line,
): readonly Line[] {
  const made: Line[] = [];
  for (let pass = 1; pass <= maxPasses; pass += 1) {
    const due = difference(position, [...booked, ...made], asOf);
    if (due.length === 0) break;
    made.push(...due.map(book));
  }
  return made;
}

/** One pass: what is earned or amended under a key comes before what is taken back of it. */
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
  // Currencies never net: a deal amended into another one has its line taken back in the first and earned in the second.
  const currencies = new Set([...openLines(lines).map(({ line }) => line), ...lines].map(({ currency }) => currency));
  if (wanted !== null) currencies.add(wanted.currency);
  return [...currencies].flatMap((currency) => {
    const here = lines.filter((line) => line.currency === currency);
    if (wanted?.currency !== currency) return nothingDue(openLines(here), standing, asOf);
    const gross = grossDue(here, wanted, asOf);
    return gross.length > 0 ? gross : takenBackDue(here, wanted, asOf);
  });
}

/** Takes back all that is left: what was earned by something that no longer stands, or is no longer due. */
function nothingDue(open: readonly OpenLine[], standing: ReadonlySet<string>, asOf: Day): readonly Unnumbered[] {
  if (open.reduce((sum, { openMinor }) => sum + openMinor, 0n) === 0n) return [];
  return open.map(({ line, openMinor }) =>
    standing.has(line.occasion)
      ? correction('adjustment', line, -openMinor, asOf, {
          kind: 'amended',
          wanted: null,
          source: line,
          bookedMinor: openMinor,
        })
      : correction(takingBack(line), line, -openMinor, asOf, { kind: 'undone', source: line }),
  );
}

/** What was earned, whatever of it is taken back. Lines that take back carry the occasion of what they are due to. */
function grossDue(lines: readonly BookedLine[], wanted: WantedLine, asOf: Day): readonly Unnumbered[] {
  const own = lines.filter(({ occasion }) => occasion === wanted.occasion);
  const bookedMinor = own.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const dueMinor = wanted.amountMinor - bookedMinor;
  if (dueMinor === 0n) return [];
  const open = openLines(lines).map(({ line }) => line);
  const latest = open.findLast(({ kind }) => isEarning(kind)) ?? open.at(-1);
  // Where all of it was taken back, less of it is still due to the line that gave it; more is a line of its own.
  const source = latest ?? (dueMinor < 0n ? own.at(-1) : undefined);
  if (source === undefined) return [earned(wanted, dueMinor)];
  const cause = { kind: 'amended', wanted, source, bookedMinor } as const;
  // It counts as earned, also where what is left open was given again for a refund that takes less now.
  return [{ ...correction('adjustment', source, dueMinor, asOf, cause), occasion: wanted.occasion }];
}

function takenBackDue(lines: readonly BookedLine[], wanted: WantedLine, asOf: Day): readonly Unnumbered[] {
  const sentences = new Map(wanted.takenBack.map(({ occasion, sentence }) => [occasion, sentence]));
  const due = new Map(wanted.takenBack.map(({ occasion, amountMinor }) => [occasion, -amountMinor]));
  for (const { occasion, amountMinor } of lines) {
    if (occasion !== wanted.occasion) due.set(occasion, (due.get(occasion) ?? 0n) - amountMinor);
  }
  let open = openLines(lines);
  return [...due].flatMap(([occasion, dueMinor]) => {
    const sentence = sentences.get(occasion) ?? 'What was taken back before is no longer to be taken back.';
    if (dueMinor === 0n) return [];
    if (dueMinor > 0n) return [givenAgain(lines, wanted, occasion, dueMinor, asOf, sentence)];
    const taken = takeFrom(open, -dueMinor);
    open = taken.left;
    return taken.from.map(({ line, openMinor }) => ({
      ...correction(takingBack(line), line, -openMinor, asOf, { kind: 'taken-back', wanted, source: line, sentence }),
      occasion,
    }));
  });
}

/** From which open lines so much is taken: first from what was not paid, of that first from the latest. */
function takeFrom(
  open: readonly OpenLine[],
  wantedMinor: bigint,
): { readonly from: readonly OpenLine[]; readonly left: readonly OpenLine[] } {
  const giving = open.filter(({ openMinor }) => openMinor > 0n);
  const latestFirst = giving.toReversed().toSorted((a, b) => Number(a.line.paid) - Number(b.line.paid));
  let wanted = wantedMinor;
  const from: OpenLine[] = [];
  for (const one of latestFirst) {
    const openMinor = one.openMinor < wanted ? one.openMinor : wanted;
    if (openMinor > 0n) from.push({ ...one, openMinor });
    wanted -= openMinor;
  }
  const last = latestFirst.at(-1) ?? open.at(-1);
  if (wanted > 0n && last !== undefined) from.push({ ...last, openMinor: wanted });
  const taken = new Map(from.map(({ line, openMinor }) => [line.id, openMinor]));
  const left = open.map((one) => ({ ...one, openMinor: one.openMinor - (taken.get(one.line.id) ?? 0n) }));
  return { from, left: left.filter(({ openMinor }) => openMinor !== 0n) };
}

/** Less is to be taken back than was: the rest is given again, beside the line it was taken from. */
function givenAgain(
  lines: readonly BookedLine[],
  wanted: WantedLine,
  occasion: string,
  dueMinor: bigint,
  asOf: Day,
  sentence: string,
): Unnumbered {
  const taking = lines.findLast((line) => line.occasion === occasion);
  const source = lines.find(({ id }) => id === taking?.sourceLineId) ?? taking ?? lines.at(-1);
  if (source === undefined) throw new TypeError('what is given again was taken back before');
  return {
    ...correction('adjustment', source, dueMinor, asOf, { kind: 'taken-back', wanted, source, sentence }),
    occasion,
  };
}

function earned(wanted: WantedLine, amountMinor: bigint): Unnumbered {
  return {
    key: wanted.key,
    occasion: wanted.occasion,
    partnerId: wanted.partnerId,
    payee: wanted.payee,
    kind: wanted.kind,
    component: wanted.component,
    amountMinor,
    currency: wanted.currency,
    earnedOn: wanted.earnedOn,
    payableOn: wanted.payableOn,
    dealId: wanted.source.kind === 'plan' ? (wanted.deal?.id ?? null) : wanted.source.decision.dealId,
    registrationId: wanted.source.kind === 'plan' ? wanted.source.registration.id : null,
    cause: { kind: 'earned', wanted },
  };
}

function takingBack({ paid }: BookedLine): 'reversal' | 'clawback' {
  return paid ? 'clawback' : 'reversal';
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
    payee: source.payee,
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
