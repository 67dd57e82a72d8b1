import type { Reader } from '../platform/database.js';
import type { DealFacts, Facts, PartnerFacts, RegistrationFacts } from '../plans/facts.js';
import { loadPlanVersions } from '../plans/plan.store.js';
import { mayExchange, type PlanVersion } from '../plans/plan.js';
import { dayIn, lastDayOf, periodOf, type Day } from '../program/calendar.js';
import type { ProgramSettings } from '../program/program.api.js';
import { sheetsForDays } from '../program/exchange-rate.store.js';
import { loadProgram } from '../program/program.store.js';

/** A deal as the watch stage knows it: without the day it was won, which the program's settings decide. */
export interface DealRecord extends Omit<DealFacts, 'wonOn'> {
  /** What people typed into the CRM as close date, `YYYY-MM-DD`. */
  readonly closeDate: Day | null;
}

/** A registration as its own stage knows it. */
export type RegistrationRecord = Omit<RegistrationFacts, 'submittedOn'>;

/** From a moment up to, not including, another one. */
export interface MomentRange {
  readonly from: Date;
  readonly until: Date;
}

/** Where the facts come from. Each answers for many ids in one go; ids it does not know are left out. */
export interface FactSources {
  readonly deals: (db: Reader, dealIds: readonly string[]) => Promise<readonly DealRecord[]>;
  /** Every registration linked to one of the deals, whatever its status. */
  readonly registrationsOfDeals: (db: Reader, dealIds: readonly string[]) => Promise<readonly RegistrationRecord[]>;
  /** Deals linked to a registration of one of the partners that were won in one of the ranges; all that were ever won without ranges. */
  readonly dealsOfPartners: (
    db: Reader,
    partnerIds: readonly string[],
    ranges: readonly MomentRange[] | null,
  ) => Promise<readonly string[]>;
  readonly registration: (db: Reader, registrationId: string) => Promise<RegistrationRecord | null>;
  readonly partners: (db: Reader, partnerIds: readonly string[]) => Promise<readonly PartnerFacts[]>;
}

/** @param drafts versions that are not stored, to be looked at as if they were */
export type LoadFacts = (
  db: Reader,
  now: Date,
  dealIds: readonly string[],
  drafts?: readonly PlanVersion[],
) => Promise<Facts>;

/** Gathers the facts about a scope of deals, as of now. A deal that is not known has no facts. */
export function createLoadFacts(sources: FactSources): LoadFacts {
  return async (db, now, dealIds, drafts = []) => {
    const { settings } = await loadProgram(db);
    const deals = await sources.deals(db, dealIds);
    const registrations = await sources.registrationsOfDeals(db, dealIds);
    const stored = (await loadPlanVersions(db)).map(({ id, number, plan }) => ({ id, number, plan }));
    const planVersions = [...stored, ...drafts];
    const facts = deals.map((deal) => dealFacts(deal, settings));
    const partners = await sources.partners(db, [...new Set(registrations.map(({ partnerId }) => partnerId))]);
    return {
      program: {
        currencies: settings.knownCurrencies === null ? null : new Set<string>(settings.knownCurrencies),
        creditWhen: settings.creditWhen,
      },
      planVersions,
      rateSheets: await sheetsForDays(db, daysOfExchange(planVersions, facts)),
      partners: new Map(partners.map((partner) => [partner.id, partner])),
      registrations: registrations.map((registration) => registrationFacts(registration, settings.timeZone)),
      deals: facts,
      asOf: dayIn(now, settings.timeZone),
    };
  };
}

/** A registration's facts: its record, and the day it was submitted in the program's time zone. */
export function registrationFacts(record: RegistrationRecord, timeZone: string): RegistrationFacts {
  const { submittedAt } = record;
  return { ...record, submittedOn: submittedAt === null ? null : dayIn(new Date(submittedAt), timeZone) };
}

function dealFacts({ closeDate, ...record }: DealRecord, settings: ProgramSettings): DealFacts {
  return {
    ...record,
    currency: record.currency ?? settings.defaultCurrency,
    wonOn: wonOn(record.wonAt, closeDate, settings),
  };
}

function wonOn(wonAt: string | null, closeDate: Day | null, settings: ProgramSettings): Day | null {
  if (wonAt === null) return null;
  const entered = dayIn(new Date(wonAt), settings.timeZone);
  return settings.wonDate === 'close-date' ? (closeDate ?? entered) : entered;
}

/** The days whose rates may count; none where no plan needs one. */
function daysOfExchange(versions: readonly PlanVersion[], deals: readonly DealFacts[]): readonly Day[] {
  if (!versions.some(({ plan }) => mayExchange(plan))) return [];
  return deals.flatMap(({ wonOn: day }) => (day === null ? [] : [day, lastDayOf(periodOf(day))]));
}
