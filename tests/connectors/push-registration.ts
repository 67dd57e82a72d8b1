import {
  CrmFailure,
  type CrmConnector,
  type DealStamp,
  type EnsureContact,
  type NewRecord,
} from '../../connectors/contract.js';

export interface Lead {
  readonly registrationId: string;
  readonly companyName: string;
  readonly domain: string | null;
  readonly email: string;
}

export const acme: Lead = {
  registrationId: 'reg_acme',
  companyName: 'Acme Robotics',
  domain: 'acme-robotics.test',
  email: 'jane@acme-robotics.test',
};

/** Nothing is said of new records. */
export const plainRecord: NewRecord = { owner: null, fields: {}, allowDuplicates: false };

export function stampFor(registrationId: string, more: Partial<DealStamp> = {}): DealStamp {
  return {
    registrationId,
    partner: 'Northwind Partners',
    status: 'approved',
    protectedUntil: '2027-02-01',
    commission: null,
    commissionCurrency: null,
    commissionStatus: null,
    ...more,
  };
}

export function contactOf(lead: Lead): EnsureContact {
  return {
    registrationId: lead.registrationId,
    contact: { firstName: 'Jane', lastName: 'Doe', email: lead.email, phone: null },
    record: plainRecord,
  };
}

export interface Pushed {
  readonly contactId: string;
  readonly companyId: string;
  readonly dealId: string;
}

/** What the product does with an approved registration, on one connector. `mayExist` as after an attempt that began. */
export async function push(connector: CrmConnector, lead: Lead, mayExist: boolean): Promise<Pushed> {
  const { registrationId } = lead;
  const contact = await connector.ensureContact(contactOf(lead));
  const company = await connector.ensureCompany({
    registrationId,
    company: { name: lead.companyName, domain: lead.domain, country: 'Germany' },
    contactId: contact.crmId,
    anchorContactIds: [],
    record: plainRecord,
  });
  const deal = await connector.ensureDeal({
    registrationId,
    contactId: contact.crmId,
    companyId: company.crmId,
    name: `${lead.companyName} rollout`,
    amount: '12000.50',
    currency: 'EUR',
    closeDate: '2026-12-31',
    stamp: stampFor(registrationId),
    record: plainRecord,
    mayExist,
  });
  return { contactId: contact.crmId, companyId: company.crmId, dealId: deal.crmId };
}

const mostAttempts = 4;

/** Tries until it works, each time as a new process: nothing is remembered but that an attempt was made. */
export async function pushUntilDone(connect: () => CrmConnector, lead: Lead): Promise<Pushed> {
  let failure: unknown;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    try {
      return await push(connect(), lead, attempt > 0);
    } catch (error) {
      if (!(error instanceof CrmFailure && error.retryable)) throw error;
      failure = error;
    }
  }
  throw failure;
}
