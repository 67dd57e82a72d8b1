/** What a cell says, as plain text: a decimal number with a point, a day or moment in ISO 8601, or words. */
export type CellValue = string | null;

const decimal = /^-?\d+(\.\d+)?$/;

/** Rows in the order of what one of their cells says: numbers by size, words as the reader's language orders them, empty ones last. */
export function sortedRows<T>(
  rows: readonly T[],
  value: (row: T) => CellValue,
  descending: boolean,
  locale: string,
): readonly T[] {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const order = (a: string, b: string) => (decimal.test(a) && decimal.test(b) ? Number(a) - Number(b) : compare(a, b));
  return rows
    .map((row) => ({ row, text: value(row) }))
    .sort((a, b) => {
      if (a.text === null || b.text === null) return Number(a.text === null) - Number(b.text === null);
      return descending ? order(b.text, a.text) : order(a.text, b.text);
    })
    .map(({ row }) => row);
}
