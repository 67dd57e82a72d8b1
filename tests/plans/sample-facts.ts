import { gateReports, position } from '../../src/plans/position.js';
import type { Gate } from '../../src/plans/gate.js';
import type { DealFacts, Facts, PartnerFacts, RegistrationFacts } from '../../src/plans/facts.js';
import type { PlanVersion } from '../../src/plans/plan.js';
import { readPlanText } from '../../src/plans/read-plan.js';
import type { Day } from '../../src/program/calendar.js';
import type { RateSheet } from '../../src/program/exchange-rates.js';

export const asDay = (text: string): Day => text as Day;

/** A deal of 1000.00 EUR, won on 1 March 2026 at ten, unless told otherwise. */
export function deal(changes: Partial<DealFacts> = {}): DealFacts {
  return {
    id: 'deal_1',
    outcome: 'won',
    archived: false,
    wonAt: '2026-03-01T10:00:00.000Z',
    wonOn: asDay('2026-03-01'),
    amount: '1000.00',
    currency: 'EUR',
    pipeline: null,
    stages: [],
    churnedOn: null,
    fields: {},
    revision: 1,
    ...changes,
  };
}

/** A registration of partner 1 for deal 1, approved in February 2026 and protected until the end of April. */
export function registration(changes: Partial<RegistrationFacts> = {}): RegistrationFacts {
  return {
    id: 'reg_1',
    partnerId: 'par_1',
    dealId: 'deal_1',
    submittedAt: '2026-01-31T08:00:00.000Z',
    submittedOn: asDay('2026-01-31'),
    approvedAt: '2026-02-01T08:00:00.000Z',
    approvedOn: asDay('2026-02-01'),
    protectedUntil: asDay('2026-04-30'),
    endedAt: null,
    product: null,
    customer: { name: 'Fabrikam', domain: 'fabrikam.example', country: 'DE' },
    shares: [],
    ...changes,
  };
}

/** A partner that takes part, was recruited by nobody and of which nothing else is known, unless told otherwise. */
export function partner(changes: Partial<PartnerFacts> = {}): PartnerFacts {
  return { id: 'par_1', deactivatedAt: null, recruitedBy: null, terms: [], ...changes };
}

export const tenPercent = `
plan: standard
effectiveFrom: 2026-01-01
rules:
  - id: new-business
    pay: { percent: 10, of: amount }
`;

/** Versions 1, 2, … of plans, from their documents. */
export function versions(...documents: readonly string[]): readonly PlanVersion[] {
  const counts = new Map<string, number>();
  return documents.map((document, index) => {
    const reading = readPlanText(document);
    if (reading.kind === 'refused') throw new Error(reading.faults.map(({ message }) => message).join('\n'));
    const number = (counts.get(reading.plan.slug) ?? 0) + 1;
    counts.set(reading.plan.slug, number);
    return { id: `pvn_${String(index + 1)}`, number, plan: reading.plan, knownOn: null };
  });
}

export interface SampleFacts {
  readonly deals?: readonly DealFacts[];
  readonly registrations?: readonly RegistrationFacts[];
  readonly partners?: readonly PartnerFacts[];
  readonly payments?: Facts['payments'];
  readonly metrics?: Facts['metrics'];
  readonly decisions?: Facts['decisions'];
  readonly planVersions?: readonly PlanVersion[];
  readonly currencies?: readonly string[];
  readonly rateSheets?: readonly RateSheet[];
  readonly asOf?: string;
}

/** One won deal of one partner under a 10 % plan, as of 2 March 2026, unless told otherwise. */
export function factsOf(sample: SampleFacts = {}): Facts {
  const partners = sample.partners ?? ['par_1', 'par_2', 'par_3'].map((id) => partner({ id }));
  return {
    program: {
      currencies: sample.currencies === undefined ? null : new Set(sample.currencies),
      creditWhen: 'approved',
    },
    planVersions: sample.planVersions ?? versions(tenPercent),
    rateSheets: sample.rateSheets ?? [],
    partners: new Map(partners.map((partner) => [partner.id, partner])),
    registrations: sample.registrations ?? [registration()],
    deals: sample.deals ?? [deal()],
    payments: sample.payments ?? [],
    metrics: sample.metrics ?? [],
    decisions: sample.decisions ?? [],
    asOf: asDay(sample.asOf ?? '2026-03-02'),
  };
}

/** What a set of facts earns: partner, minor units, currency, in the order of the lines. */
export const earned = (sample: SampleFacts = {}): readonly [string, bigint, string][] =>
  position(factsOf(sample)).lines.map(({ partnerId, amountMinor, currency }) => [partnerId, amountMinor, currency]);

export const flagsOf = (sample: SampleFacts): readonly string[] =>
  position(factsOf(sample)).flags.map(({ kind }) => kind);

/** The reasons of those gates that are shut. */
export const reasonsOf = (gates: readonly Gate[] | undefined): readonly (string | undefined)[] =>
  (gates ?? []).flatMap((gate) => (gate.kind === 'blocked' ? [gate.reason] : []));

export const blockedGates = (sample: SampleFacts = {}, registrationId = 'reg_1'): readonly (string | undefined)[] =>
  reasonsOf(gateReports(factsOf(sample)).find((report) => report.registrationId === registrationId)?.gates);

/** The text of a plan that is in force since 2026. */
export const planText = (body: string): string => `plan: standard\neffectiveFrom: 2026-01-01\n${body}`;
