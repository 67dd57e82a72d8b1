import { dayOf } from '../stamp.js';
import { checkLocks } from './check-record.js';
import type { FieldValue } from './field.js';
import { OrgFault } from './org-fault.js';
import type { Org } from './org.js';
import { leadStatusNamed, stagesOf } from './picklists.js';
import type { OrgRecord } from './record-store.js';
import { rewrite } from './record-lifecycle.js';
import type { WriteContext } from './write-context.js';
import { createRecord, requireLive, updateRecord } from './write-record.js';

/** A conversion as SOAP's `convertLead` takes it. */
export interface LeadConversion {
  readonly leadId: string;
  readonly convertedStatus: string;
  readonly accountId?: string | undefined;
  readonly contactId?: string | undefined;
  readonly opportunityId?: string | undefined;
  readonly opportunityName?: string | undefined;
  readonly doNotCreateOpportunity?: boolean | undefined;
  readonly overwriteLeadSource?: boolean | undefined;
  readonly ownerId?: string | undefined;
}

export interface ConvertedLead {
  readonly leadId: string;
  readonly accountId: string;
  readonly contactId: string;
  readonly opportunityId: string | null;
}

type Values = Record<string, FieldValue>;

const addressParts = ['Street', 'City', 'State', 'PostalCode', 'Country'];
const opportunityNameLength = 80;
/** The close date of a new opportunity is the end of the quarter. */
function quarterEnd(at: number): string {
  const date = new Date(at);
  return dayOf(Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3 + 3, 0));
}

