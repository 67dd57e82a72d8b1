import type { EnsureContact, EnsuredRecord } from '../contract.js';
import { registrationIdField } from './our-fields.js';
import { known, saveOptions, settledFields, type Push } from './new-records.js';
import { queryRows } from './queries.js';
import { updateRecord, upsertRecord } from './records.js';
import { flagOf, idOf, textOf, type Row } from './row-values.js';
import { names, soql, type Soql } from './soql.js';

/** Most contacts of one address that are looked at. */
const mostOfOneAddress = 20;

/**
 * Finds or makes the contact. Salesforce lets any number of contacts have one address, but a query is never late, and the
 * registration id is unique: so a retry meets the contact it made.
 */
export async function ensureContact(push: Push, request: EnsureContact): Promise<EnsuredRecord> {
  const { contact, registrationId, record } = request;
  const found = await findContacts(push, contact.email);
  const own = found.find((row) => textOf(row, registrationIdField) === registrationId) ?? found[0];
  if (own !== undefined) return stamp(push, own, registrationId);
  const made = await upsertRecord(
    push.call,
    'Contact',
    { field: registrationIdField, value: registrationId },
    {
      ...(await settledFields(push, 'Contact', record)),
      ...known({
        FirstName: contact.firstName,
        LastName: contact.lastName,
        Email: contact.email,
        Phone: contact.phone ?? undefined,
      }),
    },
    saveOptions(record),
  );
  return { crmId: made.id, created: made.created };
}

async function findContacts({ call, schema }: Push, email: string): Promise<readonly Row[]> {
  const query = await contactQuery(schema, soql`Email = ${email}`);
  return queryRows(call, 'find the contact', { soql: query });
}

/** Contacts, oldest first, with what is asked of them here. Person accounts have a contact, too. */
async function contactQuery(schema: Push['schema'], condition: Soql): Promise<Soql> {
  const optional = await schema.visible('Contact', ['IsPersonAccount', registrationIdField]);
  return soql`SELECT ${names(['Id', 'AccountId', ...optional])} FROM Contact WHERE ${condition}
    ORDER BY CreatedDate, Id LIMIT ${mostOfOneAddress}`;
}

/** The first registration that brought somebody stays on record. The contact of a person account cannot be written by itself. */
async function stamp({ call, schema }: Push, contact: Row, registrationId: string): Promise<EnsuredRecord> {
  const canStamp = (await schema.object('Contact'))?.field(registrationIdField) !== undefined;
  if (canStamp && textOf(contact, registrationIdField) === null && !flagOf(contact, 'IsPersonAccount')) {
    await updateRecord(
      call,
      'Contact',
      idOf(contact),
      { [registrationIdField]: registrationId },
      { allowDuplicates: true },
    );
  }
  return { crmId: idOf(contact), created: false };
}
