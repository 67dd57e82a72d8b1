import type { Day } from '../../program/calendar.js';
import type { BookedLine } from '../booked-line.js';
import type { Explanation } from '../explanation.js';

/** A line that a scenario books. */
export interface ScenarioLine extends BookedLine {
  readonly earnedOn: Day;
  readonly bookedOn: Day;
  readonly explanation: Explanation;
}
