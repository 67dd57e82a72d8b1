import { sql, type RawBuilder } from 'kysely';
import { isCurrency, type Currency } from '../money/currency.js';
import { assert } from '../platform/assert.js';
import type { Reader, Tx } from '../platform/database.js';
import { keyOfDecision } from '../plans/wanted-line.js';
import type { Day, Period } from '../program/calendar.js';
import type { BookedLine } from './booked-line.js';
import type { CommissionLine, LineStatus, StandingLine } from './commission-line.js';
import type { CommissionLineRow } from './crediting-tables.js';

/** More locks than this would, with a few transactions at once, fill the server's table of locks, and then nothing works. */
const mostLocks = 1_000;

/**
 * Lets one transaction at a time credit a deal, until it ends. Ordered, so that two batches with the same deals wait for each
 * other instead of locking each other out; by the deal's id and not its row, so that the deal itself can be read and written on.
 * Beyond what can be locked one by one, all crediting is: the one lock that everybody else shares.
 */
export async function lockCrediting(trx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > mostLocks) {
    await sql`select pg_advisory_xact_lock(hashtextextended('crediting', 0))`.execute(trx);
    return;
  }
  await sql`
    with shared as materialized (select pg_advisory_xact_lock_shared(hashtextextended('crediting', 0)))
    select pg_advisory_xact_lock(lock) from shared, (
      select distinct hashtextextended('crediting ' || id, 0) as lock from unnest(${[...ids]}::text[]) as deal (id)
      order by 1
    ) as locks`.execute(trx);
}

/** Writes lines, one statement for all. Their entries must be booked in the same transaction. */
export async function insertLines(trx: Tx, lines: readonly CommissionLine[]): Promise<void> {
  if (lines.length === 0) return;
  // A record set of the table's own row type: the columns are named once, by `rowOf`.
  await sql`
    insert into commission_lines
    select * from jsonb_populate_recordset(null::commission_lines, ${JSON.stringify(lines.map(rowOf))}::jsonb)`.execute(
    trx,
  );
}

/**
 * Every line of these deals, of these registrations while they had no deal, and of these decisions, as the next booking has to
 * know it.
 */
export async function bookedLinesOf(
  db: Reader,
  dealIds: readonly string[],
  registrationIds: readonly string[],
  decisionIds: readonly string[],
): Promise<readonly BookedLine[]> {
  // Without the working, which is most of a line and of which nothing follows. The ids are joined and not looked up in lists:
  // a prepared statement would search a list of ten thousand for every line of the book.
  const { rows } = await sql<BookedLineRow>`
    select line.id, line_key, occasion, ordinal, partner_id, payee, kind, component, amount_minor, currency, payable_on,
      deal_id, registration_id, plan_version_id, plan_version, source_line_id, settled.line_id is not null as paid
    from (
      select line.* from (select distinct unnest(${[...dealIds]}::text[]) as id) as deal
        join commission_lines line on line.deal_id = deal.id
      union all
      select line.* from (select distinct unnest(${[...registrationIds]}::text[]) as id) as registration
        join commission_lines line on line.registration_id = registration.id and line.deal_id is null
      union all
      select line.* from commission_lines line
      where line.line_key = any(${decisionIds.map(keyOfDecision)}::text[])
        and line.plan_version_id is null and line.deal_id is null
    ) as line
    left join line_settlements settled on settled.line_id = line.id and settled.returned_on is null
    order by line.line_key, line.ordinal`.execute(db);
  return rows.map(bookedLineOf);
}

/** By whom and by what something was earned by these deals, whatever became of it. */
export async function earningsOfDeals(
  db: Reader,
  dealIds: readonly string[],
): Promise<readonly { readonly partnerId: string; readonly occasion: string }[]> {
  const { rows } = await sql<{ partner_id: string; occasion: string }>`
    select distinct partner_id, occasion from commission_lines
    where deal_id = any(${[...dealIds]}::text[]) and kind in ('commission', 'revshare')`.execute(db);
  return rows.map((row) => ({ partnerId: row.partner_id, occasion: row.occasion }));
}

