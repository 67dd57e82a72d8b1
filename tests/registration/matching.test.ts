import {
  companyDomain,
  companyKey,
  isPersonalDomain,
  normaliseEmail,
  registrableDomain,
} from '../../src/registration/matching.js';

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
    ['acme。com', 'acme.com'],
    ['Shop．Acme．co．uk', 'acme.co.uk'],
    ['https://shop.acme｡com/x', 'acme.com'],
    ['shop.acme.ｃｏ.ｕｋ', 'acme.co.uk'],
    ['ＡＣＭＥ。ＣＯＭ。', 'acme.com'],
    ['shop.bu\u0308cher。de', 'xn--bcher-kva.de'],
    ['例え。テスト.jp', 'xn--zckzah.jp'],
  ])('folds %s to %s', (typed, domain) => {
    expect(registrableDomain(typed)).toBe(domain);
  });

  it.each(['', 'acme', '10.0.0.1', 'http://', 'not a domain', 'co.uk', 'ｃｏ。ｕｋ', '１０.0.0.1', '。', '-.com'])(
    'finds no company in %j',
    (typed) => {
      expect(registrableDomain(typed)).toBeNull();
    },
  );

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

  it.each([
    ['Ann@BÜCHER.de', 'ann@xn--bcher-kva.de'],
    ['ann@xn--bcher-kva.de', 'ann@xn--bcher-kva.de'],
    ['ann@acme。com', 'ann@acme.com'],
    ['ann@ａｃｍｅ．com.', 'ann@acme.com'],
    ['ann@Acme.com.', 'ann@acme.com'],
    ['"a@b"@acme.com', '"a@b"@acme.com'],
  ])('takes %s for the same address as %s', (typed, address) => {
    expect(normaliseEmail(typed)).toBe(address);
  });

  it.each(['ann@acme.com/x', 'ann@acme.com:80', 'ann@acme.com?x', 'ann@a%41.com', 'ann', 'ann@', ''])(
    'makes no better address of %j than it is',
    (typed) => {
      expect(normaliseEmail(typed)).toBe(typed.toLowerCase());
    },
  );

  it('finds the same company whichever way an address is typed', () => {
    const keyOf = (email: string) => companyKey(companyDomain(null, email), email);
    expect(keyOf('ann@mail.BÜCHER。de')).toBe(keyOf('bob@xn--bcher-kva.de'));
    expect(keyOf('Ann@ｇｍａｉｌ。com.')).toBe(keyOf('ann@gmail.com'));
  });
});