function filled(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function copied(lead: OrgRecord, names: readonly string[], prefix = ''): Values {
  return filled(Object.fromEntries(names.map((name) => [`${prefix}${name}`, lead.values[name] ?? null])));
}

/** What the administrator's mapping adds for one target object. */
function mapped(org: Org, lead: OrgRecord, entity: string): Values {
  const pairs = org.settings.leadFieldMapping.flatMap(({ from, to }) => {
    const [target, name = ''] = to.split('.');
    return target === entity ? [[name, lead.values[from] ?? null] as const] : [];
  });
  return filled(Object.fromEntries(pairs));
}

function checkConversion(org: Org, lead: OrgRecord, asked: LeadConversion): void {
  checkLocks(org, lead);
  if (lead.values.IsConverted === true) {
    throw new OrgFault(400, 'CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
  }
  if (leadStatusNamed(org, asked.convertedStatus)?.values.IsConverted !== true) {
    throw new OrgFault(400, 'INVALID_STATUS', `invalid convertedStatus: ${asked.convertedStatus}`);
  }
  if (asked.contactId !== undefined && asked.accountId === undefined) {
    throw new OrgFault(400, 'REQUIRED_FIELD_MISSING', 'contactId needs accountId', ['accountId']);
  }
  if (String(lead.values.OwnerId).startsWith('00G') && asked.ownerId === undefined) {
    const message =
      'Converted objects can only be owned by users. If the lead is not owned by a user, you must specify a user for the Owner field.';
    throw new OrgFault(400, 'INVALID_CROSS_REFERENCE_KEY', message, ['OwnerId']);
  }
}

/** Merging into a record that is there fills only what is empty. */
function fillEmpty(org: Org, context: WriteContext, record: OrgRecord, values: Values): void {
  const missing = Object.entries(values).filter(([name]) => (record.values[name] ?? null) === null);
  if (missing.length > 0) updateRecord(org, context, record.id, Object.fromEntries(missing));
}

interface Conversion {
  readonly org: Org;
  readonly context: WriteContext;
  readonly lead: OrgRecord;
  readonly asked: LeadConversion;
  /** Whom what is made belongs to, and in which currency. */
  readonly owner: Values;
  readonly currency: Values;
}

function toAccount({ org, context, lead, asked, owner, currency }: Conversion): string {
  const values = {
    ...copied(lead, ['Phone', 'Website', 'Industry', 'AnnualRevenue', 'NumberOfEmployees']),
    ...copied(lead, addressParts, 'Billing'),
    ...mapped(org, lead, 'Account'),
  };
  if (asked.accountId !== undefined) {
    const account = requireLive(org, asked.accountId, 'Account');
    fillEmpty(org, context, account, values);
    return account.id;
  }
  const { Company: company = null } = lead.values;
  const name = company === null ? copied(lead, ['FirstName', 'LastName']) : { Name: company };
  return createRecord(org, context, 'Account', { ...values, ...name, ...owner, ...currency }).id;
}

function toContact({ org, context, lead, asked, owner }: Conversion, accountId: string): string {
  const values = {
    ...copied(lead, ['FirstName', 'LastName', 'Salutation', 'Title', 'Email', 'Phone', 'MobilePhone', 'LeadSource']),
    ...copied(lead, addressParts, 'Mailing'),
    ...mapped(org, lead, 'Contact'),
  };
  if (asked.contactId === undefined) {
    return createRecord(org, context, 'Contact', { ...values, ...owner, AccountId: accountId }).id;
  }
  const contact = requireLive(org, asked.contactId, 'Contact');
  fillEmpty(org, context, contact, values);
  const { LeadSource: source = null } = lead.values;
  if (asked.overwriteLeadSource === true) updateRecord(org, context, contact.id, { LeadSource: source });
  return contact.id;
}

function toOpportunity(conversion: Conversion, accountId: string, contactId: string): string | null {
  const { org, context, lead, asked, owner, currency } = conversion;
  const values = mapped(org, lead, 'Opportunity');
  if (asked.opportunityId !== undefined) {
    const opportunity = requireLive(org, asked.opportunityId, 'Opportunity');
    fillEmpty(org, context, opportunity, values);
    return opportunity.id;
  }
  if (asked.doNotCreateOpportunity === true) return null;
  const name = asked.opportunityName ?? `${String(lead.values.Company ?? lead.values.Name)}-`;
  const born = {
    Name: name.slice(0, opportunityNameLength),
    StageName: stagesOf(org)[0]?.values.ApiName ?? null,
    CloseDate: quarterEnd(context.tx.at),
    AccountId: accountId,
    ContactId: contactId,
  };
  const source = copied(lead, ['LeadSource']);
  return createRecord(org, context, 'Opportunity', { ...values, ...source, ...born, ...owner, ...currency }).id;
}

/**
 * Converts a lead: into a new or existing account, contact and opportunity, or without an opportunity. Account, contact,
 * opportunity and lead change in this order in one transaction.
 *
 * @throws OrgFault 400, 404 as `convertLead` refuses it.
 */
export function convertLead(org: Org, writer: WriteContext, asked: LeadConversion): ConvertedLead {
  // What the org writes by itself is not held against what the user may see or write.
  const context = { ...writer, view: org.complete, privileged: true, allowDuplicates: true };
  const lead = requireLive(org, asked.leadId, 'Lead');
  checkConversion(org, lead, asked);
  const owner = { OwnerId: asked.ownerId ?? lead.values.OwnerId ?? null };
  const currency = org.settings.multiCurrency ? copied(lead, ['CurrencyIsoCode']) : {};
  const conversion = { org, context, lead, asked, owner, currency };
  const accountId = toAccount(conversion);
  const contactId = toContact(conversion, accountId);
  const opportunityId = toOpportunity(conversion, accountId, contactId);
  const outcome = {
    Status: asked.convertedStatus,
    IsConverted: true,
    ConvertedDate: dayOf(context.tx.at),
    ConvertedAccountId: accountId,
    ConvertedContactId: contactId,
    ConvertedOpportunityId: opportunityId,
    ...owner,
  };
  const converted = rewrite(context, lead, outcome);
  const told = Object.entries(outcome).filter(([name, value]) => (lead.values[name] ?? null) !== value);
  context.tx.changed('UPDATE', converted, [...told.map(([name]) => name), 'LastModifiedDate']);
  return { leadId: lead.id, accountId, contactId, opportunityId };
}
