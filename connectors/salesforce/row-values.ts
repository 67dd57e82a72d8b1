import { z } from 'zod';

/** One record as Salesforce answers it; numbers are decimal text (exact-json.ts), parents are rows inside it. */
export const rowShape = z.record(z.string(), z.unknown());
export type Row = z.output<typeof rowShape>;

/** What stands at a field or, through its parents, at `Account.Industry`; names are compared as Salesforce does, without case. */
function valueAt(row: Row, path: string): unknown {
  return path.split('.').reduce<unknown>((inside, name) => {
    if (typeof inside !== 'object' || inside === null) return null;
    // As a rule Salesforce answers a field by the very name it was asked by; only mapped ones may be written otherwise.
    if (Object.hasOwn(inside, name)) return (inside as Row)[name];
    const found = Object.entries(inside).find(([key]) => key.toLowerCase() === name.toLowerCase());
    return found?.[1];
  }, row);
}

/** Tells the many texts that are not from the few that may be, in a fraction of the time that mending them takes. */
const mayBeUnstorable = /[\0\uD800-\uDFFF]/;

/** What no database keeps is no reason to lose a record: NUL characters go, half a surrogate pair becomes a replacement. */
function storable(text: string): string {
  if (!mayBeUnstorable.test(text)) return text;
  return text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}

/** A field as text, `null` when it is empty. Flags are `true` and `false`, compound fields (addresses) are `null`. */
export function textOf(row: Row, path: string): string | null {
  const value = valueAt(row, path);
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? storable(value) : null;
}

export function flagOf(row: Row, path: string): boolean {
  return valueAt(row, path) === true;
}

/** An instant as ISO 8601 in UTC; Salesforce writes `2026-11-22T06:00:00.000+0000`. `null` for what is none. */
export function momentOf(row: Row, path: string): string | null {
  const text = textOf(row, path);
  if (text === null) return null;
  const date = new Date(
    text.endsWith('+0000') ? `${text.slice(0, -5)}Z` : text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'),
  );
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** A day, `YYYY-MM-DD`. A year beyond 9999 is a typing error, not a day. */
export function dayOf(row: Row, path: string): string | null {
  const text = textOf(row, path);
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
}

/** The id of a record. Every query asks for it. */
export function idOf(row: Row): string {
  return textOf(row, 'Id') ?? '';
}
