import { formTexts, type Texts } from './form-texts.js';

/** Languages of the pages that are open to everybody, the first one where nobody asks for another. */
export const formLanguages = ['en', 'de'] as const;
export type FormLanguage = (typeof formLanguages)[number];

export type FormWord = keyof typeof formTexts;

/** The text with its places filled in. */
export function formText(
  language: FormLanguage,
  word: FormWord,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return filledIn(textIn(language, formTexts[word]), values);
}

export function filledIn(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** Why something is refused, for whoever filled in the form. @param code of the refusal */
export function refusalText(language: FormLanguage, code: string): string {
  const texts: Readonly<Record<string, Texts>> = formTexts;
  return textIn(language, texts[`refused.${code}`] ?? formTexts['refused.other']);
}

/** The language that is asked for, or else the first of the reader's that there is. @param accepted of `Accept-Language` */
export function languageOf(asked: unknown, accepted: readonly string[]): FormLanguage {
  const wanted = [...(typeof asked === 'string' ? [asked] : []), ...accepted].map((tag) =>
    tag.slice(0, 2).toLowerCase(),
  );
  return wanted.flatMap((tag) => formLanguages.filter((language) => language === tag))[0] ?? 'en';
}

const locales = { en: 'en-GB', de: 'de-DE' } as const satisfies Readonly<Record<FormLanguage, string>>;

/** A moment to the second, as it settles who was first. */
export function momentText(language: FormLanguage, instant: string): string {
  const style = { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locales[language], style).format(new Date(instant));
}

/** @param day `YYYY-MM-DD` */
export function dayText(language: FormLanguage, day: string): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));
}

function textIn(language: FormLanguage, texts: Texts): string {
  return texts[formLanguages.indexOf(language)] ?? texts[0];
}
