import fc from 'fast-check';
import type {
  DealFacts,
  MetricFacts,
  PartnerFacts,
  PaymentFacts,
  RegistrationFacts,
} from '../../../src/plans/facts.js';
import type { RateSheet } from '../../../src/program/exchange-rates.js';
import type { World } from '../naive/world.js';
import { asDay } from '../sample-facts.js';
import { dealHistory } from './deals.js';
import { moneyOf } from './money.js';
import { metrics, people, rateSheets } from './people.js';
import { registrationHistory } from './registrations.js';
import type { Told } from './told.js';

/** What happened, in the order of its days, and what is known of partners and rates from the beginning. */
export interface History {
  readonly told: readonly Told[];
  readonly partners: readonly PartnerFacts[];
  readonly metrics: readonly MetricFacts[];
  readonly rateSheets: readonly RateSheet[];
}

/** The day after everything that is generated has happened, and every time that was paid for is over. */
export const atLast = '2027-12-31';

const ofDeal = (index: number): fc.Arbitrary<Told[]> => {
  const id = `deal_${index}`;
  return fc
    .tuple(
      dealHistory(id),
      moneyOf(id),
      registrationHistory(`reg_${index}`, id),
      fc.option(registrationHistory(`reg_${index}_rival`, id), { freq: 3, nil: [] }).map((all) => all),
    )
    .map((all) => all.flat());
};

/** A few deals with their registrations and money, and now and then a lead that never had a deal. */
export const history: fc.Arbitrary<History> = fc.record({
  told: fc
    .tuple(
      fc
        .integer({ min: 1, max: 5 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => ofDeal(i + 1)))),
      fc.option(registrationHistory('reg_lead', null), { freq: 1, nil: [] }),
    )
    .map(([deals, lead]) => inTime([...deals.flat(), ...lead])),
  partners: people,
  metrics,
  rateSheets,
});

function inTime(told: readonly Told[]): Told[] {
  return told.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** The facts that follow from what was told, in whatever order and however often. */
export function factsOf(history: Omit<History, 'told'>, told: readonly Told[], asOf: string): World['facts'] {
  const deals = new Map<string, DealFacts>();
  const registrations = new Map<string, RegistrationFacts>();
  const money = new Map<string, PaymentFacts>();
  for (const one of told) {
    if (one.kind === 'money') money.set(one.money.id, one.money);
    if (one.kind === 'deal' && (deals.get(one.deal.id)?.revision ?? 0) < one.deal.revision) {
      deals.set(one.deal.id, one.deal);
    }
    if (one.kind === 'registration') {
      const { registration } = one;
      const known = registrations.get(registration.id);
      if (known === undefined || isLater(registration, known)) registrations.set(registration.id, registration);
    }
  }
  return {
    program: { currencies: null, creditWhen: 'approved' },
    rateSheets: history.rateSheets,
    partners: new Map(history.partners.map((partner) => [partner.id, partner])),
    registrations: byId([...registrations.values()]),
    deals: byId([...deals.values()]),
    payments: byId([...money.values()]).toSorted((a, b) =>
      a.receivedOn < b.receivedOn ? -1 : a.receivedOn > b.receivedOn ? 1 : 0,
    ),
    metrics: history.metrics,
    asOf: asDay(asOf),
  };
}

/** A registration only ever gets further: submitted, approved, ended. */
function isLater(a: RegistrationFacts, b: RegistrationFacts): boolean {
  const steps = ({ approvedAt, endedAt }: RegistrationFacts): number =>
    Number(approvedAt !== null) + Number(endedAt !== null);
  return steps(a) > steps(b);
}

function byId<T extends { readonly id: string }>(things: readonly T[]): T[] {
  return things.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
