import type { Flag } from '../../plans/findings.js';
import { versionName } from '../../plans/plan.js';
import { position, type Position } from '../../plans/position.js';
import type { Facts, Instant } from '../../plans/facts.js';
import { isDay, type Day } from '../../program/calendar.js';
import { bookDifference, type DueLine } from '../difference.js';
import { explain } from '../explanation.js';
import type { LineStatus } from '../commission-line.js';
import { createWhyNot } from '../why-not.js';
import type { ScenarioDocument } from './scenario-document.js';
import { timelineOf } from './scenario-facts.js';
import type { ScenarioLine } from './scenario-line.js';
import { payOut, type PaidOut } from './scenario-payouts.js';

export interface ScenarioOutcome {
  readonly asOf: Day;
  /** In the order in which they were booked. */
  readonly lines: readonly (ScenarioLine & { readonly status: LineStatus })[];
  readonly flags: readonly Flag[];
  readonly payouts: readonly PaidOut[];
}

/** The scenario takes more work than whoever has it run allows. */
export class ScenarioTooLarge extends Error {
  override readonly name = 'ScenarioTooLarge';
}

/**
 * What the books say after everything a scenario tells has happened, in its order: at each moment the whole position is
 * computed and the difference booked, by the very code that credits real deals.
 * @param mostWork how often a rule may be held against a deal or payment, over all moments
 * @throws ScenarioTooLarge
 */
export function runScenario(document: ScenarioDocument, mostWork = Number.POSITIVE_INFINITY): ScenarioOutcome {
  const timeline = timelineOf(document);
  let lines: readonly ScenarioLine[] = [];
  let flags: readonly Flag[] = [];
  const payouts: PaidOut[] = [];
  let work = 0;
  const due = [...timeline.moments];
  for (let moment = due.shift(); moment !== undefined; moment = due.shift()) {
    const facts = timeline.factsAt(moment);
    work += workOf(facts);
    if (work > mostWork) throw new ScenarioTooLarge();
    const wanted = position(facts);
    const before = lines.length;
    let made = 0;
    const booked = bookDifference(wanted, lines, facts.asOf, (line) => {
      made += 1;
      return bookedLine(line, `line-${String(before + made)}`, facts);
    });
    lines = [...lines, ...booked];
    flags = wanted.flags;
    insertMoments(
      due,
      daysAhead(wanted, facts.asOf).flatMap((day) => timeline.momentOn(day) ?? []),
    );
    for (const payout of timeline.payoutsAt(moment)) {
      const paid = payOut(lines, payout, facts);
      payouts.push(...paid);
      const lineIds = new Set(paid.flatMap((one) => one.lineIds));
      lines = lines.map((line) => (lineIds.has(line.id) ? { ...line, paid: true } : line));
    }
  }
  const { asOf } = document;
  return { asOf, flags, payouts, lines: lines.map((line) => ({ ...line, status: statusOf(line, asOf) })) };
}

function workOf({ planVersions, deals, payments, registrations }: Facts): number {
  const rules = planVersions.reduce((sum, { plan }) => sum + plan.rules.length, 0);
  return rules * (deals.length + payments.length + registrations.length);
}

/** The days to come on which more is earned, or decided, although nothing happens. */
function daysAhead({ again, flags }: Position, asOf: Day): readonly Day[] {
  const waiting = flags.flatMap(({ evidence: { day = null } }) => (day !== null && isDay(day) ? [day] : []));
  return [...again.values(), ...waiting].filter((day) => day > asOf);
}

function insertMoments(due: Instant[], moments: readonly Instant[]): void {
  const added = moments.filter((moment) => !due.includes(moment));
  if (added.length > 0) due.splice(0, due.length, ...new Set([...due, ...added].sort()));
}

function statusOf({ paid, payableOn }: ScenarioLine, asOf: Day): LineStatus {
  if (paid) return 'paid';
  return payableOn <= asOf ? 'payable' : 'pending';
}

function bookedLine(due: DueLine, id: string, facts: Facts): ScenarioLine {
  const { cause, ...line } = due;
  const source = cause.kind === 'earned' ? null : cause.source;
  const wanted = cause.kind === 'undone' ? null : cause.wanted;
  const version = wanted?.source.kind === 'plan' ? wanted.source.version : null;
  return {
    ...line,
    id,
    planVersionId: version?.id ?? source?.planVersionId ?? null,
    planVersion: version === null ? (source?.planVersion ?? null) : versionName(version),
    sourceLineId: source?.id ?? null,
    paid: false,
    bookedOn: facts.asOf,
    explanation: explain(due, { facts, whyNot: createWhyNot(facts) }),
  };
}
