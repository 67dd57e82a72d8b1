import type { FieldFault } from '../platform/domain-error.js';
import type { Day } from '../program/calendar.js';

/** What is known of a deal beside the CRM. */
export interface DealSupplement {
  /** The day the customer left. */
  readonly churnedOn: Day | null;
  /** Values by the names that plans use: decimals or other text. */
  readonly fields: Readonly<Record<string, string | null>>;
}

/** What a change gives: null takes a value away, and what it leaves out stays as it was. */
export interface SupplementChange {
  readonly churnedOn?: Day | null | undefined;
  readonly fields?: Readonly<Record<string, string | null>> | undefined;
}

/** A deal has at most this many values beside the CRM. */
export const mostFields = 50;

export const nothingKnown: DealSupplement = { churnedOn: null, fields: {} };

/** What is known after a change; null where it says nothing new. */
export function supplemented(before: DealSupplement, change: SupplementChange): DealSupplement | null {
  const merged = new Map([...Object.entries(before.fields), ...Object.entries(change.fields ?? {})]);
  const fields = [...merged].filter(([, value]) => value !== null);
  const churnedOn = change.churnedOn === undefined ? before.churnedOn : change.churnedOn;
  const known = new Map(Object.entries(before.fields));
  const isSame = fields.length === known.size && fields.every(([name, value]) => known.get(name) === value);
  return isSame && churnedOn === before.churnedOn ? null : { churnedOn, fields: Object.fromEntries(fields) };
}

/** A change to a deal, and where it stood in a report: what its faults begin with, such as `line 3: `. */
export interface PlacedChange {
  readonly place: string;
  readonly dealId: string;
  readonly change: SupplementChange;
}

export type SupplementsJudgement =
  /** What is known from now on of each deal of which something is new. */
  | { readonly kind: 'accepted'; readonly fresh: ReadonlyMap<string, DealSupplement> }
  | { readonly kind: 'refused'; readonly faults: readonly FieldFault[] };

/** Whether a report can be recorded, and what it changes. A deal may be in it several times: one goes on from the other. */
export function judgeSupplements(
  report: readonly PlacedChange[],
  { dealIds, known }: { readonly dealIds: ReadonlySet<string>; readonly known: ReadonlyMap<string, DealSupplement> },
): SupplementsJudgement {
  const fresh = new Map<string, DealSupplement>();
  const faults: FieldFault[] = [];
  for (const { place, dealId, change } of report) {
    const before = fresh.get(dealId) ?? known.get(dealId) ?? nothingKnown;
    const after = supplemented(before, change);
    const count = Object.keys(after?.fields ?? {}).length;
    if (!dealIds.has(dealId)) faults.push(faultOf(`${place}dealId`, dealId, 'the id of a deal that Introducer knows'));
    else if (count > mostFields) {
      faults.push(faultOf(`${place}fields`, `${String(count)} values`, `at most ${String(mostFields)} for a deal`));
    } else if (after !== null) fresh.set(dealId, after);
  }
  return faults.length > 0 ? { kind: 'refused', faults } : { kind: 'accepted', fresh };
}

function faultOf(field: string, value: string, expected: string): FieldFault {
  return { field, value, expected, message: `${field} is ${JSON.stringify(value)}; expected ${expected}.` };
}
