import { createHmac } from 'node:crypto';
import { findPersonByEmail } from '../access/person.store.js';
import { peoplePlaces } from '../access/person-erasure.store.js';
import { recordAudit } from '../audit/audit.store.js';
import { mailPlaces } from '../notices/mail-erasure.store.js';
import { applicantPlaces, partnerReachedAt } from '../partners/applicant-erasure.store.js';
import { actorName, type Actor } from '../platform/actor.js';
import type { Reader } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { createScrubber, type Person } from '../platform/personal-data.js';
import { eraseTraces, followIds } from '../platform/personal-data.store.js';
import { joined, type PersonalPlace } from '../platform/personal-place.js';
import type { Secrets } from '../platform/secrets.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { registrationPlaces, standingOf } from '../registration/contact-erasure.store.js';
import type { DecideRegistration } from '../registration/decide-registration.handler.js';
import { contactKey, normaliseEmail } from '../registration/matching.js';
import { lockProspect } from '../registration/prospect.store.js';
import { crmContactsOf, crmPlaces } from '../sync/company-key-erasure.store.js';
import type { CertificateStatement, SignedCertificate } from './certificate.js';
import { personalData } from './desk-personal-data.js';
import { AddressInUse, ReasonNamesPerson } from './erasure-errors.js';
import { beginErasing, firstErasureOf, insertErasure, type ErasureRow } from './erasure.store.js';

export interface ErasureDependencies {
  readonly secrets: Secrets;
  readonly decide: Pick<DecideRegistration, 'withdraw'>;
  readonly sign: (statement: CertificateStatement) => SignedCertificate;
}

export interface ErasureRequest {
  readonly email: string;
  readonly actor: Actor;
  readonly cause: ErasureRow['cause'];
  /** Why, in words that do not name the person. */
  readonly reason?: string;
}

export interface Erased {
  readonly erasure: ErasureRow;
  /** False where the person was erased before and nothing new was found. */
  readonly isNew: boolean;
}

export type ErasePerson = (uow: UnitOfWork, request: ErasureRequest) => Promise<Erased>;

/** What a partner reads of a registration that ended this way. */
const withdrawnBecause = 'The details of the contact were erased at request.';

/** Every place in which people stand as themselves. */
export function personalPlaces(secrets: Secrets): readonly PersonalPlace[] {
  return [...registrationPlaces(secrets), ...mailPlaces(secrets), ...applicantPlaces, ...peoplePlaces, ...crmPlaces];
}

/** The keyed hash of an address: of a guessed address, only this installation can say whether it is the one. */
export function createContactHash(secrets: Secrets): (address: string) => string {
  const key = secrets.derive('addresses of erased contacts');
  return (address) => `erased:${createHmac('sha256', key).update(normaliseEmail(address)).digest('hex')}`;
}

/** Everything by which the product knows somebody with this address. */
export async function recognisePerson(
  db: Reader,
  places: readonly PersonalPlace[],
  address: string,
  keyed: string,
): Promise<Person> {
  const parts: Partial<Person>[] = [];
  for (const { recognise } of places) if (recognise !== undefined) parts.push(await recognise(db, address));
  const person = joined(address, [...parts, { keys: [{ was: contactKey(address), becomes: keyed }] }]);
  return { ...person, ids: await followIds(db, personalData, person.ids) };
}

/**
 * Erases a person wherever they stand, in the caller's transaction: a death leaves all of it or nothing. Claims that still stand end,
 * except those whose deal or lead is in the CRM, which go on without a contact. Asked again, it finds nothing and answers with the
 * first certificate.
 * @throws AddressInUse, ReasonNamesPerson
 */
