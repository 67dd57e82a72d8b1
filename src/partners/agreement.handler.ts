import { recordAudit } from '../audit/audit.store.js';
import { actorName, type OperatorActor, type PartnerActor } from '../platform/actor.js';
import type { Reader } from '../platform/database.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { sha256 } from '../platform/hash.js';
import { dayIn, type Day } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { agreementStanding, type AgreementStanding } from './agreement.js';
import type { AcceptedAgreement, NewAgreement } from './agreement.api.js';
import {
  AgreementMoved,
  AgreementNotAccepted,
  AgreementOvertaken,
  AgreementTooEarly,
  OwnerMustAccept,
} from './agreement-errors.js';
import {
  acceptancesOf,
  datedAgreements,
  findAgreement,
  insertAcceptance,
  insertAgreement,
  latestAgreement,
  lockAgreements,
  type AgreementRow,
} from './agreement.store.js';

/** Puts the next version of the agreement. @throws AgreementOvertaken, AgreementTooEarly */
export async function publishAgreement(
  uow: UnitOfWork,
  actor: OperatorActor,
  request: NewAgreement,
): Promise<AgreementRow> {
  await lockAgreements(uow.trx);
  const latest = await latestAgreement(uow.trx);
  if (latest !== undefined && request.after !== undefined && request.after !== latest.version) {
    throw new AgreementOvertaken({ version: latest.version, by: latest.published_by, at: latest.published_at });
  }
  const today = await dayOf(uow.trx, uow.now);
  // Nobody is bound by a text from before it was there.
  const before = latest?.effective_from ?? today;
  const earliest = before > today ? before : today;
  const effectiveFrom = request.effectiveFrom ?? earliest;
  if (effectiveFrom < earliest) throw new AgreementTooEarly(effectiveFrom, earliest);
  const row: AgreementRow = {
    version: (latest?.version ?? 0) + 1,
    text: request.text,
    effective_from: effectiveFrom,
    asks_acceptance: request.asksAcceptance,
    note: request.note === undefined || request.note === '' ? null : request.note,
    content_hash: sha256(request.text),
    published_at: uow.now,
    published_by: actorName(actor),
  };
  await insertAgreement(uow.trx, row);
  await recordAudit(uow, {
    actor,
    action: 'agreement.publish',
    subject: { type: 'agreement', id: String(row.version) },
    details: { effectiveFrom, asksAcceptance: row.asks_acceptance, contentHash: row.content_hash },
  });
  return row;
}

/**
 * An owner accepts what is in force, for the partner. Accepted already, by whomever, it stays as it was.
 * @throws OwnerMustAccept, AgreementMoved
 */
export async function acceptAgreement(uow: UnitOfWork, actor: PartnerActor, read: AcceptedAgreement): Promise<void> {
  const { person, partnerId } = actor;
  if (person?.role !== 'owner') throw new OwnerMustAccept();
  const { current } = await standingOf(uow.trx, partnerId, uow.now);
  const text = current === null ? undefined : await findAgreement(uow.trx, current);
  if (text?.version !== read.version || text.content_hash !== read.contentHash) throw new AgreementMoved(current);
  const acceptance = {
    partner_id: partnerId,
    version: read.version,
    content_hash: read.contentHash,
    person_id: person.id,
    accepted_at: uow.now,
  };
  if (!(await insertAcceptance(uow.trx, acceptance))) return;
  await recordAudit(uow, {
    actor,
    action: 'agreement.accept',
    subject: { type: 'partner', id: partnerId },
    details: { version: read.version, contentHash: read.contentHash },
  });
}

/** How a partner stands to the agreement today. */
export async function standingOf(db: Reader, partnerId: string, now: Date): Promise<AgreementStanding> {
  const versions = await datedAgreements(db);
  if (versions.length === 0) return { current: null, asked: false };
  const accepted = await acceptancesOf(db, partnerId);
  return agreementStanding(
    versions,
    accepted.map(({ version }) => version),
    await dayOf(db, now),
  );
}

/** @throws AgreementNotAccepted where the program takes registrations only from partners who accepted */
export async function refuseWithoutAgreement(uow: UnitOfWork, partnerId: string, publicUrl: string): Promise<void> {
  const { settings } = await loadProgram(uow.trx);
  if (!settings.registrationNeedsAgreement) return;
  const { asked } = await standingOf(uow.trx, partnerId, uow.now);
  if (asked) throw new AgreementNotAccepted(`${publicUrl}/agreement`);
}

export async function dayOf(db: Reader, now: Date): Promise<Day> {
  return dayIn(now, (await loadProgram(db)).settings.timeZone);
}
