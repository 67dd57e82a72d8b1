import { formFields } from '../../src/program/form-field.api.js';
import { expectationText } from '../../src/registration/expectation-words.js';
import { confirmationMail, receiptMail } from '../../src/registration/form-mails.js';
import { formTexts } from '../../src/registration/form-texts.js';
import { dayText, formText, languageOf, momentText, refusalText } from '../../src/registration/form-words.js';
import { formSections } from '../../src/registration/lead-form-fields.js';
import { confirmPage } from '../../src/registration/lead-form-confirm.html.js';
import { receiptPage } from '../../src/registration/lead-form-receipt.html.js';
import { leadFormPage } from '../../src/registration/lead-form.html.js';
import { parseForm } from '../../src/registration/lead-form.js';
import { newChallenge } from '../../src/registration/proof-of-work.js';

/** What is called the same in both. */
const same = new Set<string>(['receipt.tab']);
const entries = Object.entries(formTexts);
const placesIn = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();
const isGerman = (html: string) => {
  // English of three words or more could not stand there by chance.
  const english = entries.map(([, [text]]) => text.split(/\{\w+\}/)).flat();
  return english.filter((part) => part.trim().split(' ').length > 2 && html.includes(part.trim()));
};
const own = formFields.parse([
  { name: 'a', type: 'text', label: 'Alpha', required: true },
  { name: 'b', type: 'long-text', label: 'Beta' },
  { name: 'c', type: 'number', label: 'Gamma' },
  { name: 'd', type: 'money', label: 'Delta' },
  { name: 'e', type: 'date', label: 'Epsilon' },
  { name: 'f', type: 'choice', label: 'Zeta', choices: [{ value: 'eu' }] },
  { name: 'g', type: 'choices', label: 'Eta', choices: [{ value: 'us' }] },
  { name: 'h', type: 'country', label: 'Theta' },
  { name: 'i', type: 'phone', label: 'Iota' },
]);
const receipt = {
  registrationId: 'reg_1',
  partnerId: 'par_1',
  submittedAt: '2026-11-10T12:00:05.123Z',
  contentHash: 'sha256:0',
  result: 'clear',
  keyId: 'k',
  algorithm: 'Ed25519',
  signature: 's',
} as const;

describe('the texts of the hosted form', () => {
  it.each(entries)('%s is there in both languages, with the same places in it', (word, [english, german]) => {
    expect([english, german].map((text) => text.trim())).not.toContain('');
    expect(placesIn(german)).toEqual(placesIn(english));
    if (!same.has(word)) expect(german).not.toBe(english);
  });

  it('are those of the language that is asked for, or else the first of the reader’s that there is', () => {
    expect(languageOf('de', ['en'])).toBe('de');
    expect(languageOf(undefined, ['fr', 'de-AT', 'en'])).toBe('de');
    expect(languageOf('xx', ['en-US', 'de'])).toBe('en');
    expect(languageOf(['de'], ['*'])).toBe('en');
  });

  it('write days and moments as the language does', () => {
    expect(dayText('en', '2027-02-08')).toBe('8 February 2027');
    expect(dayText('de', '2027-02-08')).toBe('8. Februar 2027');
    expect(momentText('de', receipt.submittedAt)).toBe('10. November 2026 um 12:00:05 UTC');
  });

  const hostile = [
    'x'.repeat(6000),
    'a\u202eb',
    '1,5',
    '-1',
    'ZZ',
    '2026-02-30',
    '1.23456',
    'nonsense words',
    '9'.repeat(20),
  ];
  it.each(hostile)('say in German what is wrong with %j, whichever field it is in', (typed) => {
    const names = formSections(own, 'de').flatMap(({ fields }) => fields.map(({ name }) => name));
    const values = Object.fromEntries(
      [...names, 'deal.currency', 'fields.d.amount', 'fields.d.currency', 'submitter'].map((name) => [name, typed]),
    );
    const parsed = parseForm(values, own, 'de');
    if (parsed.kind === 'valid') throw new Error('it is not');
    expect(Object.keys(parsed.errors).length).toBeGreaterThan(3);
    for (const words of Object.values(parsed.errors)) {
      expect(words).not.toMatch(/expected|such as|characters|one of|Enter|Answer|etwas, das in dieses Feld passt/);
    }
  });

  it('say something German where nobody foresaw what is expected', () => {
    expect(expectationText('de', 'a unicorn')).toBe('etwas, das in dieses Feld passt');
    expect(expectationText('en', 'a unicorn')).toBe('a unicorn');
    expect(refusalText('de', 'unheard-of')).toMatch(/^So lässt sich das nicht annehmen/);
  });

  it('leave no English on the German pages and mails, and the vendor’s words as they are', () => {
    const around = { language: 'de', isSwitchable: false } as const;
    const attestation = 'The contact agreed to be introduced to us.';
    const parsed = parseForm({}, own, 'de');
    const form = leadFormPage({
      ...around,
      ...{ partnerName: 'N', programName: 'P', attestation, submissionToken: 't', notice: refusalText('de', 'x') },
      challenge: newChallenge('key', {
        ...{ nonce: 'n', number: 1, expiresAt: new Date(0) },
        page: { partnerId: 'p', linkToken: 'l', submission: 't' },
      }),
      sections: formSections(own, 'de'),
      values: {},
      errors: parsed.kind === 'invalid' ? parsed.errors : {},
    });
    const registered = { companyName: 'Acme', dealName: 'D', product: 'P' };
    const shown = {
      ...around,
      programName: 'P',
      registered,
      protectedUntil: '2027-02-08',
      formAddress: '/r/t',
      receipt,
    };
    const pages = [
      form,
      confirmPage(around, { programName: 'P', partnerName: 'N' }),
      ...(
        ['in_review', 'approved', 'waiting', 'returned', 'rejected', 'withdrawn', 'expired', 'won', 'lost'] as const
      ).map((status) => receiptPage({ ...shown, status, availability: 'clear' })),
      JSON.stringify(confirmationMail({ language: 'de', programName: 'P', partnerName: 'N', url: 'u' })),
      JSON.stringify(
        receiptMail({
          ...{ language: 'de', programName: 'P', receipt, companyName: 'Acme', url: 'u', verifyUrl: 'v' },
          decideBy: '2026-11-12',
        }),
      ),
    ];
    expect(pages.flatMap(isGerman)).toEqual([]);
    expect(form).toContain('<html lang="de">');
    expect(form).toContain(attestation);
    expect(form).toContain('Alpha');
    expect(isGerman(formText('en', 'form.unscripted'))).not.toEqual([]);
  });
});
