import { catalogues, languageFor, localeFor, say, sayOf, type Language } from '../../../src/web/words/catalogue.js';

const places = (text: string): readonly string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

describe('the texts', () => {
  it('are there in German as in English, with the same places to fill in', () => {
    const shape = (language: Language) =>
      Object.entries(catalogues[language])
        .map(([key, text]) => [key, places(text)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));
    expect(shape('de')).toEqual(shape('en'));
  });

  it('are never empty', () => {
    const texts = Object.values(catalogues).flatMap((catalogue) => Object.values(catalogue));
    expect(texts.filter((text) => text.trim() === '')).toEqual([]);
  });

  it('have their places filled in, and nothing that was filled in is filled in again', () => {
    expect(say('en', 'next.reviewBy', { day: '{reason}' })).toBe('We decide by {reason}. You need do nothing.');
    expect(say('de', 'list.shown', { count: 3 })).toBe('3 gezeigt');
  });

  it('name what the service calls by a word, and leave a word they do not know', () => {
    expect(sayOf('de', 'status', 'in_review')).toBe('In Prüfung');
    expect(sayOf('de', 'status', 'brand_new')).toBe('brand_new');
  });
});

describe('the language of a reader', () => {
  it.each([
    [['de-CH', 'en'], 'de', 'de-CH'],
    [['fr-FR', 'de'], 'de', 'de'],
    [['en-US'], 'en', 'en-US'],
    [['fr'], 'en', 'en-GB'],
    [[], 'en', 'en-GB'],
  ])('with the browser set to %j is %s, written as in %s', (wanted, language, locale) => {
    expect(languageFor(wanted)).toBe(language);
    expect(localeFor(languageFor(wanted), wanted)).toBe(locale);
  });
});
