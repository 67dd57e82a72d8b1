import { english } from './english.js';
import { german } from './german.js';

/** A text of the application. English decides which there are; another language that lacks one does not compile. */
export type WordKey = keyof typeof english;
export type Catalogue = Readonly<Record<WordKey, string>>;
export type Language = 'en' | 'de';

export const catalogues: Readonly<Record<Language, Catalogue>> = { en: english, de: german };

export type Say = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

/** The text with its `{name}` places filled in. */
export function say(language: Language, key: WordKey, values: Readonly<Record<string, string | number>> = {}): string {
  return catalogues[language][key].replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** The text of what the service names by a word of its own; the word itself where a newer service has one more. */
export function sayOf(language: Language, group: string, name: string): string {
  const texts: Readonly<Record<string, string>> = catalogues[language];
  return texts[`${group}.${name}`] ?? name;
}

/** The first language of the reader's that there is. */
export function languageFor(wanted: readonly string[]): Language {
  const known = wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in catalogues);
  return known === 'de' ? 'de' : 'en';
}

/** How the reader writes figures and dates in this language. */
export function localeFor(language: Language, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.toLowerCase().startsWith(language)) ?? { en: 'en-GB', de: 'de-DE' }[language];
}
