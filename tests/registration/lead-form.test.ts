import { leadFormPage, receiptPage } from '../../src/registration/lead-form.html.js';
import { parseForm, typedValues } from '../../src/registration/lead-form.js';

const filled = {
  'company.name': 'Acme',
  'company.domain': 'acme.com',
  'contact.firstName': 'Ann',
  'contact.lastName': 'Archer',
  'contact.email': 'ann@acme.com',
  attestation: 'yes',
};

describe('the hosted lead form', () => {
  it('takes a filled form as the API would', () => {
    expect(parseForm({ ...filled, 'deal.amount': '', 'deal.currency': '' })).toEqual({
      kind: 'valid',
      submission: {
        company: { name: 'Acme', domain: 'acme.com' },
        contact: { firstName: 'Ann', lastName: 'Archer', email: 'ann@acme.com' },
        deal: {},
        attestation: true,
      },
    });
  });

  it.each([
    [{ 'company.name': '' }, 'company.name', 'Enter the company name'],
    [{ 'contact.email': 'ann' }, 'contact.email', 'Work e-mail: expected an e-mail address such as ann@acme.com'],
    [{ 'company.domain': 'nonsense' }, 'company.domain', 'Company domain: expected a company domain such as acme.com'],
    [
      { 'deal.amount': '1,000' },
      'deal.amount',
      'Expected amount: expected a decimal number without sign or separators, such as 12000.50',
    ],
    [{ 'deal.amount': '1000' }, 'deal.currency', 'Enter the currency'],
    [
      { 'deal.expectedCloseDate': '0000-01-01' },
      'deal.expectedCloseDate',
      'Expected close date: expected a day, YYYY-MM-DD',
    ],
    [{ 'contact.phone': '1'.repeat(41) }, 'contact.phone', 'Phone: expected at most 40 characters'],
    [
      { 'deal.expectedCloseDate': '2026-02-30' },
      'deal.expectedCloseDate',
      'Expected close date: expected a day, YYYY-MM-DD',
    ],
  ])('names the field, and what is expected, for %j', (wrong, field, sentence) => {
    const parsed = parseForm({ ...filled, ...wrong });
    expect(parsed).toMatchObject({ kind: 'invalid' });
    if (parsed.kind === 'invalid') expect(parsed.errors[field]).toBe(sentence);
  });

  it('asks for the attestation', () => {
    const { attestation: _unchecked, ...rest } = filled;
    expect(parseForm(rest)).toMatchObject({ kind: 'invalid', errors: { attestation: expect.any(String) as string } });
  });

  it('keeps what was typed, beside the errors, and lets no markup through', () => {
    const html = leadFormPage({
      partnerName: 'North <b>wind</b>',
      programName: 'Program',
      attestation: 'The contact agreed',
      submissionToken: 'token',
      values: { 'company.name': '"><script>alert(1)</script>', 'contact.email': 'ann' },
      errors: { 'contact.email': 'Work e-mail: expected an e-mail address' },
    });
    expect(html).not.toContain('<script>');
    expect(html).not.toContain('<b>wind');
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(html).toMatch(/id="contact-email-error">Work e-mail: expected/);
    expect(html).toMatch(/aria-invalid="true" aria-describedby="contact-email-error"/);
    expect(html).toContain('<a href="#contact-email">');
  });

  it('leaves out what is not a field of the form', () => {
    expect(typedValues({ 'company.name': 'Acme', partnerId: 'par_x', note: ['a'] })).toEqual({
      'company.name': 'Acme',
    });
    expect(typedValues(undefined)).toEqual({});
  });

  it('shows the partner how the registration stands without saying why', () => {
    const html = receiptPage({
      programName: 'Program',
      companyName: 'Acme',
      status: 'in_review',
      availability: 'taken',
      formAddress: '/r/token',
      receipt: {
        registrationId: 'reg_1',
        partnerId: 'par_1',
        submittedAt: 'now',
        contentHash: 'sha256:0',
        result: 'taken',
        keyId: 'k',
        algorithm: 'Ed25519',
        signature: 's',
      },
    });
    expect(html).toContain('in review');
    expect(html).toContain('sha256:0');
  });
});
