/** An instant as Salesforce writes it, to the second: `2026-11-22T06:00:00.000+0000`. @param at epoch milliseconds. */
export function stamp(at: number): string {
  return exactStamp(Math.floor(at / 1000) * 1000);
}

/** The same to the millisecond: what a caller's own date-times are kept as. */
export function exactStamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}

/** Epoch milliseconds of an ISO 8601 date-time with a zone; `null` for anything else. */
export function instantOf(text: string): number | null {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:?\d{2})$/.exec(text);
  if (parts === null) return null;
  const [, day = '', time = '', zone = ''] = parts;
  const at = Date.parse(`${day}T${time}${zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone}`);
  return Number.isNaN(at) ? null : at;
}

/** The day of an instant in UTC, `YYYY-MM-DD`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
