import type { Day } from '../program/calendar.js';
import type { RateSheet } from '../program/exchange-rates.js';
import type { CreditMoment, PlanVersion } from './plan.js';

/** A moment as ISO 8601 UTC text with milliseconds, so that the order of texts is the order of time. */
export type Instant = string;

export interface ProgramFacts {
  /** Currencies the program deals in; null: every currency of ISO 4217. */
  readonly currencies: ReadonlySet<string> | null;
  /** What a plan that does not say goes by. */
  readonly creditWhen: CreditMoment;
}

export interface PartnerFacts {
  readonly id: string;
  /** When the partner left the program; null while it takes part. */
  readonly deactivatedAt: Instant | null;
}

export interface RegistrationFacts {
  readonly id: string;
  readonly partnerId: string;
  /** The deal it is linked to; null until there is one. */
  readonly dealId: string | null;
  /** First submission, which a return for a question does not move; null for a draft. */
  readonly submittedAt: Instant | null;
  /** The day of the first submission in the program's time zone. */
  readonly submittedOn: Day | null;
  readonly approvedAt: Instant | null;
  /** Last day of protection, itself included; null before approval. */
  readonly protectedUntil: Day | null;
  /** When it was rejected or withdrawn; null while it stands. Expiry is not an end: `protectedUntil` says what it covers. */
  readonly endedAt: Instant | null;
}

export interface DealFacts {
  readonly id: string;
  readonly outcome: 'open' | 'won' | 'lost';
  /** No longer in the CRM: in its bin, deleted, or eaten by a merge. */
  readonly archived: boolean;
  /** When it entered the won stages it is in; null while it is not won. */
  readonly wonAt: Instant | null;
  /** The day that counts as the day of winning, in the program's time zone. */
  readonly wonOn: Day | null;
  /** Decimal text in major units, as the CRM holds it. */
  readonly amount: string | null;
  readonly currency: string | null;
  /** CRM fields, by the names the program's field map gives them. */
  readonly fields: Readonly<Record<string, string | null>>;
  /** Number of the revision these facts are from. */
  readonly revision: number;
}

/**
 * Everything a position is computed from: all the deals of a scope and all that bears on them. Nothing else counts, so the same
 * facts always give the same position.
 */
export interface Facts {
  readonly program: ProgramFacts;
  /** Every stored version that is known. */
  readonly planVersions: readonly PlanVersion[];
  /** Exchange rates: at least the sheets that count on the days of the scope. */
  readonly rateSheets: readonly RateSheet[];
  /** At least the partners of the registrations. */
  readonly partners: ReadonlyMap<string, PartnerFacts>;
  readonly registrations: readonly RegistrationFacts[];
  readonly deals: readonly DealFacts[];
  /** Today, in the program's time zone. */
  readonly asOf: Day;
}
