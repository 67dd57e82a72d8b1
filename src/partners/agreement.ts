import type { Day } from '../program/calendar.js';

export interface DatedAgreement {
  /** Counts up from 1. */
  readonly version: number;
  readonly effectiveFrom: Day;
  /** Whether who accepted an earlier one is asked again. */
  readonly asksAcceptance: boolean;
}

/** How a partner stands to the agreement on a day. */
export interface AgreementStanding {
  /** What is in force; null while nothing is. */
  readonly current: number | null;
  /** Whether it is to be accepted before anything else. */
  readonly asked: boolean;
}

/**
 * A partner is asked while it accepted nothing since the last version in force that asks. What only clears up wording holds for who
 * accepted the one before.
 * @param versions oldest first, each in force from the day of the one before or later
 */
export function agreementStanding(
  versions: readonly DatedAgreement[],
  accepted: readonly number[],
  today: Day,
): AgreementStanding {
  const inForce = versions.filter(({ effectiveFrom }) => effectiveFrom <= today);
  const asking = inForce.findLast(({ asksAcceptance }) => asksAcceptance);
  const asked = asking !== undefined && !accepted.some((version) => version >= asking.version);
  return { current: inForce.at(-1)?.version ?? null, asked };
}
