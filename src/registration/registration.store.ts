import { sql, type ColumnType, type Generated, type Insertable, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { Day } from '../program/calendar.js';
import type { Availability, RegistrationStatus } from './registration.js';
import type { FormValue } from './form-values.js';
import type { SignedReceipt } from './receipt.js';

export interface RegistrationsTable {
  id: string;
  partner_id: string;
  status: RegistrationStatus;
  source: 'api' | 'form' | 'import';
  /** Made with the form page: sending the same page twice registers once. Also the address of its receipt. */
  submission_token: string | null;
  company_name: string;
  company_domain: string | null;
  company_key: string;
  contact_key: string;
  name_key: string;
  country: string | null;
  /** As it was typed; `product_key` is what it is compared by. */
  product: string;
  product_key: string;
  deal_name: string | null;
  amount: string | null;
  currency: string | null;
  expected_close_date: string | null;
  note: string | null;
  /** Answers to the vendor's own fields, each with its question as it was asked. */
  form_values: ColumnType<readonly FormValue[], string | undefined, string>;
  availability: Availability;
  content_hash: string;
  receipt: ColumnType<SignedReceipt, string, string>;
  submitted_at: Date;
  /** What was confirmed with it, in the words that were shown; null where that was not kept yet. */
  attestation: string | null;
  attested_at: Date | null;
  crm_check: 'pending' | 'done';
  approved_at: Date | null;
  approved_by: string | null;
  protected_until: string | null;
  /** The end of protection of which its partner was reminded. */
  reminded_of: Generated<string | null>;
  holds_company: boolean;
  attach_deal_id: string | null;
  outcome: 'open' | 'won' | 'lost';
  decision_code: string | null;
  decision_reason: string | null;
  decided_at: Date | null;
  question: string | null;
  /** What the partner answered to the question. */
  answer: string | null;
  extension_requested_at: Date | null;
  extension_reason: string | null;
  /** Since when it waits for the vendor's answer, kept by the database. */
  awaits_since: ColumnType<Date | null, never, never>;
  /** The registration whose duplicate it was rejected as. */
  duplicate_of: Generated<string | null>;
  updated_at: Date;
}

export interface RegistrationContactsTable {
  registration_id: string;
  first_name: string;
  last_name: string;
  email: string;
  phone: string | null;
  /** Who sent the form, where an address was given. */
  submitter_email: Generated<string | null>;
}

export interface RegistrationConflictsTable {
  registration_id: string;
  source: 'registration' | 'crm' | 'partner' | 'erasure';
  code: string;
  object_type: string;
  reference: string;
  deal_id: string | null;
  label: string;
  matched_by: string;
  found_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    registrations: RegistrationsTable;
    registration_contacts: RegistrationContactsTable;
    registration_conflicts: RegistrationConflictsTable;
  }
}

export type RegistrationRow = Selectable<RegistrationsTable>;
export type ContactRow = Selectable<RegistrationContactsTable>;
export type ConflictRow = Selectable<RegistrationConflictsTable>;
export type RegistrationPatch = Partial<Omit<RegistrationRow, 'id' | 'receipt' | 'awaits_since' | 'updated_at'>>;

export async function insertRegistration(
  trx: Tx,
  row: Insertable<RegistrationsTable>,
  contact: Insertable<RegistrationContactsTable>,
): Promise<void> {
  await trx.insertInto('registrations').values(row).execute();
  await trx.insertInto('registration_contacts').values(contact).execute();
}

export async function findRegistration(db: Reader, id: string): Promise<RegistrationRow | undefined> {
  return db.selectFrom('registrations').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The registration a form page already led to, if it was sent before. */
export async function findBySubmissionToken(
  db: Reader,
  partnerId: string,
  token: string,
): Promise<RegistrationRow | undefined> {
  return db
    .selectFrom('registrations')
    .selectAll()
    .where('submission_token', '=', token)
    .where('partner_id', '=', partnerId)
    .executeTakeFirst();
}

/** The registration with its row locked until the transaction ends. */
export async function lockRegistration(trx: Tx, id: string): Promise<RegistrationRow | undefined> {
  return trx.selectFrom('registrations').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function findRegistrations(db: Reader, ids: readonly string[]): Promise<readonly RegistrationRow[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('registrations')
    .selectAll()
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .execute();
}

const claimColumns = [
  'id',
  'partner_id',
  'status',
  'submitted_at',
  'approved_at',
  'protected_until',
  'decided_at',
  'product',
  'company_name',
  'company_domain',
  'country',
] as const;
export type RegistrationClaim = Pick<RegistrationRow, (typeof claimColumns)[number]>;

/** What crediting looks at, and nothing else: it may ask about a hundred thousand registrations. */
export async function findClaims(db: Reader, ids: readonly string[]): Promise<readonly RegistrationClaim[]> {
  return db
    .selectFrom('registrations')
    .select(claimColumns)
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .execute();
}

/** Whose each of these registrations is. */
export async function partnersOfRegistrations(
  db: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('registrations')
    .select(['id', 'partner_id'])
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row.partner_id]));
}

