import { z } from 'zod';

/** A backup file cannot be restored; the message says why. */
export class BackupUnusable extends Error {
  override readonly name = 'BackupUnusable';
}

/**
 * A backup is gzipped text, one JSON value a line: the header; for each table a line that opens it and a line for each
 * row; the number of rows of each table. A row is an array of column values as the database writes them as text, so that no
 * number or time passes through another representation and a backup of one engine restores on the other.
 */
export const backupHeader = z.object({
  format: z.literal('introducer-backup'),
  version: z.literal(1),
  productVersion: z.string(),
  createdAt: z.string(),
  /** The schema steps the database had, oldest first. */
  migrations: z.array(z.string()),
  /** The key in hex when it lies in DATA_DIR; null when the environment gives it. Without it stored tokens cannot be read. */
  secretKey: z.string().nullable(),
});
export type BackupHeader = z.output<typeof backupHeader>;

export const tableLine = z.object({ table: z.string(), columns: z.array(z.string()).min(1) });
export type TableLine = z.output<typeof tableLine>;

export const closingLine = z.object({ rows: z.record(z.string(), z.number().int()) });
export type ClosingLine = z.output<typeof closingLine>;

export type BackupLine =
  | { readonly kind: 'table'; readonly line: TableLine }
  | { readonly kind: 'row'; readonly text: string }
  | { readonly kind: 'end'; readonly line: ClosingLine };

/** Reads a line after the header. Rows stay text: the database reads them. @throws BackupUnusable */
export function readBackupLine(text: string): BackupLine {
  if (text.startsWith('[')) return { kind: 'row', text };
  const value = parseJson(text);
  const table = tableLine.safeParse(value);
  if (table.success) return { kind: 'table', line: table.data };
  const closing = closingLine.safeParse(value);
  if (closing.success) return { kind: 'end', line: closing.data };
  throw new BackupUnusable('The backup holds a line that is neither a table nor a row.');
}

/** @throws BackupUnusable */
export function readBackupHeader(text: string): BackupHeader {
  const header = backupHeader.safeParse(parseJson(text));
  if (header.success) return header.data;
  throw new BackupUnusable('This is not a backup of Introducer that this version can read.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BackupUnusable('This is not a backup of Introducer, or it is damaged.', { cause });
  }
}
