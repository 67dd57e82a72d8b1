/** The hosted form as plain HTML: it works without scripts, by keyboard and with a screen reader. */

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
  return document(
    `Register a lead – ${page.programName}`,
    `<h1>Register a lead</h1>
    <p>You are registering as <strong>${escapeHtml(page.partnerName)}</strong>. Fields marked <span aria-hidden="true">*</span><span class="spoken">with a star</span> are required.</p>
    ${summary}
    <form method="post" novalidate>
      <input type="hidden" name="submission" value="${escapeHtml(page.submissionToken)}">
      ${sections}
      ${attestation(page)}
      <button type="submit">Register lead</button>
    </form>`,
  );
}

export interface ReceiptPage {
  readonly programName: string;
  readonly companyName: string;
  readonly status: string;
  readonly availability: 'clear' | 'taken' | 'under_review';
  readonly formAddress: string;
  readonly receipt: {
    readonly registrationId: string;
    readonly partnerId: string;
    readonly submittedAt: string;
    readonly contentHash: string;
    readonly result: string;
    readonly keyId: string;
    readonly algorithm: string;
    readonly signature: string;
  };
}

const availabilityWords = {
  clear: 'The company is free. We will review your registration within two business days.',
  taken: 'Another registration already holds this company. Yours is kept in line in case it becomes free.',
  under_review: 'This company is under review. We will come back to you within two business days.',
} as const;

/** The receipt: everything the partner needs to prove when it registered. */
export function receiptPage(page: ReceiptPage): string {
  const { receipt } = page;
  const rows: readonly (readonly [string, string])[] = [
    ['Registration', receipt.registrationId],
    ['Company', page.companyName],
    ['Status', page.status.replaceAll('_', ' ')],
    ['Submitted at', receipt.submittedAt],
  ];
  const list = rows.map(([term, value]) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd>`).join('');
  return document(
    `Receipt – ${page.programName}`,
    `<h1>Lead registered</h1>
    <p role="status">${escapeHtml(availabilityWords[page.availability])}</p>
    <h2>Your receipt</h2>
    <p>Keep this page. It is signed and settles who registered first.</p>
    <dl>${list}</dl>
    <h2>The signed receipt</h2>
    <p>Anyone can verify it with the <a href="/api/v1/signing-keys">public keys</a>: the signature covers the canonical JSON (RFC 8785) of the members before <code>keyId</code>.</p>
    <pre>${escapeHtml(JSON.stringify(receipt, null, 2))}</pre>
    <p><a href="${escapeHtml(page.formAddress)}">Register another lead</a></p>`,
  );
}

/** A page that says one thing, such as an unknown link. */
export function messagePage(title: string, message: string): string {
  return document(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(message)}</p>`);
}

function fieldset(section: FormSection, page: LeadFormPage): string {
  return `<fieldset><legend>${escapeHtml(section.title)}</legend>${section.fields.map((field) => control(field, page)).join('')}</fieldset>`;
}

function control(field: FormField, page: LeadFormPage): string {
  const id = idOf(field.name);
  const value = page.values[field.name] ?? '';
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
  const checked = page.values['attestation'] === undefined ? '' : ' checked';
  const described = error === undefined ? '' : ' aria-invalid="true" aria-describedby="attestation-error"';
  return `<div class="field check">${errorText('attestation', error)}<label for="attestation"><input type="checkbox" id="attestation" name="attestation" value="yes" required aria-required="true"${described}${checked}> ${escapeHtml(page.attestation)} <span aria-hidden="true">*</span></label></div>`;
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

function document(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><link rel="stylesheet" href="/r/style.css"></head>
<body><main>${body}</main></body>
</html>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
