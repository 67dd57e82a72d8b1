import { dayIn } from '../program/calendar.js';
import type { ProgramSettings } from '../program/program.api.js';
import { answerBy, lateness, type ReviewClock } from './ageing.js';

type Rung = ProgramSettings['reviewLadder'][number];

/** Rungs in the order in which they are reached. */
export function inOrder(ladder: readonly Rung[]): readonly Rung[] {
  return ladder.toSorted((a, b) => a.workingDays - b.workingDays);
}

/** The rungs that what waits since a moment has reached beyond what was told already. */
export function rungsReached(
  ladder: readonly Rung[],
  { since, toldUpTo }: { readonly since: Date; readonly toldUpTo: number | null },
  clock: ReviewClock,
  now: Date,
): readonly Rung[] {
  const late = lateness(answerBy(since, clock), dayIn(now, clock.timeZone), clock);
  return ladder.filter(
    ({ workingDays }) => workingDays <= late && workingDays > (toldUpTo ?? Number.NEGATIVE_INFINITY),
  );
}

export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
}

const widening = ['channel-manager', 'rev-ops', 'admin'];

/**
 * Whom a rung tells: who has it, or everybody of a role. Where there is nobody, the next role up, so that nothing stays untold
 * because a post is vacant.
 */
export function toldOf(
  tell: Rung['tell'],
  assigneeId: string | null,
  colleagues: readonly Colleague[],
): readonly Colleague[] {
  const assignee = colleagues.filter(({ id }) => id === assigneeId);
  if (tell === 'assignee' && assignee.length > 0) return assignee;
  const from = Math.max(widening.indexOf(tell), 0);
  for (const role of widening.slice(from)) {
    const ofRole = colleagues.filter((colleague) => colleague.role === role);
    if (ofRole.length > 0) return ofRole;
  }
  return [];
}
