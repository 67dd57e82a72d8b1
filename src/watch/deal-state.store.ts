import { sql, type Selectable } from 'kysely';
import type { DealOutcome } from '../../connectors/contract.js';
import type { Reader, Tx } from '../platform/database.js';
import { hasErrorCode, serializationFailure } from '../platform/error-code.js';
import type { JsonColumn } from '../platform/platform-tables.js';
import type { DealPresence, DealProperty, DealState } from './deal-change.js';

export interface DealStatesTable {
  deal_id: string;
  revision: number;
  name: string | null;
  pipeline_id: string | null;
  stage_id: string | null;
  stage_label: string | null;
  outcome: DealOutcome;
  presence: DealPresence;
  amount: string | null;
  currency: string | null;
  close_date: string | null;
  owner_id: string | null;
  won_at: Date | null;
  stamped_registration_id: string | null;
  stamped_partner: string | null;
  fields: JsonColumn<Readonly<Record<string, string | null>>>;
  crm_modified_at: Date | null;
  read_at: Date;
}

export interface DealRevisionsTable {
  deal_id: string;
  revision: number;
  changes: JsonColumn<readonly DealProperty[]>;
  snapshot: JsonColumn<DealState>;
  observed_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    deal_states: DealStatesTable;
    deal_revisions: DealRevisionsTable;
  }
}

/** A deal's state with the number of the revision it stands at. */
export interface KnownDeal {
  readonly dealId: string;
  readonly revision: number;
  readonly state: DealState;
  readonly crmModifiedAt: Date | null;
  /** When what was last written about it was written. */
  readonly readAt: Date;
}

export interface NewRevision {
  readonly dealId: string;
  readonly revision: number;
  readonly state: DealState;
  readonly changes: readonly DealProperty[];
  readonly crmModifiedAt: string | null;
}

