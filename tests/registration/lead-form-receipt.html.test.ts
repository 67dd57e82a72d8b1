import { receiptPage, type ReceiptPage } from '../../src/registration/lead-form-receipt.html.js';

const page: ReceiptPage = {
  language: 'en',
  programName: 'Program',
  registered: { companyName: 'Acme <Ltd>', dealName: 'Suite for Acme', product: null },
  status: 'in_review',
  availability: 'clear',
  protectedUntil: null,
  formAddress: '/r/token',
  receipt: {
    registrationId: 'reg_1',
    partnerId: 'par_1',
    submittedAt: '2026-11-10T12:00:05.123Z',
    contentHash: 'sha256:0',
    result: 'clear',
    keyId: 'k',
    algorithm: 'Ed25519',
    signature: 's',
  },
};

describe('the page with the receipt', () => {
  it('says what was registered, when, what happens next, and then gives the receipt', () => {
    const html = receiptPage(page);
    const facts = [
      '<bdi>Acme &lt;Ltd&gt;</bdi>',
      '<bdi>Suite for Acme</bdi>',
      '10 November 2026 at 12:00:05 UTC',
      'No other partner has a claim on this company.',
      'reg_1',
      'sha256:0',
    ];
    const places = facts.map((fact) => html.indexOf(fact));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(html).not.toContain('Product');
    // The database keeps the members in an order of its own, so they are told by name.
    expect(html).toContain('all members but <code>keyId</code>, <code>algorithm</code> and <code>signature</code>');
  });

  it.each<[Partial<ReceiptPage>, string]>([
    [{ availability: 'taken' }, 'Another registration already holds this company.'],
    [{ availability: 'under_review' }, 'is already being looked at'],
    [{ status: 'approved', protectedUntil: '2027-02-08' }, 'approved and protected until 8 February 2027'],
    [{ status: 'waiting', availability: 'taken' }, 'Yours moves up when that one ends.'],
    [{ status: 'returned' }, 'We have a question'],
    [{ status: 'rejected' }, 'We did not accept'],
    [{ status: 'withdrawn' }, 'was withdrawn'],
    [{ status: 'expired' }, 'protection of your registration has ended'],
    [{ status: 'won' }, 'The deal is won.'],
    [{ status: 'lost' }, 'The deal is lost.'],
  ])('says how it stands: %j', (stand, words) => {
    const next = /<p role="status">(.*?)<\/p>/.exec(receiptPage({ ...page, ...stand }))?.[1];
    expect(next).toContain(words);
    expect(next).not.toMatch(/_|undefined|null/);
  });
});
