import { fieldsOfBase } from './base.js';
import type { Condition } from './condition.js';
import { baseOf } from './pay.js';
import type { PlanRule } from './plan.js';

/** The CRM fields that a rule looks at, by the names the program's field map gives them. */
export function fieldsLookedAt({ pay, when }: PlanRule): readonly string[] {
  const base = baseOf(pay);
  return [...(base === null ? [] : fieldsOfBase(base)), ...(when === null ? [] : fieldsOfCondition(when))];
}

function fieldsOfCondition(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(fieldsOfCondition);
    case 'not':
      return fieldsOfCondition(condition.of);
    case 'test': {
      const { subject } = condition;
      if (subject.kind === 'field') return [subject.name];
      if (subject.name === 'deal.kind') return ['kind'];
      return subject.name === 'deal.products' ? ['products'] : [];
    }
  }
}
