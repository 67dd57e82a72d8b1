import type { Currency } from '../../money/currency.js';
import { parseDecimal, type Ratio } from '../../money/ratio.js';
import type { DealFacts, Facts, Instant, PartnerFacts, RegistrationFacts } from '../../plans/facts.js';
import { planOf, type PlanDocument } from '../../plans/plan-document.js';
import type { PlanVersion } from '../../plans/plan.js';
import { addDays, dayIn, startOfDayIn, type Day } from '../../program/calendar.js';
import type { RateSheet } from '../../program/exchange-rates.js';
import { instantOf } from './moment.js';
import type { ScenarioDocument } from './scenario-document.js';

type DealDocument = ScenarioDocument['deals'][number];

/** Everything a scenario says, each thing with when it became so. */
export interface Timeline {
  readonly timeZone: string;
  /** Every moment at which something changes, in order, up to the end of the scenario's last day. */
  readonly moments: readonly Instant[];
  /** What was so at a moment. */
  factsAt(moment: Instant): Facts;
  /** What was paid out at a moment: the last one of its day. */
  payoutsAt(moment: Instant): readonly ScenarioPayout[];
}

export type ScenarioPayout = ScenarioDocument['payouts'][number];

const forEver = '9999-12-31' as Day;
const lastMoment = '23:59:59';

interface KnownVersion {
  readonly version: PlanVersion;
  readonly knownAt: Instant;
}

interface DealStep {
  readonly at: Instant;
  readonly state: Omit<DealFacts, 'wonOn'>;
}

/** Sorts what a scenario says into the order in which it happened. */
export function timelineOf(document: ScenarioDocument): Timeline {
  const { program } = document;
  const { timeZone } = program;
  const endOf = (day: Day): Instant => instantOf(`${day}T${lastMoment}`, timeZone, 'start');
  const versions = versionsOf(document, timeZone);
  const deals = document.deals.map((deal) => stepsOf(deal, document));
  const registrations = registrationsOf(document, deals);
  const partners = partnersOf(document, timeZone);
  const sheets = document.rates.map(sheetOf);
  const end = endOf(document.asOf);
  const changes = [
    ...versions.map(({ knownAt }) => knownAt),
    ...deals.flatMap((steps) => steps.map(({ at }) => at)),
    ...registrations.flatMap(({ submittedAt, approvedAt, endedAt }) => [submittedAt, approvedAt, endedAt]),
    ...partners.map(({ deactivatedAt }) => deactivatedAt),
    ...document.payouts.map(({ on }) => endOf(on)),
    end,
  ];
  const moments = changes.filter((moment) => moment !== null && moment <= end).map(String);
  return {
    timeZone,
    moments: [...new Set(moments)].sort(),
    payoutsAt: (moment) => document.payouts.filter(({ on }) => endOf(on) === moment),
    factsAt: (moment) => ({
      program: {
        currencies: program.currencies === undefined ? null : new Set<string>(program.currencies),
        creditWhen: program.creditWhen,
      },
      planVersions: versions.filter(({ knownAt }) => knownAt <= moment).map(({ version }) => version),
      rateSheets: sheets,
      partners: new Map(partners.map((partner) => [partner.id, seenAt(partner, moment, 'deactivatedAt')])),
      registrations: registrations.flatMap((one) => registrationAt(one, moment)),
      deals: deals.flatMap((steps) => dealAt(steps, moment, timeZone)),
      asOf: dayIn(new Date(moment), timeZone),
    }),
  };
}

function versionsOf(document: ScenarioDocument, timeZone: string): readonly KnownVersion[] {
  const counts = new Map<string, number>();
  return document.plans.map((entry) => {
    const terms: PlanDocument = 'terms' in entry ? entry.terms : entry;
    const number = (counts.get(terms.plan) ?? 0) + 1;
    counts.set(terms.plan, number);
    const knownOn = 'terms' in entry ? entry.knownOn : ('0001-01-01' as Day);
    return {
      version: { id: `${terms.plan}@${number}`, number, plan: planOf(terms) },
      knownAt: startOfDayIn(knownOn, timeZone).toISOString(),
    };
  });
}

