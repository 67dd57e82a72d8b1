import { dayText, formText, momentText, type FormLanguage, type FormWord } from './form-words.js';
import { bdi, escapeHtml, htmlPage, htmlText, type PageAround } from './lead-form-page.html.js';
import type { SignedReceipt } from './receipt.js';
import type { Availability, ShownStatus } from './registration.js';

/** The names in a registration as they were typed. */
export interface RegisteredNames {
  readonly companyName: string;
  readonly dealName: string | null;
  readonly product: string | null;
}

export interface ReceiptPage extends PageAround {
  readonly programName: string;
  /** Null for who came by a mailed link: the address that was typed may be anybody's. */
  readonly registered: RegisteredNames | null;
  readonly status: ShownStatus;
  readonly availability: Availability;
  readonly protectedUntil: string | null;
  /** Null for who came by a mailed link, and knows no other. */
  readonly formAddress: string | null;
  readonly receipt: SignedReceipt;
}

/** The receipt: what was registered, when, what happens next, and everything the partner needs to prove it. */
export function receiptPage(page: ReceiptPage): string {
  const { receipt, language } = page;
  const say = (word: FormWord) => escapeHtml(formText(language, word));
  return htmlPage(
    page,
    `${formText(language, 'receipt.tab')} – ${page.programName}`,
    `<h1>${say('receipt.title')}</h1>
    ${page.registered === null ? '' : namesIn(language, page.registered)}
    <h2>${say('receipt.when')}</h2>
    <p><time datetime="${escapeHtml(receipt.submittedAt)}">${escapeHtml(momentText(language, receipt.submittedAt))}</time></p>
    <h2>${say('receipt.next')}</h2>
    <p role="status">${escapeHtml(whatHappensNext(page))}</p>
    <h2>${say('receipt.yours')}</h2>
    <p>${htmlText(language, 'receipt.keep', { id: `<strong>${escapeHtml(receipt.registrationId)}</strong>` })}</p>
    <p>${htmlText(language, 'receipt.signed', signedPlaces(language))}</p>
    <pre>${escapeHtml(JSON.stringify(receipt, null, 2))}</pre>
    ${page.formAddress === null ? '' : `<p><a href="${escapeHtml(page.formAddress)}">${say('receipt.another')}</a></p>`}`,
  );
}

function signedPlaces(language: FormLanguage): Readonly<Record<string, string>> {
  const link = (path: string, word: FormWord) =>
    `<a href="${path}" target="_blank" rel="noopener">${escapeHtml(formText(language, word))}</a>`;
  return {
    here: link('/verify', 'receipt.here'),
    keys: link('/api/v1/signing-keys', 'receipt.keys'),
    key: '<code>keyId</code>',
    algorithm: '<code>algorithm</code>',
    signature: '<code>signature</code>',
  };
}

function namesIn(language: FormLanguage, { companyName, dealName, product }: RegisteredNames): string {
  const names: readonly (readonly [FormWord, string | null])[] = [
    ['receipt.company', companyName],
    ['receipt.deal', dealName],
    ['receipt.product', product],
  ];
  const say = (word: FormWord) => escapeHtml(formText(language, word));
  const rows = names.map(([term, name]) => (name === null ? '' : `<dt>${say(term)}</dt><dd>${bdi(name)}</dd>`));
  return `<h2>${say('receipt.what')}</h2><dl>${rows.join('')}</dl>`;
}

/** What happens next; to a registration nobody has decided on, by what the partner may learn of others' claims. */
function whatHappensNext({ language, status, availability, protectedUntil }: ReceiptPage): string {
  switch (status) {
    case 'draft':
    case 'submitted':
    case 'in_review':
      return formText(language, `next.${availability}`);
    case 'approved':
      return protectedUntil === null
        ? formText(language, 'next.approved')
        : formText(language, 'next.approvedUntil', { day: dayText(language, protectedUntil) });
    case 'waiting':
    case 'returned':
    case 'rejected':
    case 'withdrawn':
    case 'expired':
    case 'won':
    case 'lost':
      return formText(language, `next.${status}`);
  }
}
