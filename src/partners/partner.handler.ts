import { randomBytes } from 'node:crypto';
import { recordAudit } from '../audit/audit.store.js';
import { actorKey, actorName, type Actor } from '../platform/actor.js';
import { assertDefined } from '../platform/assert.js';
import type { Reader } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { dayIn, type Day } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { PartnerNotFound, RecruiterLoop, RecruiterUnknown } from './partner-errors.js';
import {
  findPartner,
  insertPartner,
  lockRecruiting,
  recruiterLine,
  updatePartner,
  type PartnerPatch,
  type PartnerRow,
} from './partner.store.js';
import type { NewPartner, PartnerChange } from './partner.api.js';
import { insertTerms, partnerTerms } from './partner-terms.store.js';
import { beginning, changedTerms, termsOn, type PartnerTerms } from './partner-terms.js';

const personalTokenBytes = 24;

/** @throws PartnerNotFound */
export async function existingPartner(db: Reader, id: string): Promise<PartnerRow> {
  const row = await findPartner(db, id);
  if (row === undefined) throw new PartnerNotFound(id);
  return row;
}

/** A partner with the terms that hold for it today. */
export interface StandingPartner {
  readonly row: PartnerRow;
  readonly terms: PartnerTerms;
}

/** Partners as they stand today. */
export async function standingPartners(
  db: Reader,
  rows: readonly PartnerRow[],
  now: Date,
): Promise<readonly StandingPartner[]> {
  const today = await dayOf(db, now);
  const terms = await partnerTerms(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ row, terms: termsStanding(terms.get(row.id), today) }));
}

/** @throws PartnerEmailTaken, RecruiterUnknown */
export async function createPartner(uow: UnitOfWork, actor: Actor, request: NewPartner): Promise<StandingPartner> {
  if (request.recruitedBy !== null && (await findPartner(uow.trx, request.recruitedBy)) === undefined) {
    throw new RecruiterUnknown(request.recruitedBy);
  }
  const partner: PartnerRow = {
    id: newId('par'),
    name: request.name,
    email: request.email,
    recruited_by: request.recruitedBy,
    payout_currency: request.payoutCurrency,
    status: 'active',
    personal_token: randomBytes(personalTokenBytes).toString('base64url'),
    deactivated_at: null,
    created_at: uow.now,
    updated_at: uow.now,
  };
  const { type, tier, tags } = request;
  await insertPartner(uow.trx, partner);
  await insertTerms(uow.trx, partner.id, { since: beginning, type, tier, tags }, recordedBy(uow, actor, null));
  await recordAudit(uow, { actor, action: 'partner.create', subject: { type: 'partner', id: partner.id } });
  return { row: partner, terms: { type, tier, tags } };
}

export interface ChangedPartner extends StandingPartner {
  /** Whether something changed that plans look at: its terms, its recruiter, or whether it takes part. */
  readonly concernsPlans: boolean;
}

/** @throws PartnerNotFound, PartnerEmailTaken, RecruiterUnknown, RecruiterLoop */
export async function changePartner(
  uow: UnitOfWork,
  actor: Actor,
  id: string,
  change: PartnerChange,
): Promise<ChangedPartner> {
  await checkRecruiter(uow, id, change.recruitedBy ?? null);
  const row = await updatePartner(uow.trx, id, patchOf(change), uow.now);
  if (row === undefined) throw new PartnerNotFound(id);
  // After the row was written, and so locked: of two changes at once the second sees the first one's terms.
  const termsChanged = await changeTerms(uow, actor, id, change);
  // Names of the fields only: the log cannot be erased, and these are a person's details.
  const details = { changed: Object.keys(change), status: row.status, recruitedBy: row.recruited_by };
  await recordAudit(uow, { actor, action: 'partner.change', subject: { type: 'partner', id }, details });
  const [standing] = await standingPartners(uow.trx, [row], uow.now);
  const concernsPlans = termsChanged || change.recruitedBy !== undefined || change.status !== undefined;
  return { ...assertDefined(standing, 'the partner just written'), concernsPlans };
}

async function changeTerms(uow: UnitOfWork, actor: Actor, id: string, change: PartnerChange): Promise<boolean> {
  const since = change.since ?? (await dayOf(uow.trx, uow.now));
  const before = termsStanding((await partnerTerms(uow.trx, [id])).get(id), since);
  const after = changedTerms(before, change);
  if (after === null) return false;
  await insertTerms(uow.trx, id, { since, ...after }, recordedBy(uow, actor, change.reason ?? null));
  return true;
}

function recordedBy(uow: UnitOfWork, actor: Actor, reason: string | null) {
  return { at: uow.now, by: actorKey(actor), byName: actorName(actor), reason };
}

function termsStanding(terms: Parameters<typeof termsOn>[0] | undefined, day: Day): PartnerTerms {
  return assertDefined(termsOn(terms ?? [], day) ?? undefined, 'every partner has terms from the beginning on');
}

async function dayOf(db: Reader, now: Date): Promise<Day> {
  const { settings } = await loadProgram(db);
  return dayIn(now, settings.timeZone);
}

async function checkRecruiter(uow: UnitOfWork, id: string, recruitedBy: string | null): Promise<void> {
  if (recruitedBy === null) return;
  await lockRecruiting(uow.trx);
  const line = await recruiterLine(uow.trx, recruitedBy);
  if (line.length === 0) throw new RecruiterUnknown(recruitedBy);
  if (line.includes(id)) throw new RecruiterLoop(id, recruitedBy);
}

function patchOf(change: PartnerChange): PartnerPatch {
  return {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.email === undefined ? {} : { email: change.email }),
    ...(change.recruitedBy === undefined ? {} : { recruited_by: change.recruitedBy }),
    ...(change.payoutCurrency === undefined ? {} : { payout_currency: change.payoutCurrency }),
    ...(change.status === undefined ? {} : { status: change.status }),
  };
}
