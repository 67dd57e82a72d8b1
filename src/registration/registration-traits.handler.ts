import { partnerTerms } from '../partners/partner-terms.store.js';
import { termsOn, type DatedTerms } from '../partners/partner-terms.js';
import type { Reader } from '../platform/database.js';
import type { Day } from '../program/calendar.js';
import type { RegistrationTraits } from '../program/registration-terms.js';
import type { RegistrationRow } from './registration.store.js';

/** What settings may look at of a registration, with its partner's type and tier on a day. */
export async function traitsOf(db: Reader, registration: RegistrationRow, day: Day): Promise<RegistrationTraits> {
  const { partner_id: partnerId } = registration;
  return traitsUnder((await partnerTerms(db, [partnerId])).get(partnerId) ?? [], registration, day);
}

/** The same, where the partner's terms are at hand. */
export function traitsUnder(
  terms: readonly DatedTerms[],
  { country, product, currency }: RegistrationRow,
  day: Day,
): RegistrationTraits {
  const held = termsOn(terms, day);
  return {
    partnerType: held?.type ?? null,
    partnerTier: held?.tier ?? null,
    country,
    product: product === '' ? null : product,
    currency,
  };
}
