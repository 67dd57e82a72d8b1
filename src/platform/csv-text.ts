/** What a spreadsheet would run as a formula: it begins with one of these signs (full width ones too), or hides that behind white space. */
const formula = /^(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/u;
const plainNumber = /^-?\d+(?:\.\d+)?$/;
const mustBeQuoted = /[",\r\n]|^\s|\s$/;

/** A table as CSV (RFC 4180), the names of the columns first. A cell that is null is empty. */
export function csvText<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string | null>>[],
): string {
  const lines = [[...columns], ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
}

/** A text that a spreadsheet would run is shown with an apostrophe before it; a number is let be, negative ones too. */
function cellText(value: string): string {
  const safe = formula.test(value) && !plainNumber.test(value) ? `'${value}` : value;
  return mustBeQuoted.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
