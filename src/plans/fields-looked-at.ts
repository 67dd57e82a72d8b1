import { fieldsOfBase } from './base.js';
import type { Condition } from './condition.js';
import { baseOf } from './pay.js';
import type { PlanRule } from './plan.js';

/** The metrics of a partner that a rule looks at, by name. */
export function metricsLookedAt({ pay, when, multipliers, accelerator }: PlanRule): readonly string[] {
  const volumes = [...(pay.kind === 'tiers' ? [pay.tiers] : []), ...(accelerator === null ? [] : [accelerator.volume])];
  const figures = [...volumes.map(({ opening }) => opening), accelerator?.quota ?? null];
  return [
    ...multipliers.map(({ metric }) => metric),
    ...volumes.flatMap(({ by }) => (typeof by === 'object' ? [by.metric] : [])),
    ...figures.flatMap((figure) => (figure?.kind === 'metric' ? [figure.metric] : [])),
    ...(when === null ? [] : testsOf(when).flatMap(({ subject }) => (subject.kind === 'metric' ? [subject.name] : []))),
  ];
}

/** The CRM fields that a rule looks at, by the names the program's field map gives them. */
export function fieldsLookedAt({ pay, when }: PlanRule): readonly string[] {
  const base = baseOf(pay);
  return [...(base === null ? [] : fieldsOfBase(base)), ...(when === null ? [] : fieldsOfCondition(when))];
}

function fieldsOfCondition(condition: Condition): readonly string[] {
  return testsOf(condition).flatMap(({ subject }) => {
    if (subject.kind === 'field') return [subject.name];
    if (subject.name === 'deal.kind') return ['kind'];
    return subject.name === 'deal.products' ? ['products'] : [];
  });
}

type TestCondition = Condition & { readonly kind: 'test' };

function testsOf(condition: Condition): readonly TestCondition[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(testsOf);
    case 'not':
      return testsOf(condition.of);
    case 'test':
      return [condition];
  }
}
