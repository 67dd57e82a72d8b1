import { typeMeant, typesInWords } from '../../../src/web/partners/partner-types.js';
import { sayOf } from '../../../src/web/words/catalogue.js';

describe.each(['en', 'de'] as const)('the types of partners to choose from in %s', (language) => {
  const wordsOf = (type: string) => sayOf(language, 'partnerType', type);

  it('are all in words, and are meant by them', () => {
    const words = typesInWords(wordsOf);
    expect(words.every((text) => text.includes(': '))).toBe(true);
    expect(words.map((text) => typeMeant(` ${text} `, wordsOf))).toEqual([
      ...['referral', 'affiliate', 'reseller', 'services', 'technology', 'co-sell'],
    ]);
  });

  it.each(['referral', 'gold-referral', 'Berater', ''])('leave %j as it was typed', (typed) => {
    expect(typeMeant(typed, wordsOf)).toBe(typed);
  });
});
