import { fieldFaults } from '../platform/http/field-faults.js';
import { attested, formSections, type FormField } from './lead-form.html.js';
import { submitRegistrationBody, type SubmitRegistrationBody } from './registration.api.js';

export type ParsedForm =
  | { readonly kind: 'valid'; readonly submission: SubmitRegistrationBody }
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, string>> };

const fields: readonly FormField[] = formSections.flatMap((section) => section.fields);

/** What was typed, by field name, ready to be shown again. Unknown names and anything but text are left out. */
export function typedValues(body: unknown): Readonly<Record<string, string>> {
  if (typeof body !== 'object' || body === null) return {};
  const known = new Set([...fields.map((field) => field.name), 'attestation']);
  const texts = Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts.filter(([name]) => known.has(name)));
}

/** The form as the API would have received it, or for each wrong field a sentence that says what is expected. */
export function parseForm(values: Readonly<Record<string, string>>): ParsedForm {
  const input = nested(values);
  const parsed = submitRegistrationBody.safeParse(input);
  if (parsed.success) return { kind: 'valid', submission: parsed.data };
  const errors: Record<string, string> = {};
  for (const { field, expected } of fieldFaults(parsed.error.issues, input)) {
    errors[field] ??= sentence(field, values, expected);
  }
  return { kind: 'invalid', errors };
}

function nested(values: Readonly<Record<string, string>>) {
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
    attestation: values['attestation'] === attested,
  };
}

function sentence(name: string, values: Readonly<Record<string, string>>, expected: string): string {
  if (name === 'attestation') return 'Confirm that the contact agreed to be introduced';
  const label = fields.find((field) => field.name === name)?.label ?? name;
  if ((values[name] ?? '').trim() === '') return `Enter the ${label.toLowerCase()}`;
  return `${label}: expected ${expected}`;
}
