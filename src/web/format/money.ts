const decimal = /^-?\d+(\.\d+)?$/;

/** An amount as the reader writes it. It stays decimal text to the last: no digit passes through a floating number. */
export function money(locale: string, amount: string, currency: string): string {
  if (!isDecimal(amount)) return `${amount} ${currency}`;
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount);
}

/** A decimal number as the reader writes it. */
export function number(locale: string, decimal: string): string {
  return isDecimal(decimal) ? new Intl.NumberFormat(locale).format(decimal) : decimal;
}

function isDecimal(text: string): text is `${number}` {
  return decimal.test(text);
}
