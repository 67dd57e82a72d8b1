import { CrmRejected, type ContactFacts, type EnsureContact, type EnsuredRecord } from '../contract.js';
import type { Call } from './call.js';
import { registrationIdProperty, settledProperties } from './properties.js';
import { createRecord, findRecord, updateRecord, type CrmRecord } from './records.js';
import { containsWords, searchTolerantly } from './search.js';

const additionalEmails = 'hs_additional_emails';
const contactProperties = ['email', 'firstname', 'lastname', additionalEmails, registrationIdProperty] as const;

/** The contact with this address, as main or as additional one. Only the main address is found without search's delay. */
export async function findContact(call: Call, email: string): Promise<CrmRecord | null> {
  return (
    (await findRecord(call, 'contacts', email, contactProperties, 'email')) ??
    (await findByAdditionalEmail(call, email))
  );
}

async function findByAdditionalEmail(call: Call, email: string): Promise<CrmRecord | null> {
  const found = await searchTolerantly(call, 'contacts', {
    groups: [],
    optionalGroups: [[containsWords(additionalEmails, email)]],
    properties: contactProperties,
    limit: 20,
  });
  return found.find((contact) => hasAddress(contact, email)) ?? null;
}

function hasAddress(contact: CrmRecord, email: string): boolean {
  const additional = (contact.properties[additionalEmails] ?? '').split(';');
  return [contact.properties['email'] ?? '', ...additional].some(
    (address) => address.trim().toLowerCase() === email.toLowerCase(),
  );
}

/**
 * Finds or makes the contact. HubSpot keeps addresses unique, so that even when search has not caught up the second creation is
 * refused, with the id of the first in the text.
 */
export async function ensureContact(call: Call, request: EnsureContact): Promise<EnsuredRecord> {
  const found = await findContact(call, request.contact.email);
  if (found !== null) return stamp(call, found, request.registrationId);
  try {
    const properties = {
      ...settledProperties(request.record),
      ...personOf(request.contact),
      [registrationIdProperty]: request.registrationId,
    };
    const made = await createRecord(call, 'contacts', { properties });
    return { crmId: made.id, created: true };
  } catch (error) {
    const existing = await findNamedInConflict(call, error, request.contact.email);
    if (existing === null) throw error;
    return stamp(call, existing, request.registrationId);
  }
}

function personOf(contact: ContactFacts): Record<string, string> {
  return {
    email: contact.email,
    firstname: contact.firstName,
    lastname: contact.lastName,
    ...(contact.phone === null ? {} : { phone: contact.phone }),
  };
}

/** "Contact already exists. Existing ID: 51": the id stands nowhere else in the answer. */
const existingId = /Existing ID:\s*(\d+)/i;
const conflictStatus = 409;

async function findNamedInConflict(call: Call, error: unknown, email: string): Promise<CrmRecord | null> {
  if (!(error instanceof CrmRejected) || error.httpStatus !== conflictStatus) return null;
  const id = existingId.exec(error.vendorMessage)?.[1];
  return id === undefined ? findContact(call, email) : findRecord(call, 'contacts', id, contactProperties);
}

/** The first registration that brought somebody stays on record; a later one does not take the contact over. */
async function stamp(call: Call, contact: CrmRecord, registrationId: string): Promise<EnsuredRecord> {
  if ((contact.properties[registrationIdProperty] ?? '') === '') {
    await updateRecord(call, 'contacts', contact.id, { [registrationIdProperty]: registrationId });
  }
  return { crmId: contact.id, created: false };
}
