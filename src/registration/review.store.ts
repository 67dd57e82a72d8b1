import { sql, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import { companyLike } from './registration-list.store.js';
import type { RegistrationRow } from './registration.store.js';

export interface ReviewAssignmentsTable {
  registration_id: string;
  /** Id of the person, or of the key that took it. */
  assignee_id: string;
  assignee_name: string;
  assigned_by: string;
  assigned_at: Date;
}

export interface ReviewApprovalsTable {
  registration_id: string;
  /** The moment since which the registration waited. */
  since: Date;
  /** From 1. */
  step: number;
  name: string;
  approver_id: string;
  approver_name: string;
  deal_id: string | null;
  reason: string | null;
  approved_at: Date;
}

export interface ReviewRemindersTable {
  registration_id: string;
  /** The moment since which the registration waited. */
  since: Date;
  /** The highest rung of the ladder that was told, by its working days. */
  told_up_to: number;
}

declare module '../platform/database.js' {
  interface Tables {
    review_assignments: ReviewAssignmentsTable;
    review_approvals: ReviewApprovalsTable;
    review_reminders: ReviewRemindersTable;
  }
}

export type ReviewAssignment = Selectable<ReviewAssignmentsTable>;
export type ReviewApproval = Selectable<ReviewApprovalsTable>;

export interface QueueFilter {
  /** Whose they are: somebody's id, or null for those that nobody took; undefined: all. */
  readonly assigneeId?: string | null | undefined;
  /** A part of the company's name or domain, in capital or small letters. */
  readonly search?: string | undefined;
}

/** The last row of the page before. */
export interface QueuePosition {
  readonly since: Date;
  readonly id: string;
}

/** Registrations that wait for an answer, what waits longest first. */
export async function listAwaiting(
  db: Reader,
  { assigneeId, search }: QueueFilter,
  { after, limit }: { readonly after: QueuePosition | null; readonly limit: number },
): Promise<readonly RegistrationRow[]> {
  let query = db.selectFrom('registrations').selectAll('registrations').where('awaits_since', 'is not', null);
  if (assigneeId !== undefined) {
    query = query
      .leftJoin('review_assignments', 'review_assignments.registration_id', 'registrations.id')
      .where('assignee_id', assigneeId === null ? 'is' : '=', assigneeId);
  }
  if (search !== undefined) query = query.where(companyLike(search));
  if (after !== null) {
    query = query.where(sql<boolean>`(awaits_since, registrations.id) > (${after.since}, ${after.id})`);
  }
  return query.orderBy('awaits_since').orderBy('registrations.id').limit(limit).execute();
}

/** A registration that waits for an answer. */
export interface Waiting {
  readonly id: string;
  readonly partnerId: string;
  readonly since: Date;
  readonly assigneeId: string | null;
  readonly assigneeName: string | null;
  /** The highest rung of the ladder that was told of this wait, by its working days; null: none. */
  readonly toldUpTo: number | null;
}

/** Everything that waits for an answer, what waits longest first. */
export async function waitingForAnswer(db: Reader): Promise<readonly Waiting[]> {
  const rows = await db
    .selectFrom('registrations')
    .leftJoin('review_assignments', 'review_assignments.registration_id', 'registrations.id')
    .leftJoin('review_reminders', (join) =>
      join
        .onRef('review_reminders.registration_id', '=', 'registrations.id')
        .onRef('review_reminders.since', '=', 'registrations.awaits_since'),
    )
    .select([
      'registrations.id as id',
      'partner_id as partnerId',
      'awaits_since as since',
      'assignee_id as assigneeId',
      'assignee_name as assigneeName',
      'told_up_to as toldUpTo',
    ])
    .where('awaits_since', 'is not', null)
    .orderBy('awaits_since')
    .orderBy('registrations.id')
    .execute();
  return rows.flatMap(({ since, ...row }) => (since === null ? [] : [{ ...row, since }]));
}

export async function storeReminders(trx: Tx, reminders: readonly Selectable<ReviewRemindersTable>[]): Promise<void> {
  if (reminders.length === 0) return;
  await sql`
    insert into review_reminders (registration_id, since, told_up_to)
    select registration_id, since, told_up_to
    from jsonb_to_recordset(${JSON.stringify(reminders)}::jsonb)
      as item(registration_id text, since timestamptz, told_up_to smallint)
    on conflict (registration_id) do update set since = excluded.since, told_up_to = excluded.told_up_to`.execute(trx);
}

export async function assignmentsOf(
  db: Reader,
  registrationIds: readonly string[],
): Promise<ReadonlyMap<string, ReviewAssignment>> {
  const rows = await db
    .selectFrom('review_assignments')
    .selectAll()
    .where('registration_id', '=', sql<string>`any(${[...registrationIds]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.registration_id, row]));
}

export async function storeAssignment(trx: Tx, assignment: ReviewAssignment): Promise<void> {
  const { registration_id: _key, ...changed } = assignment;
  await trx
    .insertInto('review_assignments')
    .values(assignment)
    .onConflict((conflict) => conflict.column('registration_id').doUpdateSet(changed))
    .execute();
}

export async function removeAssignment(trx: Tx, registrationId: string): Promise<void> {
  await trx.deleteFrom('review_assignments').where('registration_id', '=', registrationId).execute();
}

/** Steps of approval that were taken, in their order, of all rounds. */
export async function approvalsOf(db: Reader, registrationIds: readonly string[]): Promise<readonly ReviewApproval[]> {
  return db
    .selectFrom('review_approvals')
    .selectAll()
    .where('registration_id', '=', sql<string>`any(${[...registrationIds]}::text[])`)
    .orderBy('since')
    .orderBy('step')
    .execute();
}

export async function insertApproval(trx: Tx, approval: ReviewApproval): Promise<void> {
  await trx.insertInto('review_approvals').values(approval).execute();
}

/** How many registrations wait for an answer. */
export async function countAwaiting(db: Reader): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from registrations where awaits_since is not null`.execute(db);
  return rows[0]?.count ?? 0;
}
