import { z } from 'zod';
import type { ChangePage } from '../contract.js';
import { searchPageSize, searchReach } from './api.js';
import type { Call } from './call.js';
import { parseJson } from './json.js';
import { modifiedProperty, type DealMapping } from './mapping.js';
import { notBefore, searchRecords, type RecordPage } from './search.js';

/** How far a sweep looks back behind the last change it saw: what search indexed late is found by the next one. */
const overlapMs = 300_000;

/**
 * Where a sweep stands. `seenMs` is the latest modified time seen. While pages are left, `fromMs` is where the running search
 * begins and `after` how far it was read.
 */
const cursorShape = z.object({
  seenMs: z.number(),
  run: z.object({ fromMs: z.number(), after: z.string().nullable() }).nullable(),
});
type Cursor = z.output<typeof cursorShape>;

/**
 * The next page of deals in the order of their modification. Pages begin at the last time seen and not at an offset: a deal
 * modified between two pages moves to the end, and everything behind it one place forward, so that an offset would skip one.
 * Offsets are used only inside one instant that fills a whole page.
 */
export async function changesSince(
  call: Call,
  mapping: DealMapping,
  cursor: string | null,
  since: Date,
): Promise<ChangePage> {
  const { seenMs, run } = readCursor(cursor, since);
  const fromMs = run?.fromMs ?? (cursor === null ? seenMs : seenMs - overlapMs);
  const page = await searchRecords(call, 'deals', {
    groups: [[notBefore(modifiedProperty, fromMs)]],
    properties: mapping.properties,
    sortBy: modifiedProperty,
    limit: searchPageSize,
    after: run?.after ?? undefined,
  });
  const deals = await mapping.toDeals(page.records);
  const lastMs = Math.max(fromMs, ...deals.map((deal) => Date.parse(deal.modifiedAt ?? '')).filter(Number.isFinite));
  const next: Cursor = { seenMs: Math.max(seenMs, lastMs), run: nextRun(page, fromMs, lastMs) };
  // The search index is late, so what it shows of a deal may be out of date.
  return { deals, asRead: false, archivedIds: [], leadIds: [], cursor: JSON.stringify(next), more: next.run !== null };
}

function nextRun(page: RecordPage, fromMs: number, lastMs: number): Cursor['run'] {
  if (page.after === null) return null;
  if (lastMs > fromMs) return { fromMs: lastMs, after: null };
  // More deals share one millisecond than search can page through: go on behind it; the daily full read finds the rest.
  if (Number(page.after) >= searchReach) return { fromMs: fromMs + 1, after: null };
  return { fromMs, after: page.after };
}

/** A cursor that cannot be read is one of an older version: begin anew rather than stop for ever. */
function readCursor(cursor: string | null, since: Date): Cursor {
  const parsed = cursorShape.safeParse(cursor === null ? null : parseJson(cursor));
  return parsed.success ? parsed.data : { seenMs: since.getTime(), run: null };
}
