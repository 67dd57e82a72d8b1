import type { UnitOfWork } from '../platform/unit-of-work.js';
import type { ErasedContact } from './conflict.js';
import { companyKey, contactKey, nameKey } from './matching.js';
import { lockProspect } from './prospect.store.js';
import type { RegistrationRow } from './registration.store.js';
import type { SubmitRegistrationBody } from './registration.api.js';

/** The erasure of a contact with this address. */
export type ErasureOf = (uow: UnitOfWork, email: string) => Promise<ErasedContact | null>;
type Submission = Pick<SubmitRegistrationBody, 'company' | 'deal'>;

export type Keys = Pick<RegistrationRow, 'company_key' | 'contact_key' | 'product_key' | 'name_key'>;

/** A contact that was erased is known by the keyed hash that the claims on it have since. */
export async function lockedKeys(
  uow: UnitOfWork,
  deps: { readonly erasureOf: ErasureOf },
  { submission, domain, email }: { submission: Submission; domain: string | null; email: string },
): Promise<{ readonly keys: Keys; readonly erasure: ErasedContact | null }> {
  const keys = keysOf(submission, domain, email);
  await lockProspect(uow.trx, keys);
  const erasure = await deps.erasureOf(uow, email);
  if (erasure === null) return { keys, erasure };
  const companyIsContact = keys.company_key === keys.contact_key;
  const known: Keys = {
    ...keys,
    contact_key: erasure.contactKey,
    company_key: companyIsContact ? erasure.contactKey : keys.company_key,
  };
  await lockProspect(uow.trx, known);
  return { keys: known, erasure };
}

function keysOf(submission: Submission, domain: string | null, email: string): Keys {
  return {
    company_key: companyKey(domain, email),
    contact_key: contactKey(email),
    product_key: nameKey(submission.deal.product ?? ''),
    name_key: nameKey(submission.company.name),
  };
}
