import type { OwnField, Registration } from '../api/shapes.js';
import type { TypedLead } from './lead-fields.js';

/** Between the values of a field with several choices, which are on one line each. */
export const betweenChoices = '\n';

/** The vendor's own fields by the paths of the API's body, as the program's fields are. */
export function pathOf({ name }: Pick<OwnField, 'name'>): string {
  return `fields.${name}`;
}

/** The answers as the API takes them. */
export function ownAnswers(fields: readonly OwnField[], typed: TypedLead) {
  return Object.fromEntries(fields.map((field) => [field.name, answer(field, typed)]));
}

function answer(field: OwnField, typed: TypedLead) {
  const path = pathOf(field);
  const value = typed[path] ?? '';
  if (field.type === 'choices') return value.split(betweenChoices).filter((chosen) => chosen !== '');
  if (field.type !== 'money') return value;
  return { amount: typed[`${path}.amount`] ?? '', currency: typed[`${path}.currency`] ?? '' };
}

/** The answers of a registration as they would have been typed; those to questions that are asked no more are left out. */
export function typedAnswers(fields: readonly OwnField[], answers: Registration['fields']): TypedLead {
  const asked = answers.filter(({ name }) => fields.some((field) => field.name === name));
  return Object.fromEntries(
    asked.flatMap(({ name, value }): readonly (readonly [string, string])[] => {
      const path = pathOf({ name });
      if (typeof value === 'string') return [[path, value]];
      if (Array.isArray(value)) return [[path, value.join(betweenChoices)]];
      return Object.entries(value).map(([part, text]) => [`${path}.${part}`, text]);
    }),
  );
}

/**
 * The fields with what was chosen before still to choose: the vendor's CRM may offer it no more, and whoever answers anew must see
 * what stands there.
 */
export function withChosenBefore(fields: readonly OwnField[], answers: Registration['fields']): readonly OwnField[] {
  return fields.map((field) => {
    const before = answers.find(({ name }) => name === field.name);
    if (before === undefined || (field.type !== 'choice' && field.type !== 'choices')) return field;
    const { value, text } = before;
    const chosen = typeof value === 'string' ? [{ value, label: text }] : Array.isArray(value) ? labelled(value) : [];
    const gone = chosen.filter((choice) => field.choices.every((known) => known.value !== choice.value));
    return { ...field, choices: [...field.choices, ...gone] };
  });
}

function labelled(values: readonly string[]): OwnField['choices'] {
  return values.map((value) => ({ value, label: value }));
}

/** The fields that must be answered and are not. */
export function missingAnswers(fields: readonly OwnField[], typed: TypedLead): readonly string[] {
  return fields
    .filter(({ required }) => required)
    .filter((field) => (typed[valuePath(field)] ?? '').trim() === '')
    .map(pathOf);
}

function valuePath(field: OwnField): string {
  return field.type === 'money' ? `${pathOf(field)}.amount` : pathOf(field);
}

/** What is wrong with a field as a whole, or with the first wrong one of several choices. */
export function faultOf(field: OwnField, faults: Readonly<Record<string, string | undefined>>): string | undefined {
  const path = pathOf(field);
  return faults[path] ?? Object.entries(faults).find(([name]) => name.startsWith(`${path}[`))?.[1];
}