export function createErasePerson(deps: ErasureDependencies): ErasePerson {
  const places = personalPlaces(deps.secrets);
  const hashOf = createContactHash(deps.secrets);
  return async (uow, { email, actor, cause, reason }) => {
    const address = normaliseEmail(email);
    const keyed = hashOf(address);
    await lockProspect(uow.trx, { company_key: contactKey(address), contact_key: keyed });
    await refuseInUse(uow, address);
    const found = await recognisePerson(uow.trx, places, address, keyed);
    refuseNaming(found, reason);
    await endClaims(uow, deps, found);
    // Once more, as what ended wrote of it.
    const person = await recognisePerson(uow.trx, places, address, keyed);
    await beginErasing(uow.trx);
    const erased = await eraseEverywhere(uow, places, person);
    const first = await firstErasureOf(uow.trx, keyed);
    if (first !== undefined && Object.keys(erased).length === 0) return { erasure: first, isNew: false };
    return { erasure: await certify(uow, deps, { keyed, actor, cause, reason, erased }), isNew: true };
  };
}

async function refuseInUse(uow: UnitOfWork, address: string): Promise<void> {
  const person = await findPersonByEmail(uow.trx, address);
  if (person !== undefined && person.ended_at === null) throw new AddressInUse({ of: 'person', id: person.id });
  const partnerId = await partnerReachedAt(uow.trx, address);
  if (partnerId !== undefined) throw new AddressInUse({ of: 'partner', id: partnerId });
}

/** The reason outlives the erasure in a log that nothing is taken out of later: who is gone by then is no longer recognised in it. */
function refuseNaming(person: Person, reason: string | undefined): void {
  if (reason !== undefined && createScrubber(person).text(reason, 'about') !== reason) throw new ReasonNamesPerson();
}

async function endClaims(uow: UnitOfWork, { decide }: ErasureDependencies, { ids }: Person): Promise<void> {
  const standing = await standingOf(uow.trx, ids);
  const links = await crmContactsOf(
    uow.trx,
    standing.map(({ id }) => id),
  );
  const inCrm = new Set(
    links
      .filter((link) => link.deal_id ?? link.crm_lead_id ?? link.deal_started_at ?? link.lead_started_at)
      .map((link) => link.registration_id),
  );
  for (const { id, outcome } of standing) {
    if (inCrm.has(id) || outcome !== 'open') continue;
    await decide.withdraw(uow, { id, actor: { kind: 'system' }, reason: withdrawnBecause });
  }
}

async function eraseEverywhere(
  uow: UnitOfWork,
  places: readonly PersonalPlace[],
  person: Person,
): Promise<Readonly<Record<string, number>>> {
  const rows = new Map<string, number>();
  const count = (table: string, changed: number): void => {
    if (changed > 0) rows.set(table, (rows.get(table) ?? 0) + changed);
  };
  for (const place of places) count(place.table, await place.erase(uow, person));
  for (const table of personalData) count(table.table, await eraseTraces(uow.trx, table, person));
  return Object.fromEntries([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function certify(
  uow: UnitOfWork,
  deps: ErasureDependencies,
  {
    keyed,
    actor,
    cause,
    reason,
    erased,
  }: Pick<ErasureRequest, 'actor' | 'cause'> & {
    readonly keyed: string;
    readonly reason: string | undefined;
    readonly erased: Readonly<Record<string, number>>;
  },
): Promise<ErasureRow> {
  const id = newId('era');
  const requestedBy = actor.kind === 'operator' ? actor.id : null;
  const certificate = deps.sign({
    erasureId: id,
    erasedAt: uow.now.toISOString(),
    cause,
    requestedBy,
    contactKey: keyed,
    erased,
  });
  const row: ErasureRow = {
    id,
    contact_key: keyed,
    cause,
    requested_by: requestedBy,
    requested_by_name: cause === 'crm' ? null : actorName(actor),
    requested_at: uow.now,
    erased,
    certificate,
  };
  await insertErasure(uow.trx, row);
  await recordAudit(uow, {
    actor,
    action: 'contact.erase',
    subject: { type: 'erasure', id },
    details: { cause, erased, ...(reason === undefined ? {} : { reason }) },
  });
  return row;
}
