import type { z } from 'zod';
import { readCsv, type CsvRow } from '../csv.js';
import type { FieldFault } from '../domain-error.js';
import { fieldFaults } from './field-faults.js';

/** How the rows of a CSV file become what the API takes as bodies. */
export interface CsvForm<T> {
  /** Columns it may have, in any order. */
  readonly columns: readonly string[];
  /** Whether further columns are welcome; not unless said. */
  readonly takesOthers?: boolean;
  /** The body a row stands for. Columns that the row leaves empty are not among the cells. */
  readonly bodyOf: (cells: ReadonlyMap<string, string>) => unknown;
  readonly schema: z.ZodType<T>;
  /** The column a field of the body comes from, where they are named otherwise. */
  readonly columnOf?: (field: string) => string;
}

/** A row that fits, and where it stood in words that begin a sentence about it. */
export interface PlacedRow<T> {
  readonly place: string;
  readonly value: T;
}

export type RowsReading<T> =
  | { readonly kind: 'rows'; readonly rows: readonly PlacedRow<T>[] }
  | { readonly kind: 'refused'; readonly messages: readonly string[] };

const maxMessages = 20;

/** Reads a CSV file row by row. One wrong line refuses the file; the answer names up to twenty, each with its line. */
export function readCsvRows<T>(text: string, form: CsvForm<T>): RowsReading<T> {
  const reading = readCsv(text);
  if (reading.kind === 'refused') return { kind: 'refused', messages: [reading.message] };
  const unknown = form.takesOthers === true ? [] : reading.columns.filter((name) => !form.columns.includes(name));
  if (unknown.length > 0) {
    const message = `line 1: ${unknown.join(', ')} is no column of this file; expected ${form.columns.join(', ')}.`;
    return { kind: 'refused', messages: [message] };
  }
  const rows: PlacedRow<T>[] = [];
  const messages: string[] = [];
  for (const row of reading.rows) {
    const body = form.bodyOf(filledCells(row));
    const parsed = form.schema.safeParse(body);
    const place = `line ${String(row.line)}: `;
    if (parsed.success) rows.push({ place, value: parsed.data });
    else
      messages.push(...fieldFaults(parsed.error.issues, body).map((fault) => place + sentence(fault, form.columnOf)));
    if (messages.length >= maxMessages) break;
  }
  if (messages.length > 0) return { kind: 'refused', messages: messages.slice(0, maxMessages) };
  return { kind: 'rows', rows };
}

function filledCells({ cells }: CsvRow): ReadonlyMap<string, string> {
  return new Map([...cells].filter(([, cell]) => cell !== ''));
}

function sentence({ field, value, expected }: FieldFault, columnOf?: (field: string) => string): string {
  return `${columnOf?.(field) ?? field} is ${value ?? 'missing'}; expected ${expected}.`;
}
