import type { Day } from '../program/calendar.js';
import type { DealFacts, Instant, RegistrationFacts, StageEntry } from './facts.js';
import type { NumberedPayment, WonDeal } from './scope.js';

/** Something that happened for which a rule pays. */
export interface Occasion {
  /** Stable identity: the same thing seen again is the same occasion. */
  readonly key: string;
  /** Where it stands among the others in time: a moment, or a day where no more is known. */
  readonly at: Instant;
  /** The day it counts on, in the program's time zone. */
  readonly on: Day;
  /** Null for a lead that has no deal. */
  readonly deal: DealFacts | null;
  readonly registration: RegistrationFacts;
  /** The payment it is; null for everything else. */
  readonly payment: NumberedPayment | null;
}

/** One win of a deal. Won again is another moment, hence another occasion. */
export function winOf(deal: WonDeal, registration: RegistrationFacts): Occasion {
  return { key: keyOfWin(deal), at: deal.wonAt, on: deal.wonOn, deal, registration, payment: null };
}

export function keyOfWin(deal: Pick<WonDeal, 'id' | 'wonAt'>): string {
  return `won|${deal.id}|${deal.wonAt}`;
}

/** When the deal was won that something was earned by; null for what was not earned by a win. */
export function wonAtOf(occasion: string): Instant | null {
  return /^won\|[^|]+\|(.+)$/.exec(occasion)?.[1] ?? null;
}

/** One payment of the customer. */
export function receiptOf(payment: NumberedPayment, deal: DealFacts, registration: RegistrationFacts): Occasion {
  return { key: keyOfPayment(payment.id), at: payment.receivedOn, on: payment.receivedOn, deal, registration, payment };
}

export function keyOfPayment(paymentId: string): string {
  return `payment|${paymentId}`;
}

/** The approval of a registration; null while it is not approved, and when it was rejected or withdrawn after all. */
export function approvalOf(registration: RegistrationFacts, deal: DealFacts | null): Occasion | null {
  const { id, approvedAt, approvedOn, endedAt } = registration;
  if (approvedAt === null || approvedOn === null || endedAt !== null) return null;
  return { key: `approved|${id}`, at: approvedAt, on: approvedOn, deal, registration, payment: null };
}

/** The first time a deal was in a stage. */
export function entryOf(stage: string, entry: StageEntry, deal: DealFacts, registration: RegistrationFacts): Occasion {
  const key = `stage|${deal.id}|${stage.toLowerCase()}`;
  return { key, at: entry.at, on: entry.on, deal, registration, payment: null };
}

/** A partner having brought as many deals as its recruiter is rewarded for. */
export function recruitOf(recruit: string, deals: number, win: Occasion): Occasion {
  return { ...win, key: `recruit|${recruit}|${String(deals)}` };
}

/** The first entry of a deal into a stage, by its id or its label. */
export function stageEntry({ stages }: DealFacts, stage: string): StageEntry | null {
  const wanted = stage.toLowerCase();
  return stages.find(({ names }) => names.some((name) => name.toLowerCase() === wanted)) ?? null;
}
