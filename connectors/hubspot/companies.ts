import type { CompanyFacts, EnsureCompany, EnsuredRecord } from '../contract.js';
import { batchSize, companyToContact } from './api.js';
import { readTies, tie } from './associations.js';
import type { Call } from './call.js';
import { registrableDomain } from '../domain.js';
import { registrationIdProperty, settledProperties } from './properties.js';
import { createRecord, readRecords, updateRecord, type CrmRecord } from './records.js';
import { containsWords, equals, searchTolerantly } from './search.js';

const companyProperties = ['name', 'domain', 'website', 'country', registrationIdProperty] as const;

/** Most companies of one domain that are looked at. */
const mostOfOneDomain = 20;

/** Companies whose domain or website belongs to this registrable domain, oldest first. Search is late. */
export async function findCompaniesByDomain(call: Call, domain: string): Promise<readonly CrmRecord[]> {
  const found = await searchTolerantly(call, 'companies', {
    groups: [[equals('domain', domain)]],
    optionalGroups: [
      [equals('domain', `www.${domain}`)],
      [containsWords('domain', domain)],
      [containsWords('website', domain)],
    ],
    properties: companyProperties,
    limit: mostOfOneDomain,
  });
  return found.filter((company) => ownsDomain(company, domain));
}

function ownsDomain({ properties }: CrmRecord, domain: string): boolean {
  return [properties['domain'], properties['website']].some((text) => registrableDomain(text) === domain);
}

/**
 * Finds or makes the company. HubSpot does not keep companies apart by itself and search is late, so what a retry relies on is
 * the tie to the contact, which is made in the same call as the company and never late.
 */
export async function ensureCompany(call: Call, request: EnsureCompany): Promise<EnsuredRecord> {
  const { company, contactId, registrationId } = request;
  const tied = await readTiedCompanies(call, [contactId, ...request.anchorContactIds]);
  const known =
    pickTied(tied.companies, company, registrationId) ??
    (company.domain === null ? undefined : (await findCompaniesByDomain(call, company.domain))[0]);
  if (known === undefined) return make(call, request);
  if (tied.idsByContact.get(contactId)?.includes(known.id) !== true) {
    await tie(call, { type: 'companies', id: known.id }, { type: 'contacts', id: contactId });
  }
  if ((known.properties[registrationIdProperty] ?? '') === '') {
    await updateRecord(call, 'companies', known.id, { [registrationIdProperty]: registrationId });
  }
  return { crmId: known.id, created: false };
}

async function readTiedCompanies(call: Call, contactIds: readonly string[]) {
  const idsByContact = await readTies(call, { type: 'contacts', ids: contactIds }, 'companies');
  const ids = [...new Set([...idsByContact.values()].flat())].slice(0, batchSize);
  return { idsByContact, companies: await readRecords(call, 'companies', ids, { properties: companyProperties }) };
}

/** A contact may be tied to companies that are not this one: an employer before, a parent company. */
function pickTied(
  companies: readonly CrmRecord[],
  wanted: CompanyFacts,
  registrationId: string,
): CrmRecord | undefined {
  const { name, domain } = wanted;
  return (
    companies.find((company) => company.properties[registrationIdProperty] === registrationId) ??
    companies.find((company) => (domain === null ? hasName(company, name) : ownsDomain(company, domain)))
  );
}

function hasName({ properties }: CrmRecord, name: string): boolean {
  return (properties['name'] ?? '').trim().toLowerCase() === name.trim().toLowerCase();
}

async function make(call: Call, { company, contactId, registrationId, record }: EnsureCompany): Promise<EnsuredRecord> {
  const made = await createRecord(call, 'companies', {
    properties: {
      ...settledProperties(record),
      name: company.name,
      ...(company.domain === null ? {} : { domain: company.domain }),
      ...(company.country === null ? {} : { country: company.country }),
      [registrationIdProperty]: registrationId,
    },
    associations: [{ to: { id: contactId }, types: [companyToContact] }],
  });
  return { crmId: made.id, created: true };
}
