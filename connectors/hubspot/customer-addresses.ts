import type { CustomerAddresses, CustomerRecords } from '../contract.js';
import { batchSize, type RecordType } from './api.js';
import type { Call } from './call.js';
import { readRecords, type CrmRecord } from './records.js';

const ofContacts = ['email', 'hs_additional_emails'];
const ofCompanies = ['domain', 'website'];

/** Contacts by their own and further addresses, companies by domain and website: a call for every hundred of each. */
export async function addressesOf(call: Call, { contactIds, companyIds }: CustomerRecords): Promise<CustomerAddresses> {
  const contacts = await readAll(call, 'contacts', contactIds, ofContacts);
  const companies = await readAll(call, 'companies', companyIds, ofCompanies);
  return { contacts: valuesOf(contacts, ofContacts), companies: valuesOf(companies, ofCompanies) };
}

async function readAll(
  call: Call,
  type: RecordType,
  ids: readonly string[],
  properties: readonly string[],
): Promise<readonly CrmRecord[]> {
  const wanted = [...new Set(ids)];
  const records: CrmRecord[] = [];
  for (let from = 0; from < wanted.length; from += batchSize) {
    records.push(...(await readRecords(call, type, wanted.slice(from, from + batchSize), { properties })));
  }
  return records;
}

/** Further addresses stand in one property, with semicolons between them. HubSpot adds properties that nobody asked for. */
function valuesOf(records: readonly CrmRecord[], names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const entries = records.map(({ id, properties }): [string, readonly string[]] => [
    id,
    names.flatMap((name) => (properties[name] ?? '').split(';')).filter((text) => text.trim() !== ''),
  ]);
  return new Map(entries.filter(([, values]) => values.length > 0));
}
