/** A row of a CSV file: its cells by the column's name, and the line it begins on. */
export interface CsvRow {
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

export type CsvReading =
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly CsvRow[] }
  | { readonly kind: 'refused'; readonly line: number; readonly message: string };

/** A cell with what ends it. Quotes are doubled inside quotes; a cell in quotes may hold commas and line breaks. */
const cellPattern = /(?:[ \t]*"([^"]*(?:""[^"]*)*)"[ \t]*|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
const lineBreak = /\r\n|\n|\r/g;
const byteOrderMark = /^\ufeff/;

/**
 * Reads comma-separated values as RFC 4180 has them: the first line names the columns, and every row has a cell for each.
 * Space around a cell does not count, and empty lines are passed over.
 */
export function readCsv(text: string): CsvReading {
  const scanned = scan(text.replace(byteOrderMark, ''));
  if (scanned.kind === 'refused') return scanned;
  const [header, ...rest] = scanned.lines;
  if (header === undefined) return refused(1, 'The file is empty; expected a first line that names the columns.');
  const columns = header.cells;
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (columns.includes('')) return refused(header.line, 'A column has no name.');
  if (twice !== undefined) return refused(header.line, `Two columns are named ${JSON.stringify(twice)}.`);
  const uneven = rest.find(({ cells }) => cells.length !== columns.length);
  if (uneven !== undefined) {
    const [found, expected] = [uneven.cells.length, columns.length].map(String);
    return refused(uneven.line, `It has ${found ?? ''} cells; expected ${expected ?? ''}, one for each column.`);
  }
  const rows = rest.map(({ line, cells }) => ({
    line,
    cells: new Map(columns.map((name, index) => [name, cells[index] ?? ''])),
  }));
  return { kind: 'table', columns, rows };
}

interface ScannedLine {
  readonly line: number;
  readonly cells: readonly string[];
}

type Scan =
  | { readonly kind: 'lines'; readonly lines: readonly ScannedLine[] }
  | Extract<CsvReading, { readonly kind: 'refused' }>;

function scan(text: string): Scan {
  const pattern = new RegExp(cellPattern);
  const lines: ScannedLine[] = [];
  let cells: string[] = [];
  let [line, began] = [1, 1];
  for (;;) {
    const match = pattern.exec(text);
    if (match === null) return refused(line, 'A quotation mark stands inside a cell, or is never closed.');
    const [whole, quoted, plain = '', end] = match;
    cells.push((quoted?.replaceAll('""', '"') ?? plain).trim());
    line += whole.match(lineBreak)?.length ?? 0;
    if (end === ',') continue;
    if (cells.length > 1 || cells[0] !== '') lines.push({ line: began, cells });
    if (end === '') return { kind: 'lines', lines };
    [cells, began] = [[], line];
  }
}

function refused(line: number, message: string): Extract<CsvReading, { readonly kind: 'refused' }> {
  return { kind: 'refused', line, message: `line ${String(line)}: ${message}` };
}
