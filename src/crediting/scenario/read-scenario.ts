import { readDocumentText } from '../../plans/document-text.js';
import { audienceName, judgeNewVersion } from '../../plans/plan-versions.js';
import { fieldName, planFault, planFaults, type LineOf, type PlanFault } from '../../plans/plan-faults.js';
import { planOf } from '../../plans/plan-document.js';
import type { PlanVersion } from '../../plans/plan.js';
import { currencyOfMoney, isPayable } from './scenario-money.js';
import { scenarioDocument, type ScenarioDocument } from './scenario-document.js';

export type ScenarioReading =
  | { readonly kind: 'scenario'; readonly document: ScenarioDocument }
  | { readonly kind: 'refused'; readonly faults: readonly PlanFault[] };

const maxTextLength = 5_000_000;

/** Reads a scenario from its text, YAML or JSON, and checks what one part of it says of another. */
export function readScenario(text: string): ScenarioReading {
  const reading = readDocumentText(text, 'scenario', maxTextLength);
  if (reading.kind === 'refused') return { kind: 'refused', faults: [reading.fault] };
  const result = scenarioDocument.safeParse(reading.value);
  if (!result.success) {
    return { kind: 'refused', faults: planFaults(result.error.issues, reading.value, reading.lineOf) };
  }
  const faults = [faultsOfPlans, faultsOfDeals, faultsOfMoney, faultsOfRecruiters].flatMap((find) =>
    find(result.data, reading.lineOf),
  );
  return faults.length === 0 ? { kind: 'scenario', document: result.data } : { kind: 'refused', faults };
}

/** A version that could not be stored cannot be tried either. */
function faultsOfPlans({ plans }: ScenarioDocument, lineOf: LineOf): readonly PlanFault[] {
  const stored: PlanVersion[] = [];
  return plans.flatMap((entry, index) => {
    const isDated = 'terms' in entry;
    const plan = planOf(isDated ? entry.terms : entry);
    const verdict = judgeNewVersion(stored, plan);
    if (verdict.kind === 'refused') {
      const path = ['plans', index, ...(isDated ? ['terms'] : []), verdict.field];
      const value =
        { corrects: plan.corrects, for: audienceName(plan.audience) }[verdict.field as string] ?? plan.effectiveFrom;
      return [planFault({ field: fieldName(path), line: lineOf(path, 'value'), value }, verdict.expected)];
    }
    stored.push({ id: `${plan.slug}@${verdict.number}`, number: verdict.number, plan, knownOn: null });
    return [];
  });
}

function faultsOfDeals({ deals, registrations }: ScenarioDocument, lineOf: LineOf): readonly PlanFault[] {
  const ids = deals.map(({ id }) => id);
  const doubled = deals.flatMap(({ id }, index) =>
    ids.indexOf(id) === index ? [] : [fault(lineOf, ['deals', index, 'id'], id, 'an id that no other deal has')],
  );
  const dangling = registrations.flatMap(({ deal }, index) =>
    deal === undefined || ids.includes(deal)
      ? []
      : [fault(lineOf, ['registrations', index, 'deal'], deal, 'the id of a deal of the scenario')],
  );
  return [...doubled, ...dangling];
}

/** Money names something of the scenario, and is an amount that can be paid. */
function faultsOfMoney(document: ScenarioDocument, lineOf: LineOf): readonly PlanFault[] {
  const dealIds = document.deals.map(({ id }) => id);
  const registrationIds = document.registrations.map(({ id }, index) => id ?? `registration-${index + 1}`);
  const paymentIds = document.payments.map(({ id }, index) => id ?? `payment-${index + 1}`);
  const check = (list: 'payments' | 'refunds') =>
    document[list].flatMap((one, index): readonly PlanFault[] => {
      const wrong = (field: string, value: unknown, expected: string) => [
        fault(lineOf, [list, index, field], value, expected),
      ];
      if (one.deal !== undefined && !dealIds.includes(one.deal))
        return wrong('deal', one.deal, 'the id of a deal of the scenario');
      if (one.registration !== undefined && !registrationIds.includes(one.registration)) {
        return wrong('registration', one.registration, 'the id of a registration of the scenario');
      }
      if ('of' in one && one.of !== undefined && !paymentIds.includes(one.of)) {
        return wrong('of', one.of, 'the id of a payment of the scenario');
      }
      const currency = currencyOfMoney(document, one);
      const paid =
        'of' in one ? document.payments.find(({ id }, at) => (id ?? `payment-${at + 1}`) === one.of) : undefined;
      const paidIn = paid === undefined ? null : currencyOfMoney(document, paid);
      if (paidIn !== null && paidIn !== currency) {
        return wrong('currency', one.currency ?? currency, `${paidIn}, the currency of the payment it gives back`);
      }
      if (currency === null) return wrong('currency', one.currency, 'a currency, since its deal has none');
      return isPayable(one.amount, currency)
        ? []
        : wrong('amount', one.amount, `an amount above zero with no more decimals than ${currency} has`);
    });
  return [...check('payments'), ...check('refunds')];
}

/** Nobody is recruited by somebody it has recruited, however far down. */
function faultsOfRecruiters({ partners }: ScenarioDocument, lineOf: LineOf): readonly PlanFault[] {
  const recruiterOf = new Map(partners.map(({ id, recruitedBy }) => [id, recruitedBy]));
  return partners.flatMap(({ id, recruitedBy }, index) => {
    const seen = new Set<string>();
    for (let above = recruitedBy; above !== undefined && !seen.has(above); above = recruiterOf.get(above))
      seen.add(above);
    if (!seen.has(id)) return [];
    return [
      fault(
        lineOf,
        ['partners', index, 'recruitedBy'],
        recruitedBy,
        'a partner that this one has not recruited, directly or through others',
      ),
    ];
  });
}

function fault(lineOf: LineOf, path: readonly (string | number)[], value: unknown, expected: string): PlanFault {
  return planFault({ field: fieldName(path), line: lineOf(path, 'value'), value }, expected);
}
