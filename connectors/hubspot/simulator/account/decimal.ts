interface Scaled {
  readonly digits: bigint;
  readonly scale: number;
}

function scaled(text: string): Scaled {
  const [whole = '', fraction = ''] = text.split('.');
  return { digits: BigInt(`${whole}${fraction}`), scale: fraction.length };
}

/** Multiplies two decimal strings exactly and drops trailing zeros: `'1500.00'` × `'1.1'` is `'1650'`. */
export function multiplyDecimals(a: string, b: string): string {
  const [left, right] = [scaled(a), scaled(b)];
  const product = left.digits * right.digits;
  const scale = left.scale + right.scale;
  const sign = product < 0n ? '-' : '';
  const digits = String(product < 0n ? -product : product).padStart(scale + 1, '0');
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - scale);
  return scale === 0 || fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}
