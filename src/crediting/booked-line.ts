import type { EntryKind } from '../ledger/entry-kinds.js';
import type { Currency } from '../money/currency.js';
import type { EarningKind } from '../plans/wanted-line.js';
import type { Day } from '../program/calendar.js';

/** What a commission line may be: it gives, it takes back what was not paid or was, or it puts right. */
export type LineKind = EarningKind | (EntryKind & ('reversal' | 'clawback' | 'adjustment'));

/** A line in the book, as far as the next booking has to know it. */
export interface BookedLine {
  readonly id: string;
  /** Identity of the thing that was earned; see WantedLine. */
  readonly key: string;
  readonly occasion: string;
  /** 1 for the first line under its key, and so on. */
  readonly ordinal: number;
  readonly partnerId: string;
  readonly payee: 'partner' | 'customer';
  readonly kind: LineKind;
  readonly component: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly payableOn: Day;
  /** Null for what no deal earned. */
  readonly dealId: string | null;
  /** Null, like the version, for what a person decided. */
  readonly registrationId: string | null;
  readonly planVersionId: string | null;
  /** How people name that version, such as `standard@2`. */
  readonly planVersion: string | null;
  /** The line that a taking-back or an adjustment is about. */
  readonly sourceLineId: string | null;
  /** Whether it has been paid out and the payment has not come back. */
  readonly paid: boolean;
}
