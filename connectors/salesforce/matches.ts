import type { CompanyFacts, CrmMatch, MatchQuery } from '../contract.js';
import { accountFields, accountsOfDomain, ownsDomain } from './companies.js';
import type { DealMapping } from './mapping.js';
import type { Call } from './org-access.js';
import { queryMany, type Query } from './queries.js';
import { idOf, textOf, type Row } from './row-values.js';
import type { Schema } from './schema.js';
import { names, soql } from './soql.js';

type MatchedBy = CrmMatch['matchedBy'];

const operation = 'find matches';
/** Most records of a kind that a person is asked to look at. */
const mostOfAKind = 20;
const mostDeals = 100;

/**
 * Records that look like the same customer: contacts and Leads by their address, accounts by their domain, the opportunities of all of
 * them that are open or won; and accounts of the same name, for a person to look at. Two calls.
 */
export async function findMatches(
  deps: { readonly call: Call; readonly schema: Schema; readonly mapping: DealMapping },
  { company, email }: MatchQuery,
): Promise<readonly CrmMatch[]> {
  const { call, mapping } = deps;
  const found = await findPeopleAndAccounts(call, await accountFields(deps.schema), { company, email });
  const { contacts, leads, byDomain, byName } = found;
  const onlyByName = byName.filter((one) => byDomain.every((other) => idOf(other) !== idOf(one)));
  return [
    ...contacts.map((one) => match('contact', one, personLabel(one), 'email')),
    ...leads.map((one) => match('contact', one, `Lead ${personLabel(one)}`, 'email')),
    ...byDomain.map((one) => match('company', one, textOf(one, 'Name') ?? idOf(one), 'domain')),
    ...(await dealMatches(call, mapping, contacts, byDomain)),
    ...onlyByName.map((one) => match('company', one, textOf(one, 'Name') ?? idOf(one), 'name')),
  ];
}

async function findPeopleAndAccounts(call: Call, fields: readonly string[], { company, email }: MatchQuery) {
  const { domain } = company;
  const queries: readonly Query[] = [
    { soql: soql`SELECT Id, Name, Email, AccountId FROM Contact WHERE Email = ${email} LIMIT ${mostOfAKind}` },
    {
      soql: soql`SELECT Id, Name, Email, Company FROM Lead WHERE Email = ${email} AND IsConverted = false
        LIMIT ${mostOfAKind}`,
    },
    { soql: soql`SELECT ${names(fields)} FROM Account WHERE Name = ${company.name} LIMIT ${mostOfAKind}` },
    ...(domain === null ? [] : [accountsOfDomain(fields, domain)]),
  ];
  const [contacts = [], leads = [], byName = [], ofDomain = []] = await queryMany(call, operation, queries);
  return {
    contacts,
    leads,
    byName: byName.filter((one) => mayBeIn(one, company)),
    byDomain: domain === null ? [] : ofDomain.filter((one) => ownsDomain(one, domain)),
  };
}

/** An account of the same name in another country is somebody else, where both countries are written as codes. */
function mayBeIn(account: Row, { country }: CompanyFacts): boolean {
  const own = textOf(account, 'BillingCountryCode') ?? textOf(account, 'BillingCountry');
  if (country === null || own === null || !/^[A-Za-z]{2}$/.test(own)) return true;
  return own.toUpperCase() === country.toUpperCase();
}

async function dealMatches(
  call: Call,
  mapping: DealMapping,
  contacts: readonly Row[],
  accounts: readonly Row[],
): Promise<readonly CrmMatch[]> {
  const contactIds = contacts.map(idOf);
  const accountIds = accounts.map(idOf);
  const ofContacts = contacts.flatMap((one) => textOf(one, 'AccountId') ?? []);
  if (contactIds.length === 0 && accountIds.length === 0) return [];
  const fields = names(mapping.opportunityFields);
  const newestFirst = soql`AND (IsClosed = false OR IsWon = true) ORDER BY CreatedDate DESC LIMIT ${mostDeals}`;
  const owners = [...new Set([...accountIds, ...ofContacts])];
  const ofOwners = soql`SELECT ${fields} FROM Opportunity WHERE AccountId IN ${owners} ${newestFirst}`;
  const ofPeople = soql`SELECT ${fields} FROM Opportunity WHERE Id IN
    (SELECT OpportunityId FROM OpportunityContactRole WHERE ContactId IN ${contactIds}) ${newestFirst}`;
  // Two queries, because SOQL allows no semi-join beside an OR. A list without ids would match records that have none.
  const results = await queryMany(call, operation, [
    ...(contactIds.length === 0 ? [] : [{ soql: ofPeople }]),
    ...(owners.length === 0 ? [] : [{ soql: ofOwners }]),
  ]);
  const [byContact = [], byAccount = []] = contactIds.length === 0 ? [[], ...results] : results;
  const idsByContact = new Set(byContact.map(idOf));
  const rows = [...byContact, ...byAccount.filter((row) => !idsByContact.has(idOf(row)))];
  const deals = await mapping.toDeals(rows);
  return deals.map((deal) => ({
    objectType: 'deal',
    crmId: deal.crmDealId,
    label: deal.name ?? deal.crmDealId,
    matchedBy: idsByContact.has(deal.crmDealId) || accountIds.length === 0 ? 'email' : 'domain',
    deal,
  }));
}

function match(objectType: 'contact' | 'company', row: Row, label: string, matchedBy: MatchedBy): CrmMatch {
  return { objectType, crmId: idOf(row), label, matchedBy, deal: null };
}

function personLabel(row: Row): string {
  const company = textOf(row, 'Company');
  const name = [textOf(row, 'Name'), `<${textOf(row, 'Email') ?? ''}>`].filter((part) => part !== null).join(' ');
  return company === null ? name : `${name}, ${company}`;
}
