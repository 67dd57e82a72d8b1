import type { CompanyFacts, CrmMatch, MatchQuery } from '../contract.js';
import { batchSize } from './api.js';
import { readTies } from './associations.js';
import type { Call } from './call.js';
import { findCompaniesByDomain } from './companies.js';
import { findContact } from './contacts.js';
import type { DealMapping } from './mapping.js';
import { newerFirst, readRecords, type CrmRecord } from './records.js';
import { equals, isEmpty, searchTolerantly } from './search.js';

type MatchedBy = CrmMatch['matchedBy'];

/** Most companies of one name that a person is asked to look at. */
const mostOfOneName = 10;

/**
 * Records that look like the same customer: the contact by its address, companies by their domain, the deals of both that are
 * open or won; and companies of the same name, for a person to look at.
 */
export async function findMatches(call: Call, mapping: DealMapping, query: MatchQuery): Promise<readonly CrmMatch[]> {
  const { company, email } = query;
  const [contact, byDomain, byName] = await Promise.all([
    findContact(call, email),
    company.domain === null ? [] : findCompaniesByDomain(call, company.domain),
    findCompaniesByName(call, company),
  ]);
  const contacts = contact === null ? [] : [contact];
  const onlyByName = byName.filter((one) => byDomain.every((other) => other.id !== one.id));
  const [ofContact, ofCompanies] = await Promise.all([
    findDealIds(call, 'contacts', contacts),
    findDealIds(call, 'companies', byDomain),
  ]);
  return [
    ...contacts.map((one) => recordMatch('contact', one, contactLabel(one), 'email')),
    ...byDomain.map((one) => recordMatch('company', one, companyLabel(one), 'domain')),
    ...(await dealMatches(call, mapping, ofContact, ofCompanies)),
    ...onlyByName.map((one) => recordMatch('company', one, companyLabel(one), 'name')),
  ];
}

async function findCompaniesByName(call: Call, { name, country }: CompanyFacts): Promise<readonly CrmRecord[]> {
  const named = equals('name', name);
  const groups =
    country === null
      ? [[named]]
      : [
          [named, equals('country', country)],
          [named, isEmpty('country')],
        ];
  return searchTolerantly(call, 'companies', {
    groups: [],
    optionalGroups: groups,
    properties: ['name', 'domain'],
    limit: mostOfOneName,
  });
}

async function findDealIds(
  call: Call,
  type: 'contacts' | 'companies',
  records: readonly CrmRecord[],
): Promise<readonly string[]> {
  const ties = await readTies(call, { type, ids: records.map((record) => record.id) }, 'deals');
  return [...ties.values()].flat();
}

async function dealMatches(
  call: Call,
  mapping: DealMapping,
  ofContact: readonly string[],
  ofCompanies: readonly string[],
): Promise<readonly CrmMatch[]> {
  const ids = [...new Set([...ofContact, ...ofCompanies])].sort(newerFirst).slice(0, batchSize);
  const { properties } = mapping;
  const deals = await mapping.toDeals(await readRecords(call, 'deals', ids, { properties }));
  return deals
    .filter((deal) => deal.outcome !== 'lost')
    .map((deal) => ({
      objectType: 'deal',
      crmId: deal.crmDealId,
      label: deal.name ?? deal.crmDealId,
      matchedBy: ofContact.includes(deal.crmDealId) ? 'email' : 'domain',
      deal,
    }));
}

function recordMatch(
  objectType: 'contact' | 'company',
  record: CrmRecord,
  label: string,
  matchedBy: MatchedBy,
): CrmMatch {
  return { objectType, crmId: record.id, label, matchedBy, deal: null };
}

function contactLabel({ properties }: CrmRecord): string {
  const name = [properties['firstname'], properties['lastname']].filter((part) => part != null && part !== '');
  return [...name, `<${properties['email'] ?? ''}>`].join(' ');
}

function companyLabel({ id, properties }: CrmRecord): string {
  return properties['name'] ?? properties['domain'] ?? id;
}
