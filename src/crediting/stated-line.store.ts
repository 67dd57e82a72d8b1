import { sql } from 'kysely';
import type { Reader } from '../platform/database.js';
import type { Day } from '../program/calendar.js';
import type { LineKind } from './booked-line.js';

/** What a statement says of a line besides its amount, which it takes from the journal. */
export interface StatedLine {
  readonly id: string;
  readonly entryId: string;
  readonly kind: LineKind;
  readonly component: string;
  readonly earnedOn: Day;
  readonly payableOn: Day;
  readonly dealId: string | null;
  readonly planVersion: string | null;
  readonly sourceLineId: string | null;
  /** When the line it corrects was booked. */
  readonly sourceBookedAt: Date | null;
  /** The payouts that paid it and had not come back by the day. */
  readonly payoutIds: readonly string[];
  /** Whether it was on hold at the moment. */
  readonly held: boolean;
}

/** The lines of these entries as they stood just before a moment; entries of anything else are left out. */
export async function linesOfEntries(
  db: Reader,
  entryIds: readonly string[],
  asOf: { readonly moment: Date; readonly day: Day },
): Promise<readonly StatedLine[]> {
  const { rows } = await sql<{
    id: string;
    entry_id: string;
    kind: LineKind;
    component: string;
    earned_on: Day;
    payable_on: Day;
    deal_id: string | null;
    plan_version: string | null;
    source_line_id: string | null;
    source_booked_at: Date | null;
    payout_ids: string[];
    held: boolean;
  }>`
    select line.id, line.entry_id, line.kind, line.component, line.earned_on, line.payable_on, line.deal_id,
      line.plan_version, line.source_line_id, source.booked_at as source_booked_at,
      array(
        select payout_id from line_settlements settled
        where settled.line_id = line.id and (settled.returned_on is null or settled.returned_on > ${asOf.day}::date)
      ) as payout_ids,
      exists (
        select 1 from line_holds held
        where held.line_id = line.id and held.placed_at < ${asOf.moment}
          and (held.released_at is null or held.released_at >= ${asOf.moment})
      ) as held
    from commission_lines line left join commission_lines source on source.id = line.source_line_id
    where line.entry_id = any(${[...entryIds]}::text[])`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    entryId: row.entry_id,
    kind: row.kind,
    component: row.component,
    earnedOn: row.earned_on,
    payableOn: row.payable_on,
    dealId: row.deal_id,
    planVersion: row.plan_version,
    sourceLineId: row.source_line_id,
    sourceBookedAt: row.source_booked_at,
    payoutIds: row.payout_ids,
    held: row.held,
  }));
}
