import type { CustomerRecords, DealAround, DealTies } from '../contract.js';
import { fullId, isIdOf, type ObjectName } from './ids.js';
import type { DealMapping } from './mapping.js';
import type { Call } from './org-access.js';
import { queryMany, type Query } from './queries.js';
import { idOf, textOf, type Row } from './row-values.js';
import { chunks, names, soql, type Soql } from './soql.js';

/** Opportunities in one query: their contact roles, some eight each at most, then fit one page of 2,000. */
const opportunitiesPerQuery = 250;
/** Two queries for each of two chunks go in one call. */
export const tiesOfDealsSize = 2 * opportunitiesPerQuery;

/** The newest opportunities of a customer that anybody will look at. */
const mostAround = 200;
const mostRoles = 2_000;

/** Whom many opportunities are about, in one call: their account, and the contacts that have a role in them. */
export async function tiesOfDeals(call: Call, crmDealIds: readonly string[]): Promise<readonly DealTies[]> {
  const parts = chunks(idsOf('Opportunity', crmDealIds), opportunitiesPerQuery);
  const accounts = parts.map((some) => soql`SELECT Id, AccountId FROM Opportunity WHERE Id IN ${some}`);
  const roles = parts.map(
    (some) => soql`SELECT Id, OpportunityId, ContactId FROM OpportunityContactRole WHERE OpportunityId IN ${some}`,
  );
  const results = await queryMany(call, 'read whom deals are about', [...accounts, ...roles].map(asQuery));
  const deals = results.slice(0, accounts.length).flat();
  const contactsOf = contactsByDeal(results.slice(accounts.length).flat());
  return deals.map((row) => ({
    crmDealId: idOf(row),
    contactIds: contactsOf.get(idOf(row)) ?? [],
    companyIds: accountOf(row),
  }));
}

/** The newest opportunities of these accounts and of the roles of these contacts, in one call. */
export async function dealsAround(
  call: Call,
  mapping: DealMapping,
  { contactIds, companyIds }: CustomerRecords,
): Promise<readonly DealAround[]> {
  const contacts = idsOf('Contact', contactIds);
  const accounts = idsOf('Account', companyIds);
  const [rows, roles] = await readAround(call, mapping, contacts, accounts);
  const contactsOf = contactsByDeal(roles);
  const accountsOf = new Map(rows.map((row) => [idOf(row), accountOf(row)]));
  const deals = await mapping.toDeals(rows);
  return deals
    .toSorted((one, other) => (other.createdAt ?? '').localeCompare(one.createdAt ?? ''))
    .slice(0, mostAround)
    .map((deal) => ({
      deal,
      contactIds: (contactsOf.get(deal.crmDealId) ?? []).filter((id) => contacts.includes(id)),
      companyIds: (accountsOf.get(deal.crmDealId) ?? []).filter((id) => accounts.includes(id)),
    }));
}

async function readAround(
  call: Call,
  mapping: DealMapping,
  contacts: readonly string[],
  accounts: readonly string[],
): Promise<readonly [readonly Row[], readonly Row[]]> {
  const fields = names([...mapping.opportunityFields, 'AccountId']);
  const newest = soql`ORDER BY CreatedDate DESC LIMIT ${mostAround}`;
  // Two queries, because SOQL allows no semi-join beside an OR. A list without ids would match records that have none.
  const ofAccounts = soql`SELECT ${fields} FROM Opportunity WHERE AccountId IN ${accounts} ${newest}`;
  const ofContacts = soql`SELECT ${fields} FROM Opportunity WHERE Id IN
    (SELECT OpportunityId FROM OpportunityContactRole WHERE ContactId IN ${contacts}) ${newest}`;
  const ofRoles = soql`SELECT Id, OpportunityId, ContactId FROM OpportunityContactRole WHERE ContactId IN ${contacts}
    ORDER BY CreatedDate DESC LIMIT ${mostRoles}`;
  const wanted = [
    ...(contacts.length === 0 ? [] : [ofRoles, ofContacts]),
    ...(accounts.length === 0 ? [] : [ofAccounts]),
  ];
  const results = await queryMany(call, 'look for deals of a customer', wanted.map(asQuery));
  const [roles, deals] = contacts.length === 0 ? [[], results.flat()] : [results[0] ?? [], results.slice(1).flat()];
  return [[...new Map(deals.map((row) => [idOf(row), row])).values()], roles];
}

function asQuery(text: Soql): Query {
  return { soql: text };
}

/** An id of another kind, or none at all, would fail the whole query. */
function idsOf(object: ObjectName, ids: readonly string[]): readonly string[] {
  return [...new Set(ids.flatMap((id) => fullId(id) ?? []))].filter((id) => isIdOf(object, id));
}

function accountOf(row: Row): readonly string[] {
  const account = textOf(row, 'AccountId');
  return account === null ? [] : [fullId(account) ?? account];
}

function contactsByDeal(roles: readonly Row[]): ReadonlyMap<string, readonly string[]> {
  const contacts = new Map<string, readonly string[]>();
  for (const role of roles) {
    const [deal, contact] = [fullId(textOf(role, 'OpportunityId') ?? ''), fullId(textOf(role, 'ContactId') ?? '')];
    if (deal === null || contact === null) continue;
    contacts.set(deal, [...new Set([...(contacts.get(deal) ?? []), contact])]);
  }
  return contacts;
}