export interface LineFilter {
  readonly partnerId?: string | undefined;
  readonly dealId?: string | undefined;
  readonly registrationId?: string | undefined;
  readonly status?: LineStatus | undefined;
  /** Month in which the line was earned. */
  readonly period?: Period | undefined;
}

/** Lines newest first. @param page.before the last id of the page before */
export async function listLines(
  db: Reader,
  filter: LineFilter,
  page: { readonly before: string | null; readonly limit: number },
  today: Day,
): Promise<readonly StandingLine[]> {
  const conditions = [
    filter.partnerId === undefined ? null : sql`partner_id = ${filter.partnerId}`,
    filter.dealId === undefined ? null : sql`deal_id = ${filter.dealId}`,
    filter.registrationId === undefined ? null : sql`registration_id = ${filter.registrationId}`,
    filter.status === undefined ? null : sql`status = ${filter.status}`,
    filter.period === undefined ? null : earnedIn(filter.period),
    page.before === null ? null : sql`id < ${page.before}`,
  ].filter((condition) => condition !== null);
  const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
  const { rows } = await sql<CommissionLineRow & { status: LineStatus }>`
    select * from (${standingLines(today)}) as lines ${where} order by id desc limit ${page.limit}`.execute(db);
  return rows.map((row) => ({ ...lineOf(row), status: row.status }));
}

/** Lines by id, in no particular order; ids of no line are left out. */
export async function findLines(db: Reader, ids: readonly string[], today: Day): Promise<readonly StandingLine[]> {
  const { rows } = await sql<CommissionLineRow & { status: LineStatus }>`
    select * from (${standingLines(today)}) as lines where id = any(${[...ids]}::text[])`.execute(db);
  return rows.map((row) => ({ ...lineOf(row), status: row.status }));
}

/** A sum of lines of one currency and status. */
export interface StatusTotal {
  readonly currency: Currency;
  readonly status: LineStatus;
  readonly amountMinor: bigint;
}

/** What a line is about, as `subjectOf` says, and the lines about some of these. */
const subject = sql`coalesce(deal_id, registration_id)`;

function isAbout(ids: readonly string[]): RawBuilder<unknown> {
  return sql`(deal_id = any(${[...ids]}::text[]) or (deal_id is null and registration_id = any(${[...ids]}::text[])))`;
}

/** What each deal, or registration without one, has cost, by currency and status. Those without lines are left out. */
export async function subjectTotals(
  db: Reader,
  ids: readonly string[],
  today: Day,
): Promise<ReadonlyMap<string, readonly StatusTotal[]>> {
  const totals = await totalsBy(db, subject, isAbout(ids), today);
  const bySubject = new Map<string, StatusTotal[]>();
  for (const { of, ...total } of totals) bySubject.set(of, [...(bySubject.get(of) ?? []), total]);
  return bySubject;
}

/**
 * The registrations that a partner stands credited for, by deal, or by themselves where they have none: those whose lines do not
 * cancel out.
 */
export async function creditedRegistrations(
  db: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await sql<{ subject: string; registration_ids: string[] }>`
    select subject, array_agg(registration_id) as registration_ids from (
      select ${subject} as subject, registration_id from commission_lines
      where ${isAbout(ids)} and registration_id is not null
      group by 1, registration_id, currency having sum(amount_minor) <> 0
    ) as credited group by subject`.execute(db);
  return new Map(rows.map((row) => [row.subject, new Set(row.registration_ids)]));
}

/** The next day on which a line of each of these becomes payable, after today; those without such a day are left out. */
export async function nextMaturities(
  db: Reader,
  ids: readonly string[],
  today: Day,
): Promise<ReadonlyMap<string, Day>> {
  const { rows } = await sql<{ subject: string; payable_on: Day }>`
    select ${subject} as subject, min(payable_on) as payable_on from commission_lines
    where ${isAbout(ids)} and payable_on > ${today} group by 1`.execute(db);
  return new Map(rows.map((row) => [row.subject, row.payable_on]));
}

