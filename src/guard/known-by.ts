import type { CustomerAddresses, DealTies } from '../../connectors/contract.js';
import { contactKey, emailDomain, isPersonalDomain, registrableDomain } from '../registration/matching.js';
import type { KnownBy } from '../registration/prospect.store.js';

/** By what those a deal is about are recognised: every address of its contacts, every domain of its companies and contacts. */
export function knownBy(
  { contactIds, companyIds }: Pick<DealTies, 'contactIds' | 'companyIds'>,
  addresses: CustomerAddresses,
): KnownBy {
  const emails = contactIds.flatMap((id) => addresses.contacts.get(id) ?? []);
  const sites = companyIds.flatMap((id) => addresses.companies.get(id) ?? []);
  const domains = [...emails.map(emailDomain), ...sites.map(registrableDomain)].flatMap((domain) =>
    domain === null || isPersonalDomain(domain) ? [] : domain,
  );
  return { contactKeys: [...new Set(emails.map(contactKey))], domains: [...new Set(domains)] };
}
