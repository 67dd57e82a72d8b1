import type { Currency } from '../money/currency.js';
import type { Day } from '../program/calendar.js';
import type { LineKind } from './booked-line.js';
import type { Explanation } from './explanation.js';

export const lineStatuses = ['pending', 'payable', 'paid', 'on_hold'] as const;
/** Where a line stands today; derived, never stored. */
export type LineStatus = (typeof lineStatuses)[number];

/** A line as it is booked. */
export interface CommissionLine {
  readonly id: string;
  readonly entryId: string;
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
  readonly dealRevision: number | null;
  readonly registrationId: string | null;
  readonly planVersionId: string | null;
  readonly planVersion: string | null;
  readonly sourceLineId: string | null;
  readonly explanation: Explanation;
  readonly inputsHash: string;
  readonly bookedAt: Date;
}

/** What a line is about: its deal, or its registration while that has none. */
export function subjectOf(line: Pick<CommissionLine, 'dealId' | 'registrationId'>): string | null {
  return line.dealId ?? line.registrationId;
}

/** A line with what is known of it today. */
export interface StandingLine extends CommissionLine {
  readonly status: LineStatus;
}
