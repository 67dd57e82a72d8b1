import { bdi, escapeHtml, htmlPage, type FrameHosts } from './lead-form-page.html.js';
import type { SignedReceipt } from './receipt.js';
import type { Availability, ShownStatus } from './registration.js';

/** The names in a registration as they were typed. */
export interface RegisteredNames {
  readonly companyName: string;
  readonly dealName: string | null;
  readonly product: string | null;
}

export interface ReceiptPage {
  readonly programName: string;
  /** Null for who came by a mailed link: the address that was typed may be anybody's. */
  readonly registered: RegisteredNames | null;
  readonly status: ShownStatus;
  readonly availability: Availability;
  readonly protectedUntil: string | null;
  /** Null for who came by a mailed link, and knows no other. */
  readonly formAddress: string | null;
  readonly hosts?: FrameHosts;
  readonly receipt: SignedReceipt;
}

/** What happens next to a registration nobody has decided on, by what the partner may learn of others' claims. */
const undecided: Readonly<Record<Availability, string>> = {
  clear:
    'No other partner has a claim on this company. We will look at your registration; this page will show what we decided.',
  taken:
    'Another registration already holds this company. We keep yours in line and look at it again if the company becomes free.',
  under_review:
    'This company is already being looked at. We will look at your registration too; this page will show what we decided.',
};

/** The receipt: what was registered, when, what happens next, and everything the partner needs to prove it. */
export function receiptPage(page: ReceiptPage): string {
  const { receipt } = page;
  return htmlPage(
    `Receipt – ${page.programName}`,
    `<h1>Lead registered</h1>
    ${page.registered === null ? '' : namesIn(page.registered)}
    <h2>When you registered it</h2>
    <p><time datetime="${escapeHtml(receipt.submittedAt)}">${escapeHtml(moment(receipt.submittedAt))}</time></p>
    <h2>What happens next</h2>
    <p role="status">${escapeHtml(whatHappensNext(page))}</p>
    <h2>Your receipt</h2>
    <p>Keep this page: it proves what you registered and when. The number of your registration is <strong>${escapeHtml(receipt.registrationId)}</strong>.</p>
    <p>We signed the receipt. Anyone can check it <a href="/verify" target="_blank" rel="noopener">here</a>, or with our <a href="/api/v1/signing-keys" target="_blank" rel="noopener">public keys</a>: it covers the canonical JSON (RFC 8785) of all members but <code>keyId</code>, <code>algorithm</code> and <code>signature</code>.</p>
    <pre>${escapeHtml(JSON.stringify(receipt, null, 2))}</pre>
    ${page.formAddress === null ? '' : `<p><a href="${escapeHtml(page.formAddress)}">Register another lead</a></p>`}`,
    page.hosts,
  );
}

function namesIn({ companyName, dealName, product }: RegisteredNames): string {
  const names: readonly (readonly [string, string | null])[] = [
    ['Company', companyName],
    ['Deal', dealName],
    ['Product', product],
  ];
  const rows = names.map(([term, name]) => (name === null ? '' : `<dt>${term}</dt><dd>${bdi(name)}</dd>`));
  return `<h2>What you registered</h2><dl>${rows.join('')}</dl>`;
}

function whatHappensNext({ status, availability, protectedUntil }: ReceiptPage): string {
  switch (status) {
    case 'draft':
    case 'submitted':
    case 'in_review':
      return undecided[availability];
    case 'approved':
      return `Your registration is approved${protectedUntil === null ? '' : ` and protected until ${protectedUntil}`}. We now work on the deal.`;
    case 'waiting':
      return 'Your registration is waiting: another one came first. Yours moves up when that one ends.';
    case 'returned':
      return 'We have a question about your registration. It keeps its place while you answer.';
    case 'rejected':
      return 'We did not accept your registration. Nothing more happens.';
    case 'withdrawn':
      return 'Your registration was withdrawn. Nothing more happens.';
    case 'expired':
      return 'The protection of your registration has ended. You can register the company again.';
    case 'won':
      return 'The deal is won. We work out your commission from it.';
    case 'lost':
      return 'The deal is lost. Nothing more happens.';
  }
}

/** `2026-11-10T12:00:05.000Z` as a person reads it. */
function moment(instant: string): string {
  return `${instant.slice(0, 'YYYY-MM-DD'.length)} at ${instant.slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDTHH:MM:SS'.length)} UTC`;
}
