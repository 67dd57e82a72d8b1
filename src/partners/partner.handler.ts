import { randomBytes } from 'node:crypto';
import { recordAudit } from '../audit/audit.store.js';
import type { Actor } from '../platform/actor.js';
import type { Reader } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
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

const personalTokenBytes = 24;

/** @throws PartnerNotFound */
export async function existingPartner(db: Reader, id: string): Promise<PartnerRow> {
  const row = await findPartner(db, id);
  if (row === undefined) throw new PartnerNotFound(id);
  return row;
}

/** @throws PartnerEmailTaken, RecruiterUnknown */
export async function createPartner(uow: UnitOfWork, actor: Actor, request: NewPartner): Promise<PartnerRow> {
  if (request.recruitedBy !== null && (await findPartner(uow.trx, request.recruitedBy)) === undefined) {
    throw new RecruiterUnknown(request.recruitedBy);
  }
  const partner: PartnerRow = {
    id: newId('par'),
    name: request.name,
    email: request.email,
    type: request.type,
    recruited_by: request.recruitedBy,
    payout_currency: request.payoutCurrency,
    status: 'active',
    personal_token: randomBytes(personalTokenBytes).toString('base64url'),
    deactivated_at: null,
    created_at: uow.now,
    updated_at: uow.now,
  };
  await insertPartner(uow.trx, partner);
  await recordAudit(uow, { actor, action: 'partner.create', subject: { type: 'partner', id: partner.id } });
  return partner;
}

/** @throws PartnerNotFound, PartnerEmailTaken, RecruiterUnknown, RecruiterLoop */
export async function changePartner(
  uow: UnitOfWork,
  actor: Actor,
  id: string,
  change: PartnerChange,
): Promise<PartnerRow> {
  await checkRecruiter(uow, id, change.recruitedBy ?? null);
  const changed = await updatePartner(uow.trx, id, patchOf(change), uow.now);
  if (changed === undefined) throw new PartnerNotFound(id);
  // Names of the fields only: the log cannot be erased, and these are a person's details.
  const details = { changed: Object.keys(change), status: changed.status, recruitedBy: changed.recruited_by };
  await recordAudit(uow, { actor, action: 'partner.change', subject: { type: 'partner', id }, details });
  return changed;
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
    ...(change.type === undefined ? {} : { type: change.type }),
    ...(change.recruitedBy === undefined ? {} : { recruited_by: change.recruitedBy }),
    ...(change.payoutCurrency === undefined ? {} : { payout_currency: change.payoutCurrency }),
    ...(change.status === undefined ? {} : { status: change.status }),
  };
}
