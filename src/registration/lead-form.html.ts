/** The hosted form as plain HTML: it works without scripts, by keyboard and with a screen reader. */
import { control, errorText, idOf, type Filled } from './lead-form-controls.html.js';
import { attested, submitterSection, type FormSection } from './lead-form-fields.js';
import type { Challenge } from './proof-of-work.js';
import { bdi, escapeHtml, htmlPage, type FrameHosts } from './lead-form-page.html.js';

export interface LeadFormPage extends Filled {
  readonly partnerName: string;
  readonly programName: string;
  readonly attestation: string;
  readonly submissionToken: string;
  readonly sections: readonly FormSection[];
  readonly challenge: Challenge;
  /** What keeps it from being taken that no field is to blame for. */
  readonly notice: string | null;
  readonly hosts?: FrameHosts;
}

/** The form page, with what was typed kept and each error beside its field. */
export function leadFormPage(page: LeadFormPage): string {
  const failed = Object.keys(page.errors).length;
  const summary =
    failed === 0
      ? ''
      : `<div class="summary" role="alert" tabindex="-1"><h2>${failed === 1 ? 'One field needs' : `${failed} fields need`} your attention</h2>
      <ul>${Object.entries(page.errors).map(errorLink).join('')}</ul></div>`;
  const notice = page.notice === null ? '' : `<p class="summary" role="alert">${escapeHtml(page.notice)}</p>`;
  const sections = page.sections.map((section) => fieldset(section, page)).join('');
  return htmlPage(
    `Register a lead – ${page.programName}`,
    `<h1>Register a lead</h1>
    <p>You are registering as <strong>${bdi(page.partnerName)}</strong>. Fields marked <span aria-hidden="true">*</span><span class="spoken">with a star</span> are required.</p>
    ${summary}${notice}
    <form method="post" novalidate data-challenge="${escapeHtml(JSON.stringify(page.challenge))}" data-checking="One moment: we check that no robot is sending this.">
      <input type="hidden" name="submission" value="${escapeHtml(page.submissionToken)}">
      <input type="hidden" name="altcha" value="">
      ${sections}
      ${fieldset(submitterSection, page)}
      <p class="unscripted hint">Your browser runs no scripts for this page: we mail you a link to confirm what you send, so please give your address.</p>
      ${attestation(page)}
      <p role="status" class="wait"></p>
      <button type="submit">Register lead</button>
    </form><script src="/r/form.js"></script>`,
    page.hosts,
  );
}

function fieldset(section: FormSection, page: LeadFormPage): string {
  return `<fieldset><legend>${escapeHtml(section.title)}</legend>${section.fields.map((field) => control(field, page)).join('')}</fieldset>`;
}

function attestation(page: LeadFormPage): string {
  const error = page.errors['attestation'];
  const checked = page.values['attestation'] === attested ? ' checked' : '';
  const described = error === undefined ? '' : ' aria-invalid="true" aria-describedby="attestation-error"';
  return `<div class="field check">${errorText('attestation', error)}<label for="attestation"><input type="checkbox" id="attestation" name="attestation" value="${attested}" required aria-required="true"${described}${checked}> ${escapeHtml(page.attestation)} <span aria-hidden="true">*</span></label></div>`;
}

function errorLink([name, message]: readonly [string, string]): string {
  return `<li><a href="#${idOf(name)}">${escapeHtml(message)}</a></li>`;
}
