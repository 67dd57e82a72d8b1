import type { Facts, Instant } from '../../plans/facts.js';
import { planOf, type PlanDocument } from '../../plans/plan-document.js';
import type { PlanVersion } from '../../plans/plan.js';
import { dayIn, startOfDayIn, type Day } from '../../program/calendar.js';
import { instantOf } from './moment.js';
import { dealAt, stepsOf } from './scenario-deals.js';
import type { ScenarioDocument } from './scenario-document.js';
import { decisionsOf, metricsOf, moneyOf, type Known } from './scenario-money.js';
import { mergedSheets, sheetsOf } from './scenario-rates.js';
import { partnersOf, seenAt } from './scenario-parties.js';
import { registrationAt, registrationsOf } from './scenario-registrations.js';

/** Everything a scenario says, each thing with when it became so. */
export interface Timeline {
  readonly timeZone: string;
  /** Every moment at which something changes, in order, up to the end of the scenario's last day. */
  readonly moments: readonly Instant[];
  /** The first moment of a day; null when the scenario is over before. */
  momentOn(day: Day): Instant | null;
  /** What was so at a moment. */
  factsAt(moment: Instant): Facts;
  /** What was paid out at a moment: the last one of its day. */
  payoutsAt(moment: Instant): readonly ScenarioPayout[];
}

export type ScenarioPayout = ScenarioDocument['payouts'][number];

const lastMoment = '23:59:59';
const fromTheBeginning = '0001-01-01' as Day;

/** Sorts what a scenario says into the order in which it happened. */
export function timelineOf(document: ScenarioDocument): Timeline {
  const { program } = document;
  const { timeZone } = program;
  const endOf = (day: Day): Instant => instantOf(`${day}T${lastMoment}`, timeZone, 'start');
  const versions = versionsOf(document, timeZone);
  const deals = document.deals.map((deal) => stepsOf(deal, document));
  const registrations = registrationsOf(document, deals);
  const partners = partnersOf(document, timeZone);
  const [money, metrics, decisions] = [moneyOf(document), metricsOf(document), decisionsOf(document)];
  const sheets = sheetsOf(document);
  const end = endOf(document.asOf);
  const changes = [
    ...versions.map(({ knownAt }) => knownAt),
    ...deals.flatMap((steps) => steps.map(({ seenAt }) => seenAt)),
    ...registrations.flatMap((steps) => steps.map(({ at }) => at)),
    ...partners.flatMap(({ deactivatedAt, terms }) => [
      deactivatedAt,
      ...terms.map(({ since }) => startOfDayIn(since, timeZone).toISOString()),
    ]),
    ...[...money, ...metrics, ...decisions, ...sheets].map(({ knownAt }) => knownAt),
    ...document.payouts.map(({ on }) => endOf(on)),
    end,
  ];
  const moments = changes.filter((moment) => moment !== null && moment <= end).map(String);
  return {
    timeZone,
    moments: [...new Set(moments)].sort(),
    momentOn: (day) => {
      const moment = startOfDayIn(day, timeZone).toISOString();
      return moment <= end ? moment : null;
    },
    payoutsAt: (moment) => document.payouts.filter(({ on }) => endOf(on) === moment),
    factsAt: (moment) => ({
      program: {
        currencies: program.currencies === undefined ? null : new Set<string>(program.currencies),
        creditWhen: program.creditWhen,
      },
      planVersions: versions.filter(({ knownAt }) => knownAt <= moment).map(({ version }) => version),
      rateSheets: mergedSheets(knownBy(sheets, moment)),
      partners: new Map(partners.map((partner) => [partner.id, seenAt(partner, moment, 'deactivatedAt')])),
      registrations: registrations.flatMap((steps) => registrationAt(steps, moment)),
      deals: deals.flatMap((steps) => dealAt(steps, moment, timeZone)),
      payments: knownBy(money, moment),
      metrics: knownBy(metrics, moment),
      decisions: knownBy(decisions, moment),
      asOf: dayIn(new Date(moment), timeZone),
    }),
  };
}

function knownBy<T>(things: readonly Known<T>[], moment: Instant): readonly T[] {
  return things.filter(({ knownAt }) => knownAt <= moment).map(({ thing }) => thing);
}

interface KnownVersion {
  readonly version: PlanVersion;
  readonly knownAt: Instant;
}

function versionsOf(document: ScenarioDocument, timeZone: string): readonly KnownVersion[] {
  const counts = new Map<string, number>();
  return document.plans.map((entry) => {
    const terms: PlanDocument = 'terms' in entry ? entry.terms : entry;
    const number = (counts.get(terms.plan) ?? 0) + 1;
    counts.set(terms.plan, number);
    const knownOn = 'terms' in entry ? entry.knownOn : null;
    return {
      version: { id: `${terms.plan}@${number}`, number, plan: planOf(terms), knownOn },
      knownAt: startOfDayIn(knownOn ?? fromTheBeginning, timeZone).toISOString(),
    };
  });
}
