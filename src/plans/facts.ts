import type { Day } from '../program/calendar.js';
import type { RateSheet } from '../program/exchange-rates.js';
import type { Currency } from '../money/currency.js';
import type { Ratio } from '../money/ratio.js';
import type { CreditMoment, PlanVersion } from './plan.js';

/** A moment as ISO 8601 UTC text with milliseconds, so that the order of texts is the order of time. */
export type Instant = string;

export interface ProgramFacts {
  /** Currencies the program deals in; null: every currency of ISO 4217. */
  readonly currencies: ReadonlySet<string> | null;
  /** What a plan that does not say goes by. */
  readonly creditWhen: CreditMoment;
}

/** What a partner was from a day on, until the next of its terms. */
export interface PartnerTerms {
  readonly since: Day;
  readonly type: string | null;
  readonly tier: string | null;
  readonly tags: readonly string[];
}

export interface PartnerFacts {
  readonly id: string;
  /** When the partner left the program; null while it takes part. */
  readonly deactivatedAt: Instant | null;
  /** Who recruited it; null for nobody. */
  readonly recruitedBy: string | null;
  /** Oldest first, one for each day on which something changed. */
  readonly terms: readonly PartnerTerms[];
}

/** A partner's part in a registration. */
export interface PartnerShare {
  readonly partnerId: string;
  /** Of all the parts together; the parts of a registration sum to one. */
  readonly share: Ratio;
}

/** The company that was registered. */
export interface CustomerFacts {
  readonly name: string | null;
  readonly domain: string | null;
  readonly country: string | null;
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
  /** The day of the approval in the program's time zone. */
  readonly approvedOn: Day | null;
  /** Last day of protection, itself included; null before approval. */
  readonly protectedUntil: Day | null;
  /** When it was rejected or withdrawn; null while it stands. Expiry is not an end: `protectedUntil` says what it covers. */
  readonly endedAt: Instant | null;
  readonly product: string | null;
  readonly customer: CustomerFacts;
  /** Between whom its commission is divided; empty when it is all its partner's. */
  readonly shares: readonly PartnerShare[];
}

/** The first time a deal entered a stage. */
export interface StageEntry {
  /** By any of the names the stage goes by: its id in the CRM and its label. */
  readonly names: readonly string[];
  readonly at: Instant;
  readonly on: Day;
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
  readonly pipeline: string | null;
  /** In the order in which it entered them. */
  readonly stages: readonly StageEntry[];
  /** The day on which the customer left; null while it stays. */
  readonly churnedOn: Day | null;
  /** CRM fields, by the names the program's field map gives them. */
  readonly fields: Readonly<Record<string, string | null>>;
  /** Number of the revision these facts are from. */
  readonly revision: number;
}

/** Money that a customer paid, or got back. */
export interface PaymentFacts {
  readonly id: string;
  /** The deal it is for, or the registration while that has none. */
  readonly dealId: string | null;
  readonly registrationId: string | null;
  readonly kind: 'payment' | 'refund';
  /** Above zero, tax included; of a refund too. */
  readonly amountMinor: bigint;
  readonly currency: Currency;
  /** The part of the amount that is tax; null when nothing was said. */
  readonly taxMinor: bigint | null;
  readonly receivedOn: Day;
  /** What time the payment is for, both days included. */
  readonly servicePeriod: { readonly from: Day; readonly to: Day } | null;
  /** The payment that a refund gives back, where it names one. */
  readonly refundOf: string | null;
}

/** One value of what a program measures of a partner. */
export interface MetricFacts {
  readonly partnerId: string;
  readonly name: string;
  /** `2026-03`, `2026-Q1` or `2026`. */
  readonly period: string;
  readonly value: Ratio;
}

/** What a person decided about a commission, above every plan. */
export interface ManualDecision {
  readonly id: string;
  /** `add` books the amount as a line of its own; `set` says what a rule pays the partner for a deal, whatever it would pay. */
  readonly kind: 'add' | 'set';
  readonly partnerId: string;
  readonly dealId: string | null;
  /** The rule a `set` is about; null for every rule. */
  readonly rule: string | null;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly on: Day;
  readonly reason: string;
  readonly author: string;
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
  /** At least the partners of the registrations, who share in them, and who recruited them. */
  readonly partners: ReadonlyMap<string, PartnerFacts>;
  readonly registrations: readonly RegistrationFacts[];
  readonly deals: readonly DealFacts[];
  /** Of the deals and of registrations without one, in the order in which they were received. */
  readonly payments: readonly PaymentFacts[];
  readonly metrics: readonly MetricFacts[];
  readonly decisions: readonly ManualDecision[];
  /** What further deals add to volumes, by the volume's name (volume.ts); left out where all that bear on the deals are there. */
  readonly elsewhere?: ReadonlyMap<string, Ratio>;
  /** Today, in the program's time zone. */
  readonly asOf: Day;
}
