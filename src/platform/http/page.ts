import { z } from 'zod';
import { MalformedRequest } from './request-errors.js';
import { textFault } from './text-faults.js';

const maxLimit = 200;
const defaultLimit = 50;
const limitWords = `a whole number from 1 to ${String(maxLimit)}`;
const maxCursorLength = 1024;

/** The two query parameters of every list. Spread into the list's own query: `z.strictObject({ ...pageQuery, status })`. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^\d{1,3}$/, { error: limitWords })
    .transform(Number)
    .pipe(z.int().min(1, { error: limitWords }).max(maxLimit, { error: limitWords }))
    .default(defaultLimit)
    .meta({
      description: `How many items a page has at most, 1 to ${String(maxLimit)}.`,
      override: { type: 'integer', minimum: 1, maximum: maxLimit, default: defaultLimit },
    }),
  cursor: z.string().max(maxCursorLength).optional().meta({ description: 'The `nextCursor` of the page before.' }),
};

/** The wire shape of a list: a page of items, and where the next one begins, or null at the end. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item).readonly(), nextCursor: z.string().nullable() });
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/**
 * A page from rows that were read with one row more than `limit`, which shows whether another page follows.
 * @param positionOf what the next page's query needs to begin after this row
 */
export function toPage<Row, T>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => Readonly<Record<string, string>>,
  shown: (row: Row) => T,
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(positionOf(last)) : null;
  return { items: items.map(shown), nextCursor };
}

function encodeCursor(position: Readonly<Record<string, string>>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Where a cursor says to go on, or undefined without one. @throws MalformedRequest when we did not make it */
export function readCursor<T>(cursor: string | undefined, position: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined;
  const result = position.safeParse(decoded(cursor));
  if (!result.success) throw badCursor();
  return result.data;
}

function decoded(cursor: string): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return textFault(value) === null ? value : undefined;
  } catch {
    return undefined;
  }
}

function badCursor(): MalformedRequest {
  const expected = 'the nextCursor of an earlier answer of this call';
  return new MalformedRequest('The cursor is not one of ours.', [
    { field: 'cursor', expected, message: `cursor must be ${expected}.` },
  ]);
}