export async function findDealStates(db: Reader, dealIds: readonly string[]): Promise<ReadonlyMap<string, KnownDeal>> {
  if (dealIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('deal_states')
    .selectAll()
    .where('deal_id', '=', sql<string>`any(${[...dealIds]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.deal_id, knownDeal(row)]));
}

const factColumns = [
  'deal_id',
  'revision',
  'outcome',
  'presence',
  'pipeline_id',
  'amount',
  'currency',
  'close_date',
  'won_at',
  'fields',
] as const;

/** What crediting looks at, and nothing else: it may ask about a hundred thousand deals. */
export async function findDealFacts(
  db: Reader,
  dealIds: readonly string[],
): Promise<readonly Pick<Selectable<DealStatesTable>, (typeof factColumns)[number]>[]> {
  return db
    .selectFrom('deal_states')
    .select(factColumns)
    .where('deal_id', '=', sql<string>`any(${[...dealIds]}::text[])`)
    .execute();
}

function knownDeal(row: Selectable<DealStatesTable>): KnownDeal {
  return {
    dealId: row.deal_id,
    revision: row.revision,
    crmModifiedAt: row.crm_modified_at,
    readAt: row.read_at,
    state: {
      name: row.name,
      pipelineId: row.pipeline_id,
      stageId: row.stage_id,
      stageLabel: row.stage_label,
      outcome: row.outcome,
      presence: row.presence,
      amount: row.amount,
      currency: row.currency,
      closeDate: row.close_date,
      ownerId: row.owner_id,
      wonAt: row.won_at?.toISOString() ?? null,
      stampedRegistrationId: row.stamped_registration_id,
      stampedPartner: row.stamped_partner,
      fields: row.fields,
    },
  };
}

/**
 * Writes the new states and the revisions that led to them: one statement, however many deals.
 * @throws RevisedMeanwhile when another worker has written the same revision of one of them first
 */
export async function saveRevisions(trx: Tx, revisions: readonly NewRevision[], now: Date): Promise<void> {
  if (revisions.length === 0) return;
  try {
    await insertRevisions(trx, revisions, now);
  } catch (error) {
    throw hasErrorCode(error, uniqueViolation) ? new RevisedMeanwhile(error) : error;
  }
}

const uniqueViolation = '23505';

/** What these revisions follow on is no longer the latest: the transaction has to look again. Its code has it run once more. */
class RevisedMeanwhile extends Error {
  override readonly name = 'RevisedMeanwhile';
  readonly code = serializationFailure;

  constructor(cause: unknown) {
    super('Another worker has revised one of these deals', { cause });
  }
}

async function insertRevisions(trx: Tx, revisions: readonly NewRevision[], now: Date): Promise<void> {
  // Record sets of the tables' own row types: two texts cost far less than two thousand parameters.
  await sql`
    with revised as (
      insert into deal_revisions
      select * from jsonb_populate_recordset(
        null::deal_revisions, ${JSON.stringify(revisions.map((revision) => revisionRow(revision, now)))}::jsonb)
    )
    insert into deal_states
    select * from jsonb_populate_recordset(
      null::deal_states, ${JSON.stringify(revisions.map((revision) => stateRow(revision, now)))}::jsonb)
    on conflict (deal_id) do update set
      revision = excluded.revision, name = excluded.name, pipeline_id = excluded.pipeline_id,
      stage_id = excluded.stage_id, stage_label = excluded.stage_label, outcome = excluded.outcome,
      presence = excluded.presence, amount = excluded.amount, currency = excluded.currency,
      close_date = excluded.close_date, owner_id = excluded.owner_id, won_at = excluded.won_at,
      stamped_registration_id = excluded.stamped_registration_id, stamped_partner = excluded.stamped_partner,
      fields = excluded.fields, crm_modified_at = excluded.crm_modified_at, read_at = excluded.read_at
  `.execute(trx);
}

/** A row as JSON: moments are ISO 8601 texts. */
type JsonRow<Row> = {
  readonly [Column in keyof Row]: Row[Column] extends Date | null ? Date | string | null : Row[Column];
};

function revisionRow(revision: NewRevision, now: Date): JsonRow<Selectable<DealRevisionsTable>> {
  const { dealId, changes, state } = revision;
  return { deal_id: dealId, revision: revision.revision, changes, snapshot: state, observed_at: now };
}

function stateRow(revision: NewRevision, now: Date): JsonRow<Selectable<DealStatesTable>> {
  const { state } = revision;
  return {
    deal_id: revision.dealId,
    revision: revision.revision,
    name: state.name,
    pipeline_id: state.pipelineId,
    stage_id: state.stageId,
    stage_label: state.stageLabel,
    outcome: state.outcome,
    presence: state.presence,
    amount: state.amount,
    currency: state.currency,
    close_date: state.closeDate,
    owner_id: state.ownerId,
    won_at: state.wonAt,
    stamped_registration_id: state.stampedRegistrationId,
    stamped_partner: state.stampedPartner,
    fields: state.fields,
    crm_modified_at: revision.crmModifiedAt,
    read_at: now,
  };
}

/** Ids of the deals that were won at or after a moment, however they stand in their CRM now. */
export async function dealsWonSince(db: Reader, moment: Date): Promise<readonly string[]> {
  const rows = await db.selectFrom('deal_states').select('deal_id').where('won_at', '>=', moment).execute();
  return rows.map((row) => row.deal_id);
}

/** Those of the deals that were won within one of the ranges, or at any time without ranges, however they stand now. */
export async function dealsWonWithin(
  db: Reader,
  dealIds: readonly string[],
  ranges: readonly { readonly from: Date; readonly until: Date }[] | null,
): Promise<readonly string[]> {
  if (dealIds.length === 0) return [];
  const within =
    ranges === null
      ? sql<boolean>`won_at is not null`
      : sql<boolean>`exists (
          select 1 from unnest(
            ${ranges.map(({ from }) => from)}::timestamptz[], ${ranges.map(({ until }) => until)}::timestamptz[]
          ) as range (since, until) where won_at >= range.since and won_at < range.until)`;
  const rows = await db
    .selectFrom('deal_states')
    .select('deal_id')
    .where('deal_id', '=', sql<string>`any(${[...dealIds]}::text[])`)
    .where(within)
    .execute();
  return rows.map((row) => row.deal_id);
}

/** Days on which deals were won, as the program counts them. */
export interface WonRange {
  /** From a moment up to, not including, another one. */
  readonly moments: { readonly from: Date; readonly until: Date };
  /** The same days, where the typed close date counts and the moment only stands in for one that is missing; otherwise null. */
  readonly closeDates: { readonly from: string; readonly until: string } | null;
}

/** Every deal that was won in a range, however it stands in its CRM now, by id. */
export async function dealsWonIn(
  db: Reader,
  { moments, closeDates }: WonRange,
): Promise<readonly { readonly dealId: string; readonly name: string | null }[]> {
  const atMoment = sql<boolean>`(won_at >= ${moments.from} and won_at < ${moments.until})`;
  const within =
    closeDates === null
      ? atMoment
      : sql<boolean>`won_at is not null and case when close_date is null then ${atMoment}
          else close_date >= ${closeDates.from}::date and close_date < ${closeDates.until}::date end`;
  const rows = await db
    .selectFrom('deal_states')
    .select(['deal_id', 'name'])
    .where(within)
    .orderBy('deal_id')
    .execute();
  return rows.map((row) => ({ dealId: row.deal_id, name: row.name }));
}
