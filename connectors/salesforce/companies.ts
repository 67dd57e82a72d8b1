import type { CompanyFacts, EnsureCompany, EnsuredRecord } from '../contract.js';
import { registrableDomain } from '../domain.js';
import { registrationIdField } from './our-fields.js';
import { countryFields, known, saveOptions, settledFields, type Push } from './new-records.js';
import { queryMany, type Query } from './queries.js';
import { updateRecord, upsertRecord } from './records.js';
import { flagOf, idOf, textOf, type Row } from './row-values.js';
import type { Schema } from './schema.js';
import { containing, names, soql } from './soql.js';

/** Most accounts of one domain that are looked at. */
const mostOfOneDomain = 50;

/** What is asked of accounts wherever they are looked for. */
export async function accountFields(schema: Schema): Promise<readonly string[]> {
  const wanted = ['BillingCountry', 'BillingCountryCode', 'IsPersonAccount', registrationIdField];
  return ['Id', 'Name', 'Website', ...(await schema.visible('Account', wanted))];
}

/** Accounts whose website may belong to this registrable domain, oldest first; wider than wanted: see `ownsDomain`. */
export function accountsOfDomain(fields: readonly string[], domain: string): Query {
  return {
    soql: soql`SELECT ${names(fields)} FROM Account WHERE Website LIKE ${containing(domain)}
      ORDER BY CreatedDate, Id LIMIT ${mostOfOneDomain}`,
  };
}

export function ownsDomain(account: Row, domain: string): boolean {
  return registrableDomain(textOf(account, 'Website')) === domain;
}

/**
 * Finds or makes the account: one that already belongs to the contact or its colleagues, then one of the same domain, then a new one.
 * The registration id is unique on accounts, so a retry meets the account it made. The contact joins it where it belongs to none.
 */
export async function ensureCompany(push: Push, request: EnsureCompany): Promise<EnsuredRecord> {
  const { contactId, registrationId } = request;
  const { contacts, ofDomain } = await lookAround(push, request);
  const tied = contacts.map(accountOf).filter((account) => account !== null);
  const found = pickTied(tied, request.company, registrationId) ?? ofDomain[0];
  const account = found === undefined ? await make(push, request) : await stamp(push, found, registrationId);
  const contact = contacts.find((row) => idOf(row) === contactId);
  if (contact !== undefined && textOf(contact, 'AccountId') === null) {
    await updateRecord(push.call, 'Contact', contactId, { AccountId: account.crmId }, { allowDuplicates: true });
  }
  return account;
}

async function lookAround({ call, schema }: Push, request: EnsureCompany) {
  const fields = await accountFields(schema);
  const { domain } = request.company;
  const contactIds = [...new Set([request.contactId, ...request.anchorContactIds])];
  const ofContacts = ['Id', 'AccountId', ...fields.map((field) => `Account.${field}`)];
  const queries: readonly Query[] = [
    { soql: soql`SELECT ${names(ofContacts)} FROM Contact WHERE Id IN ${contactIds}` },
    ...(domain === null ? [] : [accountsOfDomain(fields, domain)]),
  ];
  const [contacts = [], candidates = []] = await queryMany(call, 'find the account', queries);
  const ofDomain = domain === null ? [] : candidates.filter((row) => ownsDomain(row, domain) && !isPerson(row));
  return { contacts, ofDomain };
}

function accountOf(contact: Row): Row | null {
  const account = contact['Account'];
  return typeof account === 'object' && account !== null ? { ...account } : null;
}

/** A contact may belong to an account that is not this company: an employer before, a person account. */
function pickTied(accounts: readonly Row[], wanted: CompanyFacts, registrationId: string): Row | undefined {
  const { name, domain } = wanted;
  return (
    accounts.find((account) => textOf(account, registrationIdField) === registrationId) ??
    accounts.find(
      (account) => isPerson(account) || (domain === null ? hasName(account, name) : ownsDomain(account, domain)),
    )
  );
}

/** A person account is its own company: its contact can belong to no other. */
function isPerson(account: Row): boolean {
  return flagOf(account, 'IsPersonAccount');
}

function hasName(account: Row, name: string): boolean {
  return (textOf(account, 'Name') ?? '').trim().toLowerCase() === name.trim().toLowerCase();
}

async function make(push: Push, { company, registrationId, record }: EnsureCompany): Promise<EnsuredRecord> {
  const made = await upsertRecord(
    push.call,
    'Account',
    { field: registrationIdField, value: registrationId },
    {
      ...(await settledFields(push, 'Account', record)),
      ...known({ Name: company.name, Website: company.domain ?? undefined }),
      ...(await countryFields(push, 'Account', company.country)),
    },
    saveOptions(record),
  );
  return { crmId: made.id, created: made.created };
}

/** The first registration that brought a company stays on record. */
async function stamp({ call, schema }: Push, account: Row, registrationId: string): Promise<EnsuredRecord> {
  const canStamp = (await schema.object('Account'))?.field(registrationIdField) !== undefined;
  if (canStamp && textOf(account, registrationIdField) === null) {
    await updateRecord(
      call,
      'Account',
      idOf(account),
      { [registrationIdField]: registrationId },
      { allowDuplicates: true },
    );
  }
  return { crmId: idOf(account), created: false };
}
