import type { Reader } from '../platform/database.js';
import type {
  DealFacts,
  Facts,
  ManualDecision,
  MetricFacts,
  PartnerFacts,
  PaymentFacts,
  RegistrationFacts,
  StageEntry,
} from '../plans/facts.js';
import { loadPlanVersions } from '../plans/plan.store.js';
import { earnsMonthByMonth, looksAtStages, mayExchange, type PlanVersion } from '../plans/plan.js';
import { serviceMonths } from '../plans/term.js';
import { dayIn, lastDayOf, periodOf, type Day } from '../program/calendar.js';
import type { ProgramSettings } from '../program/program.api.js';
import { sheetsForDays } from '../program/exchange-rate.store.js';
import { loadProgram } from '../program/program.store.js';

/** A deal as the watch stage knows it: without the day it was won, which the program's settings decide. */
export interface DealRecord extends Omit<DealFacts, 'wonOn' | 'stages'> {
  /** What people typed into the CRM as close date, `YYYY-MM-DD`. */
  readonly closeDate: Day | null;
}

/** A registration as its own stage knows it. */
export type RegistrationRecord = Omit<RegistrationFacts, 'submittedOn' | 'approvedOn'>;

/** From a moment up to, not including, another one. */
export interface MomentRange {
  readonly from: Date;
  readonly until: Date;
}