/** What a partner has earned, by currency and status. */
export async function partnerTotals(db: Reader, partnerId: string, today: Day): Promise<readonly StatusTotal[]> {
  const totals = await totalsBy(db, sql`partner_id`, sql`partner_id = ${partnerId} and payee = 'partner'`, today);
  return totals.map(({ currency, status, amountMinor }) => ({ currency, status, amountMinor }));
}

async function totalsBy(
  db: Reader,
  column: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
  today: Day,
): Promise<readonly (StatusTotal & { readonly of: string })[]> {
  const { rows } = await sql<{ of: string; currency: string; status: LineStatus; total: string }>`
    select ${column} as of, currency, status, sum(amount_minor) as total
    from (${standingLines(today)}) as lines where ${where}
    group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  return rows.map(({ of, currency, status, total }) => ({
    of,
    currency: currencyOf(currency),
    status,
    amountMinor: BigInt(total),
  }));
}

/** Lines with their status today, as a relation to select from. */
function standingLines(today: Day): RawBuilder<unknown> {
  return sql`
    select line.*, case
      when settled.line_id is not null then 'paid'
      when held.line_id is not null then 'on_hold'
      when line.payable_on <= ${today}::date then 'payable'
      else 'pending'
    end as status
    from commission_lines line
    left join line_settlements settled on settled.line_id = line.id and settled.returned_on is null
    left join line_holds held on held.line_id = line.id and held.released_at is null`;
}

function earnedIn(period: Period): RawBuilder<unknown> {
  const firstDay = `${period}-01`;
  return sql`earned_on >= ${firstDay}::date and earned_on < (${firstDay}::date + interval '1 month')`;
}

function rowOf(line: CommissionLine): CommissionLineRow {
  return {
    id: line.id,
    entry_id: line.entryId,
    line_key: line.key,
    occasion: line.occasion,
    ordinal: line.ordinal,
    partner_id: line.partnerId,
    payee: line.payee,
    kind: line.kind,
    component: line.component,
    amount_minor: String(line.amountMinor),
    currency: line.currency,
    earned_on: line.earnedOn,
    payable_on: line.payableOn,
    deal_id: line.dealId,
    deal_revision: line.dealRevision,
    registration_id: line.registrationId,
    plan_version_id: line.planVersionId,
    plan_version: line.planVersion,
    source_line_id: line.sourceLineId,
    explanation: line.explanation,
    inputs_hash: line.inputsHash,
    booked_at: line.bookedAt,
  };
}

type BookedLineRow = Omit<
  CommissionLineRow,
  'entry_id' | 'earned_on' | 'deal_revision' | 'explanation' | 'inputs_hash' | 'booked_at'
> & { readonly paid: boolean };

function bookedLineOf(row: BookedLineRow): BookedLine {
  return { ...coreOf(row), paid: row.paid };
}

function lineOf(row: CommissionLineRow): CommissionLine {
  return {
    ...coreOf(row),
    entryId: row.entry_id,
    earnedOn: row.earned_on as Day,
    dealRevision: row.deal_revision,
    explanation: row.explanation,
    inputsHash: row.inputs_hash,
    bookedAt: row.booked_at,
  };
}

/** What a line is for the next booking and for people alike. */
function coreOf(row: Omit<BookedLineRow, 'paid'>): Omit<BookedLine, 'paid'> {
  return {
    id: row.id,
    key: row.line_key,
    occasion: row.occasion,
    ordinal: row.ordinal,
    partnerId: row.partner_id,
    payee: row.payee,
    kind: row.kind,
    component: row.component,
    amountMinor: BigInt(row.amount_minor),
    currency: currencyOf(row.currency),
    payableOn: row.payable_on as Day,
    dealId: row.deal_id,
    registrationId: row.registration_id,
    planVersionId: row.plan_version_id,
    planVersion: row.plan_version,
    sourceLineId: row.source_line_id,
  };
}

/** Only what `isCurrency` knew was ever booked. */
function currencyOf(code: string): Currency {
  assert(isCurrency(code), `${code} to be a currency`);
  return code;
}
