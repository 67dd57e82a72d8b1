import type { Flag } from '../../plans/findings.js';
import { versionName } from '../../plans/plan.js';
import { position } from '../../plans/position.js';
import type { Facts } from '../../plans/facts.js';
import type { Day } from '../../program/calendar.js';
import type { BookedLine } from '../booked-line.js';
import { difference, type DueLine } from '../difference.js';
import { explain, type Explanation } from '../explanation.js';
import type { LineStatus } from '../commission-line.js';
import { createWhyNot } from '../why-not.js';
import type { ScenarioDocument } from './scenario-document.js';
import { timelineOf, type ScenarioPayout } from './scenario-facts.js';

/** A line that a scenario books. */
export interface ScenarioLine extends BookedLine {
  readonly earnedOn: Day;
  readonly bookedOn: Day;
  readonly explanation: Explanation;
}

export interface ScenarioOutcome {
  readonly asOf: Day;
  /** In the order in which they were booked. */
  readonly lines: readonly (ScenarioLine & { readonly status: LineStatus })[];
  readonly flags: readonly Flag[];
}

/**
 * What the books say after everything a scenario tells has happened, in its order: at each moment the whole position is
 * computed and the difference booked, by the very code that credits real deals.
 */
export function runScenario(document: ScenarioDocument): ScenarioOutcome {
  const timeline = timelineOf(document);
  let lines: readonly ScenarioLine[] = [];
  let flags: readonly Flag[] = [];
  for (const moment of timeline.moments) {
    const facts = timeline.factsAt(moment);
    const wanted = position(facts);
    const due = difference(wanted, lines, facts.asOf);
    lines = [...lines, ...due.map((line, index) => bookedLine(line, `line-${lines.length + index + 1}`, facts))];
    flags = wanted.flags;
    for (const payout of timeline.payoutsAt(moment)) {
      lines = lines.map((line) => (isPaidBy(line, payout) ? { ...line, paid: true } : line));
    }
  }
  const { asOf } = document;
  return { asOf, flags, lines: lines.map((line) => ({ ...line, status: statusOf(line, asOf) })) };
}

function isPaidBy(line: ScenarioLine, { on, partner }: ScenarioPayout): boolean {
  return line.payableOn <= on && (partner === undefined || partner === line.partnerId);
}

function statusOf({ paid, payableOn }: ScenarioLine, asOf: Day): LineStatus {
  if (paid) return 'paid';
  return payableOn <= asOf ? 'payable' : 'pending';
}

function bookedLine(due: DueLine, id: string, facts: Facts): ScenarioLine {
  const { cause, ...line } = due;
  const source = cause.kind === 'earned' ? null : cause.source;
  const version = cause.kind === 'undone' ? null : (cause.wanted?.version ?? null);
  return {
    ...line,
    id,
    planVersionId: version?.id ?? source?.planVersionId ?? '',
    planVersion: version === null ? (source?.planVersion ?? '') : versionName(version),
    sourceLineId: source?.id ?? null,
    paid: false,
    bookedOn: facts.asOf,
    explanation: explain(due, { facts, whyNot: createWhyNot(facts) }),
  };
}
