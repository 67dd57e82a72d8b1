import { recordAudit } from '../audit/audit.store.js';
import type { Actor } from '../platform/actor.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { LastAdministrator, PersonNotFound } from './access-errors.js';
import { countActive, endSessions, lockPerson, updatePerson, type PersonRow } from './person.store.js';
import type { OperatorRole } from './rights.js';

export interface OfPerson {
  readonly actor: Actor;
  readonly id: string;
  /** Only one of this kind, or of this partner. */
  readonly kind: PersonRow['kind'];
  readonly partnerId?: string;
}

/** Ends somebody's access, at once and everywhere. Done again, it changes nothing. @throws PersonNotFound, LastAdministrator */
export async function endAccess(uow: UnitOfWork, of: OfPerson): Promise<PersonRow> {
  const person = await existingPerson(uow, of);
  if (person.ended_at !== null) return person;
  await keepAnAdministrator(uow, person);
  await updatePerson(uow.trx, person.id, { ended_at: uow.now }, uow.now);
  await endSessions(uow.trx, person.id);
  await recordAudit(uow, {
    actor: of.actor,
    action: 'person.end',
    subject: { type: 'person', id: person.id },
    details: { kind: person.kind, role: person.role, partnerId: person.partner_id },
  });
  return { ...person, ended_at: uow.now };
}

/** Gives an operator another role, in force with their next call. @throws PersonNotFound, LastAdministrator */
export async function changeRole(uow: UnitOfWork, of: OfPerson & { readonly role: OperatorRole }): Promise<PersonRow> {
  const person = await existingPerson(uow, of);
  if (person.role === of.role) return person;
  await keepAnAdministrator(uow, person);
  await updatePerson(uow.trx, person.id, { role: of.role }, uow.now);
  await recordAudit(uow, {
    actor: of.actor,
    action: 'person.change-role',
    subject: { type: 'person', id: person.id },
    details: { from: person.role, to: of.role },
  });
  return { ...person, role: of.role };
}

async function existingPerson(uow: UnitOfWork, { id, kind, partnerId }: OfPerson): Promise<PersonRow> {
  const person = await lockPerson(uow.trx, id);
  const isMeant =
    person !== undefined && person.kind === kind && (partnerId === undefined || person.partner_id === partnerId);
  if (!isMeant) throw new PersonNotFound(id);
  return person;
}

async function keepAnAdministrator(uow: UnitOfWork, person: PersonRow): Promise<void> {
  const isAdministrator = person.role === 'admin' && person.ended_at === null;
  if (isAdministrator && (await countActive(uow.trx, 'admin')) <= 1) throw new LastAdministrator();
}
