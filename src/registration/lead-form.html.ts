/** The hosted form as plain HTML: it works without scripts, by keyboard and with a screen reader. */
import { control, errorText, idOf, type Filled } from './lead-form-controls.html.js';
import { formText, type FormWord } from './form-words.js';
import { attested, submitterSection, type FormSection } from './lead-form-fields.js';
import type { Challenge } from './proof-of-work.js';
import { bdi, escapeHtml, htmlPage, htmlText, type PageAround } from './lead-form-page.html.js';

export interface LeadFormPage extends Filled, PageAround {
  readonly partnerName: string;
  readonly programName: string;
  readonly attestation: string;
  readonly submissionToken: string;
  readonly sections: readonly FormSection[];
  readonly challenge: Challenge;
  /** What keeps it from being taken that no field is to blame for. */
  readonly notice: string | null;
}

/** The form page, with what was typed kept and each error beside its field. */
export function leadFormPage(page: LeadFormPage): string {
  const { language } = page;
  const say = (word: FormWord, values = {}) => escapeHtml(formText(language, word, values));
  const failed = Object.keys(page.errors).length;
  const summary =
    failed === 0
      ? ''
      : `<div class="summary" role="alert" tabindex="-1"><h2>${failed === 1 ? say('form.oneFault') : say('form.faults', { count: failed })}</h2>
      <ul>${Object.entries(page.errors).map(errorLink).join('')}</ul></div>`;
  const notice = page.notice === null ? '' : `<p class="summary" role="alert">${escapeHtml(page.notice)}</p>`;
  const sections = page.sections.map((section) => fieldset(section, page)).join('');
  const star = `<span aria-hidden="true">*</span><span class="spoken">${say('form.star')}</span>`;
  return htmlPage(
    page,
    `${formText(language, 'form.title')} – ${page.programName}`,
    `<h1>${say('form.title')}</h1>
    <p>${htmlText(language, 'form.as', { partner: `<strong>${bdi(page.partnerName)}</strong>` })} ${htmlText(language, 'form.fieldsMarked', { star })}</p>
    ${summary}${notice}
    <form method="post" novalidate data-challenge="${escapeHtml(JSON.stringify(page.challenge))}" data-checking="${say('form.checking')}">
      <input type="hidden" name="submission" value="${escapeHtml(page.submissionToken)}">
      <input type="hidden" name="altcha" value="">
      ${sections}
      ${fieldset(submitterSection(language), page)}
      <p class="unscripted hint">${say('form.unscripted')}</p>
      ${attestation(page)}
      <p role="status" class="wait"></p>
      <button type="submit">${say('form.submit')}</button>
    </form><script src="/r/form.js"></script>`,
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
