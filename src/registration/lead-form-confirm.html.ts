import { formText, type FormWord } from './form-words.js';
import { bdi, escapeHtml, htmlPage, htmlText, type PageAround } from './lead-form-page.html.js';

/** Asks for the one press of a button that makes a registration of a form that was sent. */
export function confirmPage(
  around: PageAround,
  page: { readonly programName: string; readonly partnerName: string },
): string {
  const say = (word: FormWord) => escapeHtml(formText(around.language, word));
  const names = { program: bdi(page.programName), partner: `<strong>${bdi(page.partnerName)}</strong>` };
  return htmlPage(
    around,
    `${formText(around.language, 'confirm.tab')} – ${page.programName}`,
    `<h1>${say('confirm.title')}</h1>
    <p>${htmlText(around.language, 'confirm.sent', names)}</p>
    <p>${say('confirm.words')}</p>
    <form method="post"><button type="submit">${say('confirm.submit')}</button></form>`,
  );
}
