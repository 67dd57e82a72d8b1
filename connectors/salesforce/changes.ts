import { z } from 'zod';
import type { ChangePage } from '../contract.js';
import { parseExactJson } from './exact-json.js';
import { modifiedField, type DealMapping } from './mapping.js';
import { registrationIdField } from './our-fields.js';
import type { Call } from './org-access.js';
import { queryFirstPages, type Query, type RowPage } from './queries.js';
import { flagOf, idOf, momentOf, type Row } from './row-values.js';
import type { Schema } from './schema.js';
import { names, soql, type Soql } from './soql.js';

const operation = 'look for changes';

/**
 * How far a sweep looks back behind the last change it saw. The time of a change is that of the statement, but it can be seen only
 * once its transaction is over, and long ones take minutes (BEHAVIOR.md, "Changes appear after the time they bear").
 */
const overlapMs = 10 * 60_000;
/** Rows on one page; the most a page can have. */
const pageSize = 2_000;

/**
 * Where the sweep of one object stands. `seenMs` is the latest change seen. While pages are left, `at` is the row the next one
 * begins behind: times are of whole seconds, so many rows may share one, and the id tells them apart.
 */
const placeShape = z.object({
  seenMs: z.coerce.number(),
  at: z.object({ ms: z.coerce.number(), id: z.string() }).nullable(),
  done: z.boolean(),
});
const cursorShape = z.object({ deals: placeShape, leads: placeShape });
type Place = z.output<typeof placeShape>;
type Cursor = z.output<typeof cursorShape>;

/**
 * The next page of changed opportunities, and of changed Leads that may be ours, in the order of their modification; both in
 * one call. Deleted ones are among them. The cursor follows what was seen and never a clock.
 */
export async function changesSince(
  org: { readonly call: Call; readonly schema: Schema; readonly mapping: () => Promise<DealMapping> },
  cursor: string | null,
  since: Date,
): Promise<ChangePage> {
  const before = readCursor(cursor, since);
  // A sweep that ended begins anew, behind its overlap.
  const begin = cursor === null || (before.deals.done && before.leads.done);
  const isFirst = cursor === null;
  const { call } = org;
  const [mapping, ourLeadFields] = await Promise.all([
    org.mapping(),
    org.schema.visible('Lead', [registrationIdField]),
  ]);
  const leadsCarryOurId = ourLeadFields.length > 0;
  const dealQuery = begin || !before.deals.done ? changedOpportunities(mapping, before.deals, isFirst) : null;
  const leadQuery = begin || !before.leads.done ? changedLeads(leadsCarryOurId, before.leads, isFirst) : null;
  const pages = [
    ...(await queryFirstPages(
      call,
      operation,
      [dealQuery, leadQuery].filter((query) => query !== null),
    )),
  ];
  const dealPage = dealQuery === null ? nothing : (pages.shift() ?? nothing);
  const leadPage = leadQuery === null ? nothing : (pages.shift() ?? nothing);
  const next = { deals: placeAfter(before.deals, dealPage), leads: placeAfter(before.leads, leadPage) };
  const isDeleted = (row: Row): boolean => flagOf(row, 'IsDeleted');
  return {
    deals: await mapping.toDeals(dealPage.rows.filter((row) => !isDeleted(row))),
    // Line items are of another object and not on the page.
    asRead: mapping.lineItemFields.length === 0,
    archivedIds: dealPage.rows.filter(isDeleted).map(idOf),
    leadIds: leadPage.rows.map(idOf),
    cursor: JSON.stringify(next),
    more: !(next.deals.done && next.leads.done),
  };
}

const nothing: RowPage = { rows: [], done: true };

function changedOpportunities({ opportunityFields }: DealMapping, place: Place, isFirst: boolean): Query {
  return {
    soql: soql`SELECT ${names(opportunityFields)} FROM Opportunity WHERE ${behind(place, isFirst)} ${inOrder}`,
    withDeleted: true,
  };
}

/**
 * Those that carry a registration, and those that were converted or merged: the Lead that survives a merge need not have taken over
 * our id. All others are many and nobody's.
 */
function changedLeads(carryOurId: boolean, place: Place, isFirst: boolean): Query {
  const ours = carryOurId ? soql`${names([registrationIdField])} != null OR ` : soql``;
  return {
    soql: soql`SELECT ${names(['Id', modifiedField])} FROM Lead
      WHERE (${ours}IsConverted = true OR MasterRecordId != null) AND (${behind(place, isFirst)}) ${inOrder}`,
    withDeleted: true,
  };
}

const modified = names([modifiedField]);
const inOrder = soql`ORDER BY ${modified}, Id LIMIT ${pageSize}`;

function behind({ seenMs, at }: Place, isFirst: boolean): Soql {
  if (at === null) return soql`${modified} >= ${new Date(isFirst ? seenMs : Math.max(0, seenMs - overlapMs))}`;
  const moment = new Date(at.ms);
  return soql`${modified} > ${moment} OR (${modified} = ${moment} AND Id > ${at.id})`;
}

function placeAfter(before: Place, { rows, done }: RowPage): Place {
  const last = rows.at(-1);
  const isEnd = last === undefined || (done && rows.length < pageSize);
  const seenMs = Math.max(before.seenMs, ...rows.map(modifiedMs).filter(Number.isFinite));
  return { seenMs, at: isEnd ? null : { ms: modifiedMs(last), id: idOf(last) }, done: isEnd };
}

function modifiedMs(row: Row): number {
  return Date.parse(momentOf(row, modifiedField) ?? '');
}

/** A cursor that cannot be read is one of an older version: begin anew rather than stop for ever. */
function readCursor(cursor: string | null, since: Date): Cursor {
  const parsed = cursorShape.safeParse(cursor === null ? null : parseExactJson(cursor));
  if (parsed.success) return parsed.data;
  const start: Place = { seenMs: since.getTime(), at: null, done: false };
  return { deals: start, leads: start };
}
