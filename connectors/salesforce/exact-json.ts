/** Whether a text is a plain decimal such as `-12.50`. */
export function isDecimal(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** A number to be written digit by digit: `12000.50`, never through a double. */
export class Decimal {
  readonly text: string;

  /** `text` must be a plain decimal such as `-12.50`. @throws NotDecimal */
  constructor(text: string) {
    if (!isDecimal(text)) throw new NotDecimal(text);
    this.text = text;
  }
}

/** Text that should have been a plain decimal number. */
export class NotDecimal extends Error {
  constructor(text: string) {
    super(`"${text.slice(0, 40)}" is not a decimal number`);
    this.name = 'NotDecimal';
  }
}

const stringOrNumber = /"(?:[^"\\]+|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Reads JSON with every number as plain decimal text, because an amount that becomes a double may come out as another. Trailing
 * zeros behind the point go, and `3.5E8` becomes `350000000` (BEHAVIOR.md, "Amounts are numbers"). `undefined` for what is no
 * JSON.
 */
export function parseExactJson(text: string): unknown {
  try {
    return JSON.parse(
      text.replace(stringOrNumber, (token) => (token.startsWith('"') ? token : `"${plainDecimal(token)}"`)),
    );
  } catch {
    return undefined;
  }
}

/** Longest number written out in full; anything beyond is no amount and stays as it came. */
const mostDigits = 400;

/** `1.2E3` → `1200`, `12.50` → `12.5`. */
function plainDecimal(token: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(token) ?? [];
  const shift = Number(power);
  if (Math.abs(shift) > mostDigits) return token;
  const digits = `${'0'.repeat(Math.max(0, -shift))}${whole}${fraction}${'0'.repeat(Math.max(0, shift))}`;
  const point = whole.length + Math.max(0, -shift) + shift;
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '');
  const right = digits.slice(point).replace(/0+$/, '');
  return `${sign}${left === '' ? '0' : left}${right === '' ? '' : `.${right}`}`;
}

/** Writes JSON; a `Decimal` becomes a number with exactly its digits. Fields that are `undefined` are left out. */
export function writeExactJson(value: unknown): string {
  if (value instanceof Decimal) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeExactJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${writeExactJson(field)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
