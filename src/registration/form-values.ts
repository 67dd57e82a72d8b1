import { z } from 'zod';
import type { FieldFault } from '../platform/domain-error.js';
import { fieldFaults } from '../platform/http/field-faults.js';
import { day } from '../program/calendar.api.js';
import type { FormField, FormFieldType } from '../program/form-field.api.js';
import { line, lines } from '../platform/http/text.api.js';
import { country } from '../program/country.api.js';
import { amount, currency, decimalsFault, type FieldInput } from './registration-fields.api.js';

/** What a field was answered with: several choices are a list, money has its currency. */
export type FieldAnswer = string | readonly string[] | { readonly amount: string; readonly currency: string };

/** An answer with its question as it was asked, so that both still read right when the form has changed. */
export type FormValue = {
  readonly name: string;
  readonly label: string;
  readonly type: FormFieldType;
  readonly value: FieldAnswer;
  /** The answer as people read it. */
  readonly text: string;
};

/** Between the labels of several choices. */
const betweenLabels = ', ';

export type JudgedValues =
  | { readonly kind: 'fit'; readonly values: readonly FormValue[] }
  | { readonly kind: 'unfit'; readonly faults: readonly FieldFault[] };

/** Holds answers against the form's fields. Faults name fields as `fields.seats`. */
export function judgeValues(
  fields: readonly FormField[],
  given: Readonly<Record<string, FieldInput | null>>,
): JudgedValues {
  const input = { fields: given };
  const result = formSchema(fields).safeParse(input);
  if (!result.success) return { kind: 'unfit', faults: fieldFaults(result.error.issues, input) };
  const answers = new Map(Object.entries(result.data.fields));
  const values = fields.flatMap((field): readonly FormValue[] => {
    const value = answers.get(field.name);
    if (value === undefined) return [];
    return [{ name: field.name, label: field.label, type: field.type, value, text: textOf(field, value) }];
  });
  return { kind: 'fit', values };
}

/**
 * The fields with what was chosen before still to choose from: a choice that the CRM offers no more stays where it was given, in the words it
 * had then.
 */
export function withKeptChoices(fields: readonly FormField[], kept: readonly FormValue[]): readonly FormField[] {
  return fields.map((field) => {
    const before = kept.find(({ name }) => name === field.name);
    const { choices } = field;
    if (before === undefined || choices === undefined || field.choicesFrom === undefined) return field;
    const gone = chosenBefore(before).filter(({ value }) => choices.every((choice) => choice.value !== value));
    return { ...field, choices: [...choices, ...gone] };
  });
}

/** Labels of several are told apart where none of them has the separator in it. */
function chosenBefore({ value, text }: FormValue): readonly { readonly value: string; readonly label: string }[] {
  if (typeof value === 'string') return [{ value, label: text }];
  if ('amount' in value) return [];
  const labels = text.split(betweenLabels);
  return value.map((one, index) => ({
    value: one,
    label: labels.length === value.length ? (labels[index] ?? one) : one,
  }));
}

/** The answers by name, as they were given: what a receipt's hash covers, and what is edited. */
export function answersOf(values: readonly FormValue[]): Readonly<Record<string, FieldAnswer>> {
  return Object.fromEntries(values.map(({ name, value }) => [name, value]));
}

/** An answer as a field of a CRM takes it. */
export function crmText(value: FieldAnswer): string {
  if (typeof value === 'string') return value;
  return 'amount' in value ? value.amount : value.join(';');
}

function formSchema(fields: readonly FormField[]) {
  const shape: Record<string, z.ZodType<FieldAnswer | undefined>> = {};
  for (const field of fields) shape[field.name] = fieldSchema(field);
  return z.strictObject({ fields: z.strictObject(shape) });
}

function fieldSchema(field: FormField): z.ZodType<FieldAnswer | undefined> {
  const schema = answerSchema(field);
  return z.preprocess(absentIfEmpty, field.required === true ? schema : schema.optional());
}

/** Nothing chosen, and money with a currency that was filled in beforehand and no amount, is no answer. */
function absentIfEmpty(value: unknown): unknown {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  const isMoney = typeof value === 'object' && 'amount' in value;
  if (!isMoney) return value;
  const { amount } = value as { readonly amount: unknown };
  return absentIfEmpty(amount) === undefined ? undefined : value;
}

const numberWords = 'a number without separators, such as 25 or -0.5';
const numberText = z
  .string()
  .trim()
  .regex(/^-?\d{1,15}(\.\d{1,6})?$/, { error: numberWords });

const money = z.strictObject({ amount, currency }).superRefine((typed, context) => {
  const fault = decimalsFault(typed.amount, typed.currency);
  if (fault !== null) context.addIssue({ code: 'custom', path: ['amount'], message: fault, input: typed.amount });
});

function answerSchema({ type, choices = [] }: FormField): z.ZodType<FieldAnswer> {
  switch (type) {
    case 'text':
      return line(500);
    case 'long-text':
      return lines(5000);
    case 'number':
      return z.union([numberText, z.number().transform(String).pipe(numberText)], { error: numberWords });
    case 'money':
      return money;
    case 'date':
      return day;
    case 'country':
      return country;
    case 'phone':
      return line(40).refine((phone) => /^\+?[\d ()./-]*$/.test(phone) && phone.replaceAll(/\D/g, '').length >= 3, {
        error: 'a phone number such as +49 30 1234567',
      });
    case 'choice':
      return oneOf(choices);
    case 'choices':
      return z
        .array(oneOf(choices))
        .max(choices.length)
        .refine((chosen) => new Set(chosen).size === chosen.length, { error: 'each choice at most once' });
  }
}

const choicesNamed = 10;

function oneOf(choices: NonNullable<FormField['choices']>) {
  const values = choices.map(({ value }) => value);
  const named = values.slice(0, choicesNamed).join(', ');
  const error = `one of ${named}${values.length > choicesNamed ? ', …' : ''}`;
  return z.string({ error }).refine((value) => values.includes(value), { error });
}

function textOf({ choices = [] }: FormField, value: FieldAnswer): string {
  const labelOf = (chosen: string): string => choices.find((one) => one.value === chosen)?.label ?? chosen;
  if (typeof value === 'string') return labelOf(value);
  return 'amount' in value ? `${value.amount} ${value.currency}` : value.map(labelOf).join(betweenLabels);
}
