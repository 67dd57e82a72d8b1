import { fieldFaults } from '../platform/http/field-faults.js';
import type { FormField } from '../program/form-field.api.js';
import { expectationText } from './expectation-words.js';
import { judgeValues } from './form-values.js';
import { formText, type FormLanguage } from './form-words.js';
import {
  attested,
  betweenChoices,
  formSections,
  ownName,
  sentNames,
  submitterName,
  type FormControl,
} from './lead-form-fields.js';
import { email, submitRegistrationBody, type SubmitRegistrationBody } from './registration.api.js';
import { optional, type FieldInput } from './registration-fields.api.js';

export type ParsedForm =
  | {
      readonly kind: 'valid';
      readonly submission: SubmitRegistrationBody;
      /** Whoever sent it. */
      readonly submitter: string | null;
    }
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, string>> };

type Typed = Readonly<Record<string, string>>;

/** What was typed, by field name, ready to be shown again. Unknown names and anything but text are left out. */
export function typedValues(body: unknown, own: readonly FormField[]): Typed {
  if (typeof body !== 'object' || body === null) return {};
  const sent = new Map<string, unknown>(Object.entries(body));
  // Only the names count here, which are the same in every language.
  const controls = controlsOf(own, 'en');
  const several = controls.filter(({ type }) => type === 'checks').map(({ name }) => name);
  const names = [...controls.flatMap(sentNames), submitterName, 'attestation'];
  return Object.fromEntries(
    names.flatMap((name): readonly [string, string][] => {
      const value = sent.get(name);
      if (typeof value === 'string') return [[name, value]];
      const isList = several.includes(name) && Array.isArray(value);
      return isList ? [[name, value.filter((one) => typeof one === 'string').join(betweenChoices)]] : [];
    }),
  );
}

/** The form as the API would have received it, or for each wrong field a sentence that says what is expected. */
export function parseForm(values: Typed, own: readonly FormField[], language: FormLanguage): ParsedForm {
  const input = nested(values, own);
  const parsed = submitRegistrationBody.safeParse(input);
  const judged = judgeValues(own, input.fields);
  const faults = [
    ...(parsed.success ? [] : fieldFaults(parsed.error.issues, input)),
    ...(judged.kind === 'fit' ? [] : judged.faults),
  ];
  const submitter = optional(email).safeParse(values[submitterName]);
  if (parsed.success && submitter.success && faults.length === 0) {
    return { kind: 'valid', submission: parsed.data, submitter: submitter.data ?? null };
  }
  const controls = controlsOf(own, language);
  const errors: Record<string, string> = {};
  for (const { field, expected } of faults) {
    const name = shownAt(controls, field);
    errors[name] ??= sentence({ language, controls, values }, name, expected);
  }
  if (!submitter.success) errors[submitterName] = formText(language, 'fault.submitter');
  return { kind: 'invalid', errors };
}

function controlsOf(own: readonly FormField[], language: FormLanguage): readonly FormControl[] {
  return formSections(own, language).flatMap((section) => section.fields);
}

function nested(values: Typed, own: readonly FormField[]) {
  const section = (prefix: string) =>
    Object.fromEntries(
      Object.entries(values)
        .filter(([name]) => name.startsWith(`${prefix}.`))
        .map(([name, value]) => [name.slice(prefix.length + 1), value]),
    );
  return {
    company: section('company'),
    contact: section('contact'),
    deal: section('deal'),
    note: values['note'],
    fields: Object.fromEntries(own.map((field) => [field.name, ownInput(values, field)])),
    attestation: values['attestation'] === attested,
  };
}

function ownInput(values: Typed, { name, type }: FormField): FieldInput {
  const path = ownName(name);
  const typed = values[path] ?? '';
  if (type === 'choices') return typed.split(betweenChoices).filter((value) => value !== '');
  if (type !== 'money') return typed;
  return { amount: values[`${path}.amount`] ?? '', currency: values[`${path}.currency`] ?? '' };
}

/** The field beside which a fault is shown: that of a whole which the fault is in a part of. */
function shownAt(controls: readonly FormControl[], field: string): string {
  if (controls.some((control) => sentNames(control).includes(field))) return field;
  const whole = controls.find(({ name }) => field.startsWith(`${name}.`) || field.startsWith(`${name}[`));
  return whole?.name ?? field;
}

interface Sent {
  readonly language: FormLanguage;
  readonly controls: readonly FormControl[];
  readonly values: Typed;
}

function sentence({ language, controls, values }: Sent, name: string, expected: string): string {
  if (name === 'attestation') return formText(language, 'fault.attestation');
  const control = controls.find((one) => one.name === name || sentNames(one).includes(name));
  const label = control?.label ?? name;
  const isEmpty = control === undefined || sentNames(control).every((sent) => (values[sent] ?? '').trim() === '');
  if (!isEmpty) return formText(language, 'fault.expected', { label, expected: expectationText(language, expected) });
  if (name.startsWith('fields.')) return formText(language, 'fault.unanswered', { label });
  return formText(language, 'fault.missing', { label: language === 'en' ? label.toLowerCase() : label });
}
