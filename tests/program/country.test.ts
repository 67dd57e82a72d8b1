import { isCountry } from '../../src/program/country.js';

const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
const pairs = letters.flatMap((first) => letters.map((second) => first + second));

describe('the country of a company', () => {
  it('is one of the 249 that ISO 3166-1 assigns a code to', () => {
    expect(pairs.filter(isCountry)).toHaveLength(249);
    expect(['DE', 'GB', 'US', 'BQ', 'SS', 'AX'].every(isCountry)).toBe(true);
  });

  it('has a name in English, as far as the engine knows', () => {
    const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
    expect(pairs.filter((pair) => isCountry(pair) && names.of(pair) === undefined)).toEqual([]);
  });

  it.each(['EU', 'UN', 'UK', 'XK', 'ZZ', 'AN', 'SU', 'YU', 'AA', 'de', '', 'DEU'])('is not %j', (code) => {
    expect(isCountry(code)).toBe(false);
  });
});
