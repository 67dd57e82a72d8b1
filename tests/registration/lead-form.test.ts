import { formFields } from '../../src/program/form-field.api.js';
import { formSections } from '../../src/registration/lead-form-fields.js';
import { leadFormPage } from '../../src/registration/lead-form.html.js';
import { newChallenge } from '../../src/registration/proof-of-work.js';
import { parseForm, typedValues } from '../../src/registration/lead-form.js';

const challenge = newChallenge('key', {
  nonce: 'n',
  number: 1,
  page: { partnerId: 'p', linkToken: 'l', submission: 't' },
  expiresAt: new Date(0),
});

const filled = {
  'company.name': 'Acme',
  'company.domain': 'acme.com',
  'contact.firstName': 'Ann',
  'contact.lastName': 'Archer',
  'contact.email': 'ann@acme.com',
  attestation: 'yes',
};

function errorsOf(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const parsed = parseForm(values, [], 'en');
  return parsed.kind === 'invalid' ? parsed.errors : {};
}

describe('the hosted lead form', () => {
  it('takes a filled form as the API would', () => {
    expect(parseForm({ ...filled, 'deal.amount': '', 'deal.currency': '' }, [], 'en')).toEqual({
      kind: 'valid',
      submission: {
        company: { name: 'Acme', domain: 'acme.com' },
        contact: { firstName: 'Ann', lastName: 'Archer', email: 'ann@acme.com' },
        deal: {},
        fields: {},
        attestation: true,
      },
      submitter: null,
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
    const parsed = parseForm({ ...filled, ...wrong }, [], 'en');
    expect(parsed).toMatchObject({ kind: 'invalid' });
    if (parsed.kind === 'invalid') expect(parsed.errors[field]).toBe(sentence);
  });

  it('asks for the attestation', () => {
    const { attestation: _unchecked, ...rest } = filled;
    expect(parseForm(rest, [], 'en')).toMatchObject({
      kind: 'invalid',
      errors: { attestation: expect.any(String) as string },
    });
  });

  it.each(['', 'no', 'on', 'YES', 'yes '])('takes %j for no attestation', (attestation) => {
    expect(Object.keys(errorsOf({ ...filled, attestation }))).toEqual(['attestation']);
  });

  it.each([
    ['company.name', 'Ac\0me'],
    ['contact.firstName', 'Ann\u202egro.live'],
    ['contact.lastName', 'Archer\u2066'],
    ['contact.phone', '1\t2'],
    ['contact.email', 'ann\0@acme.com'],
    ['company.domain', 'acme.com/\0'],
    ['company.country', 'D\0'],
    ['deal.name', 'One\nTwo'],
    ['deal.product', '\u001b[31mred'],
    ['deal.amount', '1\0'],
    ['deal.expectedCloseDate', '2026-12-31\0'],
    ['note', 'line\r\n\u202eline'],
  ])('says beside %s that it holds what is not seen', (field, typed) => {
    expect(Object.keys(errorsOf({ ...filled, 'deal.currency': 'EUR', [field]: typed }))).toEqual([field]);
  });

  it('takes a note of several lines, and a field of spaces for an empty one', () => {
    expect(parseForm({ ...filled, note: 'one\r\n\ttwo', 'deal.name': '  ' }, [], 'en')).toMatchObject({
      submission: { note: 'one\r\n\ttwo', deal: {} },
    });
  });

  it.each(['UK', 'EU', 'UN', 'XK', 'ZZ', 'D'])('knows no country %s', (country) => {
    expect(errorsOf({ ...filled, 'company.country': country })).toEqual({
      'company.country': 'Country: expected an ISO 3166-1 country code such as DE or GB',
    });
  });

  it('keeps what was typed, beside the errors, and lets no markup through', () => {
    const html = leadFormPage({
      language: 'en',
      partnerName: 'North <b>wind</b>',
      programName: 'Program',
      attestation: 'The contact agreed',
      submissionToken: 'token',
      challenge,
      notice: null,
      sections: formSections([], 'en'),
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

  it('shows what was typed again without what is not seen, and names apart from the words around them', () => {
    const html = leadFormPage({
      language: 'en',
      partnerName: 'שלום',
      programName: 'Program',
      attestation: 'The contact agreed',
      submissionToken: 'token',
      challenge,
      notice: null,
      sections: formSections([], 'en'),
      values: { 'company.name': 'Ac\0me\u202e', note: 'one\r\ntwo', attestation: 'no' },
      errors: { 'company.name': 'Company name: wrong' },
    });
    expect(html).toContain('value="Acme"');
    expect(html).toContain('one\r\ntwo</textarea>');
    expect(html).toContain('<bdi>שלום</bdi>');
    expect(html).not.toContain(' checked');
  });

  it('leaves out what is not a field of the form', () => {
    expect(typedValues({ 'company.name': 'Acme', partnerId: 'par_x', note: ['a'] }, [])).toEqual({
      'company.name': 'Acme',
    });
    expect(typedValues(undefined, [])).toEqual({});
  });

  describe('with questions of the vendor’s own', () => {
    const own = formFields.parse([
      {
        name: 'size',
        type: 'choice',
        label: 'Size <i>',
        required: true,
        choices: [{ value: '"l"', label: '<b>Large' }],
      },
      { name: 'sites', type: 'choices', label: 'Sites', choices: [{ value: 'eu' }, { value: 'us' }] },
      { name: 'budget', type: 'money', label: 'Budget', help: 'Roughly' },
    ]);
    const typed = (body: object) => typedValues({ ...filled, ...body }, own);

    it('takes their answers as the API would', () => {
      const body = { 'fields.size': '"l"', 'fields.sites': ['eu', 'us'], 'fields.budget.amount': '5' };
      expect(parseForm(typed({ ...body, 'fields.budget.currency': 'EUR' }), own, 'en')).toMatchObject({
        submission: { fields: { size: '"l"', sites: ['eu', 'us'], budget: { amount: '5', currency: 'EUR' } } },
      });
    });

    it('says beside each what is wrong, and keeps what was typed', () => {
      const values = typed({ 'company.name': '', 'fields.sites': 'mars', 'fields.budget.amount': 'lots' });
      const parsed = parseForm(values, own, 'en');
      if (parsed.kind === 'valid') throw new Error('it is not');
      expect(parsed.errors).toEqual({
        'company.name': 'Enter the company name',
        'fields.size': 'Answer “Size <i>”',
        'fields.sites': 'Sites: expected one of eu, us',
        'fields.budget.amount': expect.stringContaining('Budget: expected') as string,
        'fields.budget.currency': expect.stringContaining('Budget: expected') as string,
      });
      const shown = {
        language: 'en' as const,
        partnerName: 'N',
        programName: 'P',
        attestation: 'A',
        submissionToken: 't',
        challenge,
        notice: null,
      };
      const html = leadFormPage({ ...shown, sections: formSections(own, 'en'), values, errors: parsed.errors });
      expect(html).toContain(
        'name="fields.budget.amount" aria-invalid="true" aria-describedby="fields-budget-amount-error"',
      );
      expect(html).toContain('<option value="&quot;l&quot;">&lt;b&gt;Large</option>');
      for (const [, link = ''] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(` id="${link}"`);
    });
  });
});
