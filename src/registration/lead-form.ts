import { fieldFaults } from '../platform/http/field-faults.js';
import type { FormField } from '../program/form-field.api.js';
import { judgeValues } from './form-values.js';
import {
  attested,
  betweenChoices,
  formSections,
  ownName,
  sentNames,
  submitterField,
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
  const controls = controlsOf(own);
  const several = controls.filter(({ type }) => type === 'checks').map(({ name }) => name);
  const names = [...controls.flatMap(sentNames), submitterField.name, 'attestation'];
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
export function parseForm(values: Typed, own: readonly FormField[]): ParsedForm {
  const input = nested(values, own);
  const parsed = submitRegistrationBody.safeParse(input);
  const judged = judgeValues(own, input.fields);
  const faults = [
    ...(parsed.success ? [] : fieldFaults(parsed.error.issues, input)),
    ...(judged.kind === 'fit' ? [] : judged.faults),
  ];
  const submitter = optional(email).safeParse(values[submitterField.name]);
  if (parsed.success && submitter.success && faults.length === 0) {
    return { kind: 'valid', submission: parsed.data, submitter: submitter.data ?? null };
  }
  const controls = controlsOf(own);
  const errors: Record<string, string> = {};
  for (const { field, expected } of faults) {
    const name = shownAt(controls, field);
    errors[name] ??= sentence(controls, name, values, expected);
  }
  if (!submitter.success) errors[submitterField.name] = 'Your own e-mail: expected an address such as ann@acme.com';
  return { kind: 'invalid', errors };
}

function controlsOf(own: readonly FormField[]): readonly FormControl[] {
  return formSections(own).flatMap((section) => section.fields);
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

function sentence(controls: readonly FormControl[], name: string, values: Typed, expected: string): string {
  if (name === 'attestation') return 'Confirm that the contact agreed to be introduced';
  const control = controls.find((one) => one.name === name || sentNames(one).includes(name));
  const label = control?.label ?? name;
  const isEmpty = control === undefined || sentNames(control).every((sent) => (values[sent] ?? '').trim() === '');
  if (!isEmpty) return `${label}: expected ${expected}`;
  return name.startsWith('fields.') ? `Answer “${label}”` : `Enter the ${label.toLowerCase()}`;
}
