import type { FormField } from '../program/form-field.api.js';

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
export const submitterField: FormControl = {
  name: 'submitter',
  label: 'Your own e-mail',
  type: 'email',
  required: false,
  autocomplete: 'email',
  hint: 'We mail the receipt there',
};

export const submitterSection: FormSection = { title: 'You', fields: [submitterField] };

/** Between the values of a field with several choices, which are on one line each. */
export const betweenChoices = '\n';

/** Field names are the paths of `submitRegistrationBody`, so that an error finds its field. */
const programSections: readonly FormSection[] = [
  {
    title: 'Company',
    fields: [
      { name: 'company.name', label: 'Company name', type: 'text', required: true, autocomplete: 'off' },
      { name: 'company.domain', label: 'Company domain', type: 'text', required: false, hint: 'For example acme.com' },
      { name: 'company.country', label: 'Country', type: 'text', required: false, hint: 'Two letters, for example DE' },
    ],
  },
  {
    title: 'Contact',
    fields: [
      { name: 'contact.firstName', label: 'First name', type: 'text', required: true, autocomplete: 'off' },
      { name: 'contact.lastName', label: 'Last name', type: 'text', required: true, autocomplete: 'off' },
      { name: 'contact.email', label: 'Work e-mail', type: 'email', required: true, autocomplete: 'off' },
      { name: 'contact.phone', label: 'Phone', type: 'tel', required: false, autocomplete: 'off' },
    ],
  },
  {
    title: 'Deal',
    fields: [
      { name: 'deal.name', label: 'Deal name', type: 'text', required: false },
      { name: 'deal.product', label: 'Product', type: 'text', required: false },
      {
        name: 'deal.amount',
        label: 'Expected amount',
        type: 'text',
        required: false,
        inputmode: 'decimal',
        hint: 'For example 12000.50',
      },
      { name: 'deal.currency', label: 'Currency', type: 'text', required: false, hint: 'For example EUR' },
      { name: 'deal.expectedCloseDate', label: 'Expected close date', type: 'date', required: false },
      { name: 'note', label: 'What should we know?', type: 'textarea', required: false },
    ],
  },
];

/** The sections of the form, the vendor's own fields last. */
export function formSections(own: readonly FormField[]): readonly FormSection[] {
  if (own.length === 0) return programSections;
  return [...programSections, { title: 'Further questions', fields: own.map(ownControl) }];
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

function ownControl({ name, type, label, help, required = false, choices = [] }: FormField): FormControl {
  const hint = help ?? (type === 'country' ? 'Two letters, for example DE' : undefined);
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
