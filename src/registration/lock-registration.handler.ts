import type { UnitOfWork } from '../platform/unit-of-work.js';
import { lockProspect } from './prospect.store.js';
import { findRegistration, lockRegistration, type RegistrationRow } from './registration.store.js';

/** A registration with its prospect and row locked, so that nobody decides beside it. */
export async function lockWithProspect(uow: UnitOfWork, id: string): Promise<RegistrationRow | undefined> {
  const found = await findRegistration(uow.trx, id);
  if (found === undefined) return undefined;
  await lockProspect(uow.trx, found);
  const registration = await lockRegistration(uow.trx, id);
  // Its contact may have been corrected since it was found.
  if (registration !== undefined && registration.contact_key !== found.contact_key) {
    await lockProspect(uow.trx, registration);
  }
  return registration;
}
