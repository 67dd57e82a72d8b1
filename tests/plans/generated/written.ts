import fc from 'fast-check';

/** The pieces of which generated plans are written. */

export const partnerIds = ['par_1', 'par_2', 'par_3', 'par_4'] as const;

/** Currencies with 2, 0 and 3 decimals. */
export const currency = fc.constantFrom('EUR', 'EUR', 'EUR', 'USD', 'JPY', 'KWD');
const decimals: Readonly<Record<string, number>> = { JPY: 0, KWD: 3 };

function decimalsIn(code: string): number {
  return decimals[code] ?? 2;
}

export const percent: fc.Arbitrary<string | number> = fc.oneof(
  fc.constantFrom<string | number>(10, 5, 20, 12.5, 7.25, 0.5, 100, '33.333333', '1/3', 0),
  fc.integer({ min: 1, max: 9999 }).map((hundredths) => (hundredths / 100).toFixed(2)),
);

/** A sum such as `12.34 EUR`, with as many decimals as its currency has. */
export function money(least: number, most: number): fc.Arbitrary<string> {
  return fc.tuple(fc.integer({ min: least, max: most }), fc.nat(999), currency).map(([major, rest, code]) => {
    const places = decimalsIn(code);
    return places === 0 ? `${major} ${code}` : `${major}.${String(rest).padStart(3, '0').slice(0, places)} ${code}`;
  });
}

/** Whole percentages that come to a hundred. */
export function hundredIn(least: number, most: number): fc.Arbitrary<string[]> {
  return fc.array(fc.integer({ min: 1, max: 33 }), { minLength: least - 1, maxLength: most - 1 }).map((first) => {
    const sum = first.reduce((all, one) => all + one, 0);
    return [...first, 100 - sum].map(String);
  });
}

/** Something that is written down once in so many times. */
export function seldom<T>(arbitrary: fc.Arbitrary<T>, oneIn = 4): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** Something that is written down more often than not. */
export function mostly<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 1, arbitrary: fc.constant(undefined) }, { weight: 3, arbitrary });
}

type Fields<T> = { readonly [Key in keyof T]: fc.Arbitrary<T[Key]> };
export type Written<T> = { readonly [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
  readonly [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>;
};

/** A record whose missing fields are not there at all, as in a document. */
export function written<T>(fields: Fields<T>): fc.Arbitrary<Written<T>> {
  return fc
    .record(fields)
    .map((value) => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Written<T>);
}