/** Where the facts come from. Each answers for many ids in one go; ids it does not know are left out. */
export interface FactSources {
  readonly deals: (db: Reader, dealIds: readonly string[]) => Promise<readonly DealRecord[]>;
  /** The deals that are left of those of these that were merged away. */
  readonly survivorsOf: (db: Reader, dealIds: readonly string[]) => Promise<readonly string[]>;
  /** The first time that each deal was seen in each of its stages, in that order. */
  readonly stageEntries: (
    db: Reader,
    dealIds: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly Omit<StageEntry, 'on'>[]>>;
  /** Every registration linked to one of the deals, whatever its status. */
  readonly registrationsOfDeals: (db: Reader, dealIds: readonly string[]) => Promise<readonly RegistrationRecord[]>;
  /** Deals linked to a registration of one of the partners that were won in one of the ranges; all that were ever won without ranges. */
  readonly dealsOfPartners: (
    db: Reader,
    partnerIds: readonly string[],
    ranges: readonly MomentRange[] | null,
  ) => Promise<readonly string[]>;
  readonly registrations: (db: Reader, registrationIds: readonly string[]) => Promise<readonly RegistrationRecord[]>;
  /** The partners, and who recruited them, two levels up. */
  readonly partners: (db: Reader, partnerIds: readonly string[]) => Promise<readonly PartnerFacts[]>;
  /** Money of the deals' customers, oldest first. */
  readonly payments: (
    db: Reader,
    dealIds: readonly string[],
    registrationIds: readonly string[],
  ) => Promise<readonly PaymentFacts[]>;
  readonly metrics: (db: Reader, partnerIds: readonly string[]) => Promise<readonly MetricFacts[]>;
  /** What was decided about these deals, and these decisions. */
  readonly decisions: (
    db: Reader,
    dealIds: readonly string[],
    decisionIds: readonly string[],
  ) => Promise<readonly ManualDecision[]>;
}

/** What is credited together: deals, and registrations and decisions that have none. */
export interface CreditScope {
  readonly dealIds: readonly string[];
  readonly registrationIds: readonly string[];
  readonly decisionIds: readonly string[];
}

/** @param drafts versions that are not stored, to be looked at as if they were */
export type LoadFacts = (db: Reader, now: Date, scope: CreditScope, drafts?: readonly PlanVersion[]) => Promise<Facts>;

/** Gathers the facts about a scope, as of now. A deal that is not known has no facts. */
export function createLoadFacts(sources: FactSources): LoadFacts {
  return async (db, now, { dealIds, registrationIds, decisionIds }, drafts = []) => {
    const { settings } = await loadProgram(db);
    const deals = await sources.deals(db, dealIds);
    const registrations = [
      ...(await sources.registrationsOfDeals(db, dealIds)),
      ...(registrationIds.length === 0 ? [] : await sources.registrations(db, registrationIds)),
    ];
    const stored = (await loadPlanVersions(db)).map(({ id, number, plan, knownOn }) => ({
      id,
      number,
      plan,
      knownOn,
    }));
    const planVersions = [...stored, ...drafts];
    // Only plans that pay on stages have the history of every deal read.
    const entries = planVersions.some(({ plan }) => looksAtStages(plan))
      ? await sources.stageEntries(db, dealIds)
      : noEntries;
    const facts = deals.map((deal) => dealFacts(deal, entries.get(deal.id) ?? [], settings));
    const partners = await sources.partners(db, partnersIn(registrations, planVersions));
    const payments = await sources.payments(
      db,
      dealIds,
      registrations.map(({ id }) => id),
    );
    const standing = registrations.map((registration) => registrationFacts(registration, settings.timeZone));
    return {
      program: {
        currencies: settings.knownCurrencies === null ? null : new Set<string>(settings.knownCurrencies),
        creditWhen: settings.creditWhen,
      },
      planVersions,
      rateSheets: await sheetsForDays(
        db,
        daysOfExchange({ planVersions, deals: facts, payments, registrations: standing }),
      ),
      partners: new Map(partners.map((partner) => [partner.id, partner])),
      registrations: standing,
      deals: facts,
      payments,
      metrics: await sources.metrics(
        db,
        partners.map(({ id }) => id),
      ),
      decisions: await sources.decisions(db, dealIds, decisionIds),
      asOf: dayIn(now, settings.timeZone),
    };
  };
}

/** The partners of the registrations, who shares in them, and whom the plans name. */
function partnersIn(registrations: readonly RegistrationRecord[], versions: readonly PlanVersion[]): readonly string[] {
  const named = versions.flatMap(({ plan }) =>
    plan.rules.flatMap(({ split }) => split.flatMap(({ partnerId }) => partnerId ?? [])),
  );
  const sharing = registrations.flatMap(({ partnerId, shares }) => [partnerId, ...shares.map((one) => one.partnerId)]);
  return [...new Set([...sharing, ...named])];
}

/** A registration's facts: its record, and the days it was submitted and approved in the program's time zone. */
export function registrationFacts(record: RegistrationRecord, timeZone: string): RegistrationFacts {
  const dayOf = (at: string | null): Day | null => (at === null ? null : dayIn(new Date(at), timeZone));
  return { ...record, submittedOn: dayOf(record.submittedAt), approvedOn: dayOf(record.approvedAt) };
}

const noEntries: ReadonlyMap<string, readonly Omit<StageEntry, 'on'>[]> = new Map();

function dealFacts(
  { closeDate, ...record }: DealRecord,
  stages: readonly Omit<StageEntry, 'on'>[],
  settings: ProgramSettings,
): DealFacts {
  return {
    ...record,
    currency: record.currency ?? settings.defaultCurrency,
    stages: stages.map((stage) => ({ ...stage, on: dayIn(new Date(stage.at), settings.timeZone) })),
    wonOn: wonOn(record.wonAt, closeDate, settings),
  };
}

function wonOn(wonAt: string | null, closeDate: Day | null, settings: ProgramSettings): Day | null {
  if (wonAt === null) return null;
  const entered = dayIn(new Date(wonAt), settings.timeZone);
  return settings.wonDate === 'close-date' ? (closeDate ?? entered) : entered;
}

/** The days whose rates may count; none where nothing may need one. */
function daysOfExchange({
  planVersions,
  deals,
  payments,
  registrations,
}: Pick<Facts, 'planVersions' | 'deals' | 'payments' | 'registrations'>): readonly Day[] {
  if (!planVersions.some(({ plan }) => mayExchange(plan)) && !paidInAnother(deals, payments)) return [];
  const byMonth = planVersions.some(({ plan }) => plan.rules.some(earnsMonthByMonth));
  const days = [
    ...deals.flatMap(({ wonOn, stages }) => [...(wonOn === null ? [] : [wonOn]), ...stages.map(({ on }) => on)]),
    ...registrations.flatMap(({ approvedOn }) => approvedOn ?? []),
    ...payments.flatMap(({ receivedOn, servicePeriod }) => [
      receivedOn,
      ...(servicePeriod === null || !byMonth ? [] : serviceMonths(servicePeriod).map(({ from }) => from)),
    ]),
  ];
  return [...new Set(days)].flatMap((day) => [day, lastDayOf(periodOf(day))]);
}

/** Whether a customer paid, or got back, in another currency than the deal's: that is exchanged whatever the plan says. */
function paidInAnother(deals: readonly DealFacts[], payments: readonly PaymentFacts[]): boolean {
  const currencies = new Map(deals.map(({ id, currency }) => [id, currency]));
  return payments.some(({ dealId, currency }) => dealId === null || currencies.get(dealId) !== currency);
}
