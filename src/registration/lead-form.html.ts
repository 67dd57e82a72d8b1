/** The hosted form as plain HTML: it works without scripts, by keyboard and with a screen reader. */
import { withoutHidden } from '../platform/http/plain-text.js';
import { bdi, escapeHtml, htmlPage } from './lead-form-page.html.js';

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'email' | 'tel' | 'date' | 'textarea' | 'checkbox';
  readonly required: boolean;
  readonly hint?: string;
  readonly autocomplete?: string;
  readonly inputmode?: 'decimal';
}

export interface FormSection {
  readonly title: string;
  readonly fields: readonly FormField[];
}

/** What the box of the attestation sends when it is ticked. */
export const attested = 'yes';

/** Field names are the paths of `submitRegistrationBody`, so that an error finds its field. */
export const formSections: readonly FormSection[] = [
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

export interface LeadFormPage {
  readonly partnerName: string;
  readonly programName: string;
  readonly attestation: string;
  readonly submissionToken: string;
  readonly values: Readonly<Record<string, string>>;
  /** Field name → what is wrong and what is expected. */
  readonly errors: Readonly<Record<string, string>>;
}

/** The form page, with what was typed kept and each error beside its field. */
export function leadFormPage(page: LeadFormPage): string {
  const failed = Object.keys(page.errors).length;
  const summary =
    failed === 0
      ? ''
      : `<div class="summary" role="alert" tabindex="-1"><h2>${failed === 1 ? 'One field needs' : `${failed} fields need`} your attention</h2>
      <ul>${Object.entries(page.errors).map(errorLink).join('')}</ul></div>`;
  const sections = formSections.map((section) => fieldset(section, page)).join('');
  return htmlPage(
    `Register a lead – ${page.programName}`,
    `<h1>Register a lead</h1>
    <p>You are registering as <strong>${bdi(page.partnerName)}</strong>. Fields marked <span aria-hidden="true">*</span><span class="spoken">with a star</span> are required.</p>
    ${summary}
    <form method="post" novalidate>
      <input type="hidden" name="submission" value="${escapeHtml(page.submissionToken)}">
      ${sections}
      ${attestation(page)}
      <button type="submit">Register lead</button>
    </form>`,
  );
}

function fieldset(section: FormSection, page: LeadFormPage): string {
  return `<fieldset><legend>${escapeHtml(section.title)}</legend>${section.fields.map((field) => control(field, page)).join('')}</fieldset>`;
}

function control(field: FormField, page: LeadFormPage): string {
  const id = idOf(field.name);
  // What cannot be seen cannot be removed by hand either; the error says that it was there.
  const value = withoutHidden(page.values[field.name] ?? '');
  const error = page.errors[field.name];
  const described = [field.hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter(
    (part) => part !== '',
  );
  const attributes = [
    `id="${id}"`,
    `name="${escapeHtml(field.name)}"`,
    field.required ? 'required aria-required="true"' : '',
    error === undefined ? '' : 'aria-invalid="true"',
    described.length === 0 ? '' : `aria-describedby="${described.join(' ')}"`,
    field.autocomplete === undefined ? '' : `autocomplete="${field.autocomplete}"`,
    field.inputmode === undefined ? '' : `inputmode="${field.inputmode}"`,
  ].join(' ');
  const input =
    field.type === 'textarea'
      ? `<textarea ${attributes} rows="4">${escapeHtml(value)}</textarea>`
      : `<input type="${field.type}" ${attributes} value="${escapeHtml(value)}">`;
  return `<div class="field"><label for="${id}">${escapeHtml(field.label)}${star(field)}</label>${hint(field, id)}${errorText(id, error)}${input}</div>`;
}

function attestation(page: LeadFormPage): string {
  const error = page.errors['attestation'];
  const checked = page.values['attestation'] === attested ? ' checked' : '';
  const described = error === undefined ? '' : ' aria-invalid="true" aria-describedby="attestation-error"';
  return `<div class="field check">${errorText('attestation', error)}<label for="attestation"><input type="checkbox" id="attestation" name="attestation" value="${attested}" required aria-required="true"${described}${checked}> ${escapeHtml(page.attestation)} <span aria-hidden="true">*</span></label></div>`;
}

function star(field: FormField): string {
  return field.required ? ' <span aria-hidden="true">*</span>' : '';
}

function hint(field: FormField, id: string): string {
  return field.hint === undefined ? '' : `<p class="hint" id="${id}-hint">${escapeHtml(field.hint)}</p>`;
}

function errorText(id: string, error: string | undefined): string {
  return error === undefined ? '' : `<p class="error" id="${id}-error">${escapeHtml(error)}</p>`;
}

function errorLink([name, message]: readonly [string, string]): string {
  return `<li><a href="#${idOf(name)}">${escapeHtml(message)}</a></li>`;
}

function idOf(name: string): string {
  return name.replaceAll('.', '-');
}
