import { companyDomain, companyKey, isPersonalDomain, registrableDomain } from '../../src/registration/matching.js';

describe('recognising a company', () => {
  it.each([
    ['acme.com', 'acme.com'],
    ['https://Shop.Acme.co.uk/pricing?x=1', 'acme.co.uk'],
    ['WWW.ACME.COM', 'acme.com'],
    ['mail.eu.acme.com.', 'acme.com'],
    ['bücher.de', 'xn--bcher-kva.de'],
    ['xn--bcher-kva.de', 'xn--bcher-kva.de'],
    ['one.github.io', 'one.github.io'],
    ['acme.example', 'acme.example'],
  ])('folds %s to %s', (typed, domain) => {
    expect(registrableDomain(typed)).toBe(domain);
  });

  it.each(['', 'acme', '10.0.0.1', 'http://', 'not a domain', 'co.uk', '-.com'])('finds no company in %j', (typed) => {
    expect(registrableDomain(typed)).toBeNull();
  });

  it('never takes a free-mail or disposable domain for a company', () => {
    expect(isPersonalDomain('gmail.com')).toBe(true);
    expect(isPersonalDomain('mailinator.com')).toBe(true);
    expect(isPersonalDomain('acme.com')).toBe(false);
    expect(companyDomain('gmail.com', 'ann@gmail.com')).toBeNull();
  });

  it('falls back to the domain of the work address', () => {
    expect(companyDomain(null, 'ann@sales.acme.com')).toBe('acme.com');
    expect(companyDomain('gmail.com', 'ann@acme.com')).toBe('acme.com');
  });

  it('recognises people with free-mail only by their exact address, and does not keep it', () => {
    const key = companyKey(null, 'Ann@Gmail.com');
    expect(key).toBe(companyKey(null, 'ann@gmail.com '));
    expect(key).not.toBe(companyKey(null, 'bob@gmail.com'));
    expect(key).not.toContain('ann');
  });
});
