const mark = '\u0001';
const marked = /"\\u0001(-?[\d.]+(?:E-?\d+)?)\\u0001"/g;

/**
 * A number of a currency, percent or double field as it is written on the wire: `1000.0`, and `1.0E7` where exponents are
 * on. JSON.stringify cannot write either, so it travels as a marked text until `wireJson`.
 */
export function wireNumber(value: number, exponents: boolean): string {
  if (!exponents || Math.abs(value) < 1e7) return `${mark}${withPoint(plain(value))}${mark}`;
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${mark}${withPoint(digits)}E${exponent.replace('+', '')}${mark}`;
}

/** Without an exponent, whatever JavaScript prefers. */
function plain(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Math.abs(value) < 1 ? value.toFixed(20).replace(/0+$/, '') : BigInt(value).toString();
}

function withPoint(digits: string): string {
  return digits.includes('.') ? digits : `${digits}.0`;
}

/** JSON with the numbers as Salesforce writes them. */
export function wireJson(body: unknown): string {
  return JSON.stringify(body).replace(marked, '$1');
}
