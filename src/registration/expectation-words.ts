import { filledIn, type FormLanguage } from './form-words.js';

/** What a schema says it expects, and how a reader is told. `{n}` and `{x}` are what the pattern found. */
const expectations: readonly (readonly [RegExp, string])[] = [
  [/^a company domain such as acme\.com$/, 'eine Domain wie acme.com'],
  [/^an e-mail address( such as ann@acme\.com)?$/, 'eine E-Mail-Adresse wie ann@acme.com'],
  [/^an ISO 3166-1 country code such as DE or GB$/, 'ein Länderkürzel nach ISO 3166-1 wie DE oder GB'],
  [/^an ISO 4217 currency code such as EUR$/, 'ein Währungskürzel nach ISO 4217 wie EUR'],
  [/^the currency of the amount, an ISO 4217 code such as EUR$/, 'die Währung des Betrags, ein Kürzel wie EUR'],
  [
    /^a decimal number without sign or separators, such as 12000\.50$/,
    'eine Dezimalzahl ohne Vorzeichen und Trennzeichen wie 12000.50',
  ],
  [/^a number without separators, such as 25 or -0\.5$/, 'eine Zahl ohne Trennzeichen wie 25 oder -0.5'],
  [
    /^an amount with at most (?<n>\d+) decimals, as (?<x>[A-Z]{3}) has$/,
    'ein Betrag mit höchstens {n} Nachkommastellen, wie {x} sie hat',
  ],
  [/^a day, YYYY-MM-DD$/, 'ein Tag als JJJJ-MM-TT'],
  [/^a phone number such as \+49 30 1234567$/, 'eine Telefonnummer wie +49 30 1234567'],
  [
    /^text on one line, without control characters/,
    'ein Text in einer Zeile, ohne Steuerzeichen und Zeichen, die die Schreibrichtung ändern',
  ],
  [/^text without control characters/, 'ein Text ohne Steuerzeichen und Zeichen, die die Schreibrichtung ändern'],
  [/^each choice at most once$/, 'jede Auswahl höchstens einmal'],
  [/^one of (?<x>.*)$/s, 'eines von: {x}'],
  [/^at most (?<n>\d+) characters?$/, 'ein Text von höchstens {n} Zeichen'],
  [/^at least (?<n>\d+) characters?$/, 'ein Text von mindestens {n} Zeichen'],
  [/^at most (?<n>\d+) items?$/, 'eine Auswahl von höchstens {n}'],
];

const anyExpectation = 'etwas, das in dieses Feld passt';

/** What is expected in a field, as the reader's language says it. */
export function expectationText(language: FormLanguage, expected: string): string {
  if (language === 'en') return expected;
  for (const [pattern, text] of expectations) {
    const found = pattern.exec(expected);
    if (found !== null) return filledIn(text, found.groups ?? {});
  }
  return anyExpectation;
}
