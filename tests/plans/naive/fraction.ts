/** What happens to exactly half a unit. */
export type HalfMode = 'half-even' | 'half-up';

/** An exact fraction in lowest terms: the naive evaluation's own arithmetic, slow and obvious. */
export class Fraction {
  readonly top: bigint;
  readonly bottom: bigint;

  private constructor(top: bigint, bottom: bigint) {
    this.top = top;
    this.bottom = bottom;
  }

  static of(top: bigint, bottom = 1n): Fraction {
    if (bottom < 0n) return Fraction.of(-top, -bottom);
    const divisor = commonDivisor(top < 0n ? -top : top, bottom);
    return new Fraction(top / divisor, bottom / divisor);
  }

  /** `12.5`, `-3` or `1/3`; null for anything else. */
  static read(text: string): Fraction | null {
    const fraction = /^(\d+)\/(\d+)$/.exec(text);
    if (fraction !== null) return Fraction.of(BigInt(fraction[1]!), BigInt(fraction[2]!));
    if (!/^-?\d+(\.\d+)?$/.test(text)) return null;
    const [whole = '', decimals = ''] = text.split('.');
    return Fraction.of(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
  }

  /** A number that is known to be one. */
  static text(value: string | number): Fraction {
    const found = Fraction.read(String(value));
    if (found === null) throw new Error(`${value} is not a number`);
    return found;
  }

  plus(other: Fraction): Fraction {
    return Fraction.of(this.top * other.bottom + other.top * this.bottom, this.bottom * other.bottom);
  }

  minus(other: Fraction): Fraction {
    return Fraction.of(this.top * other.bottom - other.top * this.bottom, this.bottom * other.bottom);
  }

  times(other: Fraction): Fraction {
    return Fraction.of(this.top * other.top, this.bottom * other.bottom);
  }

  over(other: Fraction): Fraction {
    return Fraction.of(this.top * other.bottom, this.bottom * other.top);
  }

  isAbove(other: Fraction): boolean {
    return this.top * other.bottom > other.top * this.bottom;
  }

  isBelow(other: Fraction): boolean {
    return other.isAbove(this);
  }

  is(other: Fraction): boolean {
    return this.top === other.top && this.bottom === other.bottom;
  }

  /** The nearest whole number of an amount that is not negative: nothing here ever rounds a negative one. */
  rounded(mode: HalfMode): bigint {
    if (this.top < 0n) throw new Error('only what is given is rounded');
    const down = this.top / this.bottom;
    const rest = this.minus(Fraction.of(down));
    const half = Fraction.of(1n, 2n);
    if (rest.isAbove(half)) return down + 1n;
    if (rest.isBelow(half)) return down;
    return mode === 'half-up' || down % 2n === 1n ? down + 1n : down;
  }
}

export const nothing = Fraction.of(0n);
export const whole = Fraction.of(1n);

export function lesserOf(a: Fraction, b: Fraction): Fraction {
  return a.isAbove(b) ? b : a;
}

export function greaterOf(a: Fraction, b: Fraction): Fraction {
  return a.isAbove(b) ? a : b;
}

export function sumOf(values: readonly Fraction[]): Fraction {
  let sum = nothing;
  for (const value of values) sum = sum.plus(value);
  return sum;
}

/** A percentage as a share of one. */
export function percentOf(value: string | number): Fraction {
  return Fraction.text(value).over(Fraction.of(100n));
}

/** Divides whole units by largest remainder: each part rounded down, the units that are left one by one to who lacks most. */
export function dividedUp(units: bigint, shares: readonly Fraction[]): bigint[] {
  const all = sumOf(shares);
  const exact = shares.map((share) => Fraction.of(units).times(share).over(all));
  const parts = exact.map((part) => part.top / part.bottom);
  const served = new Set<number>();
  while (parts.reduce((sum, part) => sum + part, 0n) < units) {
    let next = -1;
    for (const [index, part] of exact.entries()) {
      if (served.has(index)) continue;
      const lacks = part.minus(Fraction.of(part.top / part.bottom));
      const most = next < 0 ? null : exact[next]!.minus(Fraction.of(exact[next]!.top / exact[next]!.bottom));
      if (most === null || lacks.isAbove(most)) next = index;
    }
    parts[next]! += 1n;
    served.add(next);
  }
  return parts;
}

function commonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}
