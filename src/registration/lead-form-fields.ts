import type { FormField } from '../program/form-field.api.js';
import { formText, type FormLanguage, type FormWord } from './form-words.js';

/** A field of the hosted form. */
export interface FormControl {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'email' | 'tel' | 'date' | 'textarea' | 'select' | 'checks' | 'money';
  readonly required: boolean;
  readonly hint?: string;
  readonly autocomplete?: string;
  readonly inputmode?: 'decimal';
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

export interface FormSection {
  readonly title: string;
  readonly fields: readonly FormControl[];
}

/** What the box of the attestation sends when it is ticked. */
export const attested = 'yes';

/** Where the receipt, or the link to confirm, is mailed to. It is no part of what is registered. */
export const submitterName = 'submitter';

export function submitterSection(language: FormLanguage): FormSection {
  const say = (word: FormWord) => formText(language, word);
  const field: FormControl = {
    name: submitterName,
    label: say('field.submitter'),
    type: 'email',
    required: false,
    autocomplete: 'email',
    hint: say('hint.submitter'),
  };
  return { title: say('section.submitter'), fields: [field] };
}

/** Between the values of a field with several choices, which are on one line each. */
export const betweenChoices = '\n';

type ProgramField = Omit<FormControl, 'label' | 'hint'> & { readonly hint?: FormWord };
type ProgramFieldName = Extract<FormWord, `field.${string}`> extends `field.${infer Name}` ? Name : never;

/** Field names are the paths of `submitRegistrationBody`, so that an error finds its field. */
const programFields: Readonly<
  Record<'company' | 'contact' | 'deal', readonly (ProgramField & { readonly name: ProgramFieldName })[]>
> = {
  company: [
    { name: 'company.name', type: 'text', required: true, autocomplete: 'off' },
    { name: 'company.domain', type: 'text', required: false, hint: 'hint.domain' },
    { name: 'company.country', type: 'text', required: false, hint: 'hint.country' },
  ],
  contact: [
    { name: 'contact.firstName', type: 'text', required: true, autocomplete: 'off' },
    { name: 'contact.lastName', type: 'text', required: true, autocomplete: 'off' },
    { name: 'contact.email', type: 'email', required: true, autocomplete: 'off' },
    { name: 'contact.phone', type: 'tel', required: false, autocomplete: 'off' },
  ],
  deal: [
    { name: 'deal.name', type: 'text', required: false },
    { name: 'deal.product', type: 'text', required: false },
    { name: 'deal.amount', type: 'text', required: false, inputmode: 'decimal', hint: 'hint.amount' },
    { name: 'deal.currency', type: 'text', required: false, hint: 'hint.currency' },
    { name: 'deal.expectedCloseDate', type: 'date', required: false },
    { name: 'note', type: 'textarea', required: false },
  ],
};
const sectionNames = ['company', 'contact', 'deal'] as const;

/** The sections of the form, the vendor's own fields last: those keep the words of the vendor. */
export function formSections(own: readonly FormField[], language: FormLanguage): readonly FormSection[] {
  const sections = sectionNames.map((name) => ({
    title: formText(language, `section.${name}`),
    fields: programFields[name].map((field) => programControl(field, language)),
  }));
  if (own.length === 0) return sections;
  const fields = own.map((field) => ownControl(field, language));
  return [...sections, { title: formText(language, 'section.own'), fields }];
}

function programControl(
  { hint, ...field }: ProgramField & { readonly name: ProgramFieldName },
  language: FormLanguage,
): FormControl {
  const label = formText(language, `field.${field.name}`);
  return { ...field, label, ...(hint === undefined ? {} : { hint: formText(language, hint) }) };
}

const controlTypes = {
  text: 'text',
  'long-text': 'textarea',
  number: 'text',
  money: 'money',
  date: 'date',
  choice: 'select',
  choices: 'checks',
  country: 'text',
  phone: 'tel',
} as const satisfies Readonly<Record<FormField['type'], FormControl['type']>>;

function ownControl(
  { name, type, label, help, required = false, choices = [] }: FormField,
  language: FormLanguage,
): FormControl {
  const hint = help ?? (type === 'country' ? formText(language, 'hint.country') : undefined);
  return {
    name: ownName(name),
    label,
    type: controlTypes[type],
    required,
    autocomplete: 'off',
    choices: choices.map((choice) => ({ value: choice.value, label: choice.label ?? choice.value })),
    ...(hint === undefined ? {} : { hint }),
    ...(type === 'number' ? { inputmode: 'decimal' as const } : {}),
  };
}

export function ownName(name: string): string {
  return `fields.${name}`;
}

/** The names under which a field is sent. */
export function sentNames({ name, type }: FormControl): readonly string[] {
  return type === 'money' ? [`${name}.amount`, `${name}.currency`] : [name];
}
