import { filledIn, formLanguages, formText, type FormLanguage, type FormWord } from './form-words.js';

/** Origins of the sites in which a page may stand in a frame; null for one that stands by itself. */
export type FrameHosts = readonly string[] | null;

/** What all pages of the hosted form have around them. */
export interface PageAround {
  readonly language: FormLanguage;
  readonly hosts?: FrameHosts;
  /** Whether its address, asked for in another language, shows the same: not so for the answer to a form that was sent. */
  readonly isSwitchable?: boolean;
}

/** A page of the hosted form around its body. @param body HTML */
export function htmlPage(
  { language, hosts = null, isSwitchable = false }: PageAround,
  title: string,
  body: string,
): string {
  const framed = hosts === null ? '' : ' class="framed"';
  const script =
    hosts === null ? '' : `<script src="/embed/frame.js" data-hosts="${escapeHtml(JSON.stringify(hosts))}"></script>`;
  return `<!doctype html>
<html lang="${language}"${framed}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><link rel="stylesheet" href="/r/style.css"></head>
<body><main>${isSwitchable ? otherLanguages(language) : ''}${body}</main>${script}</body>
</html>`;
}

function otherLanguages(language: FormLanguage): string {
  const others = formLanguages.filter((one) => one !== language);
  const links = others.map(
    (one) => `<a href="?lang=${one}" lang="${one}" hreflang="${one}">${formText(one, 'language.name')}</a>`,
  );
  return `<nav class="languages" aria-label="${formText(language, 'language.choose')}">${links.join(' ')}</nav>`;
}

/** The text with HTML in its places; what stands around them is escaped. */
export function htmlText(language: FormLanguage, word: FormWord, places: Readonly<Record<string, string>>): string {
  const escaped = escapeHtml(formText(language, word));
  return filledIn(escaped, places);
}

/** A name that others chose, kept from changing the direction of the words around it. */
export function bdi(name: string): string {
  return `<bdi>${escapeHtml(name)}</bdi>`;
}

/** A page that says one thing, such as an unknown link. */
export function messagePage(around: PageAround, title: string, message: string): string {
  return htmlPage(around, title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(message)}</p>`);
}

/** A page that keeps what was sent, however the form looks, and sends it again. */
export function sendAgainPage(
  around: PageAround,
  page: {
    readonly title: string;
    readonly words: string;
    readonly fields: readonly (readonly [name: string, value: string])[];
  },
): string {
  const kept = page.fields.map(
    ([name, value]) => `<textarea name="${escapeHtml(name)}" hidden>\n${escapeHtml(value)}</textarea>`,
  );
  const submit = escapeHtml(formText(around.language, 'refusal.again'));
  return htmlPage(
    around,
    page.title,
    `<h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.words)}</p><form method="post">${kept.join('')}<button type="submit">${submit}</button></form>`,
  );
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text as it stands in HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
