import { recordAudit } from '../audit/audit.store.js';
import { findLines } from '../crediting/commission-line.store.js';
import type { PartnerActor } from '../platform/actor.js';
import { newId } from '../platform/ids.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { addDays, dayIn, startOfDayIn, type Day } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { addWorkingDays } from '../program/work-calendar.js';
import { findRegistration } from '../registration/registration.store.js';
import type { NewDispute } from './dispute.api.js';
import { DisputeOpenAlready, DisputeRefused } from './dispute-errors.js';
import { insertDispute, listDisputes, lockDisputesOf, type DisputeRow } from './dispute.store.js';

/** Kind of the work that looks whether a dispute was answered in time. Key: dispute id. */
export const disputeDueWork = 'dispute-due';

/** Tells the other side that something happened to a dispute. */
export type TellOfDispute = (uow: UnitOfWork, dispute: DisputeRow, to: 'partner' | 'vendor') => Promise<void>;

/** @throws DisputeRefused, DisputeOpenAlready */
export async function openDispute(
  uow: UnitOfWork,
  tell: TellOfDispute,
  actor: PartnerActor,
  request: NewDispute,
): Promise<DisputeRow> {
  const { partnerId } = actor;
  await lockDisputesOf(uow.trx, partnerId);
  await refuseWhatIsNotTheirs(uow, partnerId, request);
  await refuseSecond(uow, partnerId, request);
  const dispute: DisputeRow = {
    id: newId('dsp'),
    partner_id: partnerId,
    line_id: request.lineId ?? null,
    registration_id: request.registrationId ?? null,
    deal_named: request.deal ?? null,
    reason: request.reason,
    links: request.links,
    status: 'open',
    opened_at: uow.now,
    opened_by: actor.person?.id ?? null,
    due_on: await startClock(uow),
    ...{ settled_at: null, settled_by: null, outcome: null, decision_id: null },
  };
  await insertDispute(uow.trx, dispute);
  await putInDiary(uow, dispute);
  await recordAudit(uow, {
    actor,
    action: 'dispute.open',
    subject: { type: 'dispute', id: dispute.id },
    details: { lineId: dispute.line_id, registrationId: dispute.registration_id, dueOn: dispute.due_on },
  });
  await tell(uow, dispute, 'vendor');
  return dispute;
}

/** By when a dispute that is the vendor's to answer from now on is answered. */
export async function startClock(uow: UnitOfWork): Promise<Day> {
  const { settings } = await loadProgram(uow.trx);
  return addWorkingDays(dayIn(uow.now, settings.timeZone), settings.disputeBusinessDays, settings);
}

/**
 * Has it looked at once its last day is over; at once where the clock stopped, which resolves the problem that may be open, or
 * be opened at this moment, about it.
 */
export async function putInDiary(uow: UnitOfWork, { id, due_on: dueOn }: DisputeRow): Promise<void> {
  if (dueOn === null) return uow.enqueue([{ kind: disputeDueWork, key: id }]);
  const { settings } = await loadProgram(uow.trx);
  const dueAt = startOfDayIn(addDays(dueOn as Day, 1), settings.timeZone);
  await uow.enqueue([{ kind: disputeDueWork, key: id, dueAt }]);
}

async function refuseWhatIsNotTheirs(uow: UnitOfWork, partnerId: string, request: NewDispute): Promise<void> {
  const { lineId, registrationId } = request;
  if (lineId !== undefined) {
    const { settings } = await loadProgram(uow.trx);
    const [line] = await findLines(uow.trx, [lineId], dayIn(uow.now, settings.timeZone));
    if (line?.partnerId !== partnerId) throw new DisputeRefused('lineId', lineId, 'the id of one of your lines');
  }
  if (registrationId !== undefined) {
    const registration = await findRegistration(uow.trx, registrationId);
    if (registration?.partner_id !== partnerId) {
      throw new DisputeRefused('registrationId', registrationId, 'the id of one of your registrations');
    }
  }
}

async function refuseSecond(uow: UnitOfWork, partnerId: string, request: NewDispute): Promise<void> {
  const { lineId, registrationId, deal } = request;
  const filter = { state: 'unsettled', order: 'newest', partnerId, lineId, registrationId, deal } as const;
  const [first] = await listDisputes(uow.trx, filter, 1);
  if (first !== undefined) throw new DisputeOpenAlready(first.id);
}