/** The states a deal went through, each whole. A deal without any step was there from the beginning. */
function stepsOf(deal: DealDocument, { program }: ScenarioDocument): readonly DealStep[] {
  const { timeZone } = program;
  const written = [
    ...(deal.history ?? []),
    ...(deal.won === undefined ? [] : [{ at: deal.won, outcome: 'won' as const }]),
  ].map((step) => ({ ...step, at: instantOf(step.at, timeZone, 'noon') }));
  const inOrder = written.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  let state: DealStep['state'] = {
    id: deal.id,
    outcome: 'open',
    archived: false,
    wonAt: null,
    amount: deal.amount ?? null,
    currency: deal.currency ?? program.defaultCurrency ?? null,
    fields: deal.fields ?? {},
    revision: 0,
  };
  return inOrder.map(({ at, ...changes }) => {
    const outcome = changes.outcome ?? state.outcome;
    const { amount = state.amount, currency = state.currency, archived = state.archived } = changes;
    const wonAt = outcome !== 'won' ? null : state.outcome === 'won' ? state.wonAt : at;
    const fields = { ...state.fields, ...changes.fields };
    state = { ...state, outcome, archived, amount, currency, fields, wonAt, revision: state.revision + 1 };
    return { at, state };
  });
}

function dealAt(steps: readonly DealStep[], moment: Instant, timeZone: string): readonly DealFacts[] {
  const state = steps.findLast(({ at }) => at <= moment)?.state;
  if (state === undefined) return [];
  return [{ ...state, wonOn: state.wonAt === null ? null : dayIn(new Date(state.wonAt), timeZone) }];
}

function registrationsOf(
  document: ScenarioDocument,
  deals: readonly (readonly DealStep[])[],
): readonly RegistrationFacts[] {
  const { timeZone, protectionDays } = document.program;
  const written = document.registrations.map((one, index): RegistrationFacts => {
    const submittedAt = instantOf(one.submitted, timeZone, 'start');
    const approvedAt = one.approved === undefined ? null : instantOf(one.approved, timeZone, 'start');
    const approvedOn = approvedAt === null ? null : dayIn(new Date(approvedAt), timeZone);
    return {
      id: one.id ?? `registration-${index + 1}`,
      partnerId: one.partner,
      dealId: one.deal,
      submittedAt,
      submittedOn: dayIn(new Date(submittedAt), timeZone),
      approvedAt,
      protectedUntil: one.protectedUntil ?? (approvedOn === null ? null : addDays(approvedOn, protectionDays)),
      endedAt: one.ended === undefined ? null : instantOf(one.ended, timeZone, 'start'),
    };
  });
  const implied = document.deals.flatMap(({ id, partner }, index): readonly RegistrationFacts[] => {
    const firstAt = deals[index]?.[0]?.at;
    if (partner === undefined || firstAt === undefined) return [];
    const submittedOn = dayIn(new Date(firstAt), timeZone);
    const submittedAt = startOfDayIn(submittedOn, timeZone).toISOString();
    const period = { submittedAt, submittedOn, approvedAt: submittedAt, protectedUntil: forEver, endedAt: null };
    return [{ id: `of-${id}`, partnerId: partner, dealId: id, ...period }];
  });
  return [...written, ...implied];
}

/** A registration as it was then: what came later is not there yet. */
function registrationAt(registration: RegistrationFacts, moment: Instant): readonly RegistrationFacts[] {
  if (registration.submittedAt === null || registration.submittedAt > moment) return [];
  const { approvedAt } = registration;
  const isApproved = approvedAt !== null && approvedAt <= moment;
  return [
    {
      ...seenAt(registration, moment, 'endedAt'),
      approvedAt: isApproved ? approvedAt : null,
      protectedUntil: isApproved ? registration.protectedUntil : null,
    },
  ];
}

function seenAt<Name extends string, T extends Readonly<Record<Name, Instant | null>>>(
  thing: T,
  moment: Instant,
  name: Name,
): T {
  const at = thing[name];
  return at !== null && at > moment ? { ...thing, [name]: null } : thing;
}

function partnersOf(document: ScenarioDocument, timeZone: string): readonly PartnerFacts[] {
  const described = new Map(document.partners.map((partner) => [partner.id, partner]));
  const named = [
    ...document.deals.flatMap(({ partner }) => partner ?? []),
    ...document.registrations.map(({ partner }) => partner),
  ];
  const ids = new Set([...described.keys(), ...named]);
  return [...ids].map((id) => {
    const left = described.get(id)?.left;
    return { id, deactivatedAt: left === undefined ? null : instantOf(left, timeZone, 'start') };
  });
}

function sheetOf({ base, day, rates }: ScenarioDocument['rates'][number]): RateSheet {
  const parsed = Object.entries(rates).flatMap(([code, text]): [Currency, Ratio][] => {
    const rate = parseDecimal(text);
    return rate === null ? [] : [[code as Currency, rate]];
  });
  return { base, day, rates: new Map(parsed) };
}