/** Ids of every registration of these partners. */
export async function registrationIdsOf(db: Reader, partnerIds: readonly string[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('registrations')
    .select('id')
    .where('partner_id', '=', sql<string>`any(${[...partnerIds]}::text[])`)
    .execute();
  return rows.map((row) => row.id);
}

/** Ids of every registration that was approved, whatever became of it. */
export async function approvedRegistrationIds(db: Reader): Promise<readonly string[]> {
  const rows = await db.selectFrom('registrations').select('id').where('approved_at', 'is not', null).execute();
  return rows.map((row) => row.id);
}

export async function findContact(db: Reader, registrationId: string): Promise<ContactRow | undefined> {
  return db
    .selectFrom('registration_contacts')
    .selectAll()
    .where('registration_id', '=', registrationId)
    .executeTakeFirst();
}

export async function contactsOf(db: Reader, registrationIds: readonly string[]): Promise<readonly ContactRow[]> {
  if (registrationIds.length === 0) return [];
  return db.selectFrom('registration_contacts').selectAll().where('registration_id', 'in', registrationIds).execute();
}

export async function updateRegistration(
  trx: Tx,
  id: string,
  { form_values: values, ...patch }: RegistrationPatch,
  now: Date,
): Promise<void> {
  const answers = values === undefined ? {} : { form_values: JSON.stringify(values) };
  await trx
    .updateTable('registrations')
    .set({ ...patch, ...answers, updated_at: now })
    .where('id', '=', id)
    .execute();
}

export async function updateContact(
  trx: Tx,
  registrationId: string,
  contact: Omit<ContactRow, 'registration_id' | 'submitter_email'>,
): Promise<void> {
  await trx.updateTable('registration_contacts').set(contact).where('registration_id', '=', registrationId).execute();
}

export async function addConflicts(
  trx: Tx,
  conflicts: readonly Insertable<RegistrationConflictsTable>[],
): Promise<void> {
  if (conflicts.length === 0) return;
  await trx
    .insertInto('registration_conflicts')
    .values([...conflicts])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function conflictsOf(db: Reader, registrationIds: readonly string[]): Promise<readonly ConflictRow[]> {
  if (registrationIds.length === 0) return [];
  return db
    .selectFrom('registration_conflicts')
    .selectAll()
    .where('registration_id', 'in', registrationIds)
    .orderBy('found_at')
    .orderBy('reference')
    .execute();
}

/** How often a partner was told that a company is not free since a moment: somebody may be probing the CRM. */
export async function countUnavailableAnswers(db: Reader, partnerId: string, since: Date): Promise<number> {
  const row = await db
    .selectFrom('registrations')
    .select(({ fn }) => fn.countAll<string>().as('answers'))
    .where('partner_id', '=', partnerId)
    .where('availability', '!=', 'clear')
    .where('submitted_at', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(row.answers);
}

export interface RegistrationOutcome {
  readonly registrationId: string;
  readonly outcome: 'open' | 'won' | 'lost';
  /** In the program's time zone. */
  readonly wonOn: Day | null;
}

/**
 * Lets registrations follow the outcome of their deal; one statement for all of them. A sale that became known after protection
 * had run out still counts if it was made before; and a sale that falls through after protection leaves nothing to protect.
 */
export async function recordOutcomes(trx: Tx, outcomes: readonly RegistrationOutcome[], now: Date): Promise<void> {
  if (outcomes.length === 0) return;
  await sql`
    update registrations set outcome = told.outcome, updated_at = ${now},
      status = case
        when registrations.status = 'expired' then 'approved'
        when told.outcome = 'open' and not registrations.holds_company then 'expired'
        else registrations.status end
    from unnest(
      ${outcomes.map((told) => told.registrationId)}::text[], ${outcomes.map((told) => told.outcome)}::text[],
      ${outcomes.map((told) => told.wonOn)}::date[]
    ) as told(id, outcome, won_on)
    where registrations.id = told.id and registrations.outcome <> told.outcome and (
      registrations.status = 'approved'
      or (registrations.status = 'expired' and told.outcome = 'won' and told.won_on <= registrations.protected_until))
  `.execute(trx);
}
