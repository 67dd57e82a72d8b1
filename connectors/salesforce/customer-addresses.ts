import type { CustomerAddresses, CustomerRecords } from '../contract.js';
import { fullId, isIdOf, type ObjectName } from './ids.js';
import type { Call } from './org-access.js';
import { queryMany } from './queries.js';
import { idOf, textOf, type Row } from './row-values.js';
import { chunks, soql } from './soql.js';

const recordsPerQuery = 250;
/** More queries in one call would exceed what a composite request takes. */
const queriesPerCall = 4;

/** Contacts by their address, accounts by their website: a call for every thousand of both. */
export async function addressesOf(call: Call, { contactIds, companyIds }: CustomerRecords): Promise<CustomerAddresses> {
  const contacts = chunks(idsOf('Contact', contactIds), recordsPerQuery).map(
    (ids) => soql`SELECT Id, Email FROM Contact WHERE Id IN ${ids}`,
  );
  const accounts = chunks(idsOf('Account', companyIds), recordsPerQuery).map(
    (ids) => soql`SELECT Id, Website FROM Account WHERE Id IN ${ids}`,
  );
  const rows: (readonly Row[])[] = [];
  for (const some of chunks([...contacts, ...accounts], queriesPerCall)) {
    rows.push(
      ...(await queryMany(
        call,
        'read by what customers are known',
        some.map((text) => ({ soql: text })),
      )),
    );
  }
  return {
    contacts: valuesOf(rows.slice(0, contacts.length).flat(), 'Email'),
    companies: valuesOf(rows.slice(contacts.length).flat(), 'Website'),
  };
}

/** An id of another kind would fail the whole query. */
function idsOf(object: ObjectName, ids: readonly string[]): readonly string[] {
  return [...new Set(ids.flatMap((id) => fullId(id) ?? []))].filter((id) => isIdOf(object, id));
}

function valuesOf(rows: readonly Row[], field: string): ReadonlyMap<string, readonly string[]> {
  const entries = rows.flatMap((row): [string, readonly string[]][] => {
    const value = textOf(row, field);
    return value === null ? [] : [[idOf(row), [value]]];
  });
  return new Map(entries);
}
