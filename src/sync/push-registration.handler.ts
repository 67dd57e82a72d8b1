import {
  CrmGone,
  type CompanyFacts,
  type CrmConnector,
  type DealStamp,
  type NewRecord,
} from '../../connectors/contract.js';
import { findPartners } from '../partners/partner.store.js';
import { assertDefined } from '../platform/assert.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import type { ConnectionRecords } from '../program/new-records.api.js';
import { loadProgram } from '../program/program.store.js';
import { shownStatus } from '../registration/registration.js';
import {
  findContact,
  findRegistration,
  type ContactRow,
  type RegistrationRow,
} from '../registration/registration.store.js';
import { beginsAsLead } from './begins-as-lead.handler.js';
import type { Connections } from './connections.js';
import { isConnected, type ConnectionRow } from './connection.store.js';
import { findDeals, linksOfRegistrations, openLink, updateLink, type CrmLinkRow } from './crm-link.store.js';
import { claimCompany, settleCompany } from './crm-company.store.js';
import { dealNameOf, stampOfRegistration } from './deal-stamp.js';
import { guardLinkWork } from './guard-work.js';
import { inheritLead } from './inherit-lead.handler.js';
import { linkDeal } from './link-deal.handler.js';
import { newRecord, placedAnswers, type RegistrationFacts } from './new-record.js';
import { pushLead } from './push-lead.handler.js';
import { connectionOfRegistration } from './registration-connection.handler.js';

export interface PushDependencies {
  readonly db: Database;
  readonly transact: Transact;
  readonly connections: Connections;
  readonly clock: Clock;
  /** Told of deals that were there before and were stamped here: whoever shows reps what becomes of deals knows them otherwise. */
  readonly stampsWritten: (uow: UnitOfWork, dealIds: readonly string[]) => Promise<void>;
}

export type PushOutcome =
  | { readonly kind: 'linked' }
  | { readonly kind: 'not-wanted' }
  /** Another registration is making the same company, or time ran out: go on in a moment. */
  | { readonly kind: 'busy' }
  /** Nobody has connected the CRM, or somebody disconnected it. */
  | { readonly kind: 'not-connected' }
  /** The CRM does not have our fields yet. */
  | { readonly kind: 'not-provisioned' }
  | { readonly kind: 'no-connection' }
  /** Erased since the push began: the CRM may have been told of it in between. */
  | { readonly kind: 'contact-erased' };

/** No step of a run begins after this long; see the lease in sync.job.ts. */
const lateAfterMs = 20_000;

/** The longest a company is reserved for one registration: longer than every call of one attempt together. */
const companyLeaseMs = 60_000;

interface Push {
  readonly registration: RegistrationRow;
  readonly contact: ContactRow;
  readonly stamp: DealStamp;
  /** How the program's settings want registrations to go into this connection. */
  readonly settings: ConnectionRecords | undefined;
  readonly record: (kind: 'lead' | 'deal' | 'company' | 'contact') => NewRecord;
  readonly connection: ConnectionRow;
  readonly connector: CrmConnector;
}

/**
 * Brings an approved registration into the CRM: as a lead where the CRM has them and no deal is there to attach to, otherwise as
 * contact, company, deal, in this order, each noted as soon as it is known.
 * Dying anywhere is harmless: the contact is found again by its address, the company by its tie to the contact, the deal and
 * the lead by the registration id they carry.
 * @throws the connector's failures; what was reached stays noted
 */
export function createPushRegistration(deps: PushDependencies): (registrationId: string) => Promise<PushOutcome> {
  return async (registrationId) => {
    const registration = await findRegistration(deps.db, registrationId);
    if (registration === undefined) return { kind: 'not-wanted' };
    const [begun] = await linksOfRegistrations(deps.db, [registrationId]);
    // Ended meanwhile: wanted only where a deal or lead may have been made already, which has to be found and told.
    if (registration.status !== 'approved' && !isBegun(begun)) return { kind: 'not-wanted' };
    const connection = await connectionOfRegistration(deps.db, registration, deps.clock.now());
    const connector = connection && deps.connections.connector(connection.id);
    if (connection === undefined || connector === undefined) return { kind: 'no-connection' };
    if (!isConnected(connection)) return { kind: 'not-connected' };
    if (connection.provisioned_at === null) return { kind: 'not-provisioned' };
    const opened = { registrationId, connectionId: connection.id, watchedFrom: registration.submitted_at };
    const link = await deps.transact((uow) => openLink(uow.trx, opened, uow.now));
    // One that was taken off its deal since waits for a person to give it another.
    if (link.linked_at !== null) return { kind: 'linked' };

    const contact = await findContact(deps.db, registrationId);
    // What was erased here is not made anew there.
    if (contact === undefined) return { kind: isBegun(link) ? 'contact-erased' : 'not-wanted' };

    const push = { registration, contact, connection, connector, ...(await load(deps.db, registration, connection)) };
    try {
      return await pushSteps(deps, push, link);
    } catch (error) {
      const knewThem = link.crm_contact_id !== null || link.crm_company_id !== null;
      if (!(error instanceof CrmGone)) throw error;
      await forgetTies(deps, push);
      // What an earlier attempt noted was merged or deleted since. What this one found itself will not get better.
      if (knewThem) return { kind: 'busy' };
      throw error;
    }
  };
}

function isBegun(link: CrmLinkRow | undefined): boolean {
  return link !== undefined && (link.deal_started_at !== null || link.lead_started_at !== null);
}

async function pushSteps(deps: PushDependencies, push: Push, link: CrmLinkRow): Promise<PushOutcome> {
  const { leads } = push.connector;
  const attachTo = await dealToAttach(deps, push);
  const prospect = { company: companyOf(push.registration), email: push.contact.email };
  const become = push.settings?.registrationsBecome;
  if (leads !== null && attachTo === null && !isBegun(link)) {
    if (await inheritLead(deps.transact, push.registration, push.connection.id)) return { kind: 'linked' };
  }
  if (leads !== null && attachTo === null && (await beginsAsLead(push.connector, link, prospect, become))) {
    await pushLead(deps.transact, leads, { ...push, record: push.record('lead') }, link);
    return (await isErased(deps, push)) ? { kind: 'contact-erased' } : { kind: 'linked' };
  }
  const startedAt = deps.clock.now().getTime();
  const contactId = link.crm_contact_id ?? (await makeContact(deps, push));
  if (await isErased(deps, push)) return { kind: 'contact-erased' };
  if (isLate(deps, startedAt)) return { kind: 'busy' };
  const company = link.crm_company_id ?? (await makeCompany(deps, push, contactId));
  if (typeof company !== 'string') return company;
  if (await isErased(deps, push)) return { kind: 'contact-erased' };
  if (isLate(deps, startedAt)) return { kind: 'busy' };
  const crmDealId = await makeDeal(deps, push, link, { contactId, companyId: company, attachTo });
  await deps.transact(async (uow) => {
    const dealId = await linkDeal(uow, push.connection, push.registration.id, crmDealId);
    if (attachTo !== null) await deps.stampsWritten(uow, [dealId]);
    // While the registration was decided on, somebody may have begun another deal with the prospect.
    await uow.enqueue([{ kind: guardLinkWork, key: push.registration.id }]);
  });
  return { kind: 'linked' };
}

/** A call that the CRM answers late may end after an erasure that began later. */
async function isErased(deps: PushDependencies, { registration }: Push): Promise<boolean> {
  return (await findContact(deps.db, registration.id)) === undefined;
}

/** A slow CRM must not carry a step over the end of the lease, when another worker may begin the same one. */
function isLate(deps: PushDependencies, startedAt: number): boolean {
  return deps.clock.now().getTime() - startedAt > lateAfterMs;
}

async function load(
  db: Database,
  registration: RegistrationRow,
  connection: ConnectionRow,
): Promise<Pick<Push, 'stamp' | 'settings' | 'record'>> {
  const [partner] = await findPartners(db, [registration.partner_id]);
  const stamp = stampOfRegistration({
    id: registration.id,
    status: shownStatus(registration.status, registration.outcome),
    protectedUntil: registration.protected_until,
    partnerName: assertDefined(partner, 'a registration has its partner').name,
  });
  const { newRecords, formFields } = (await loadProgram(db)).settings;
  const settings = newRecords[connection.id];
  const answers = placedAnswers(formFields, registration.form_values, connection.id);
  const facts: RegistrationFacts = {
    partner: stamp.partner,
    product: registration.product,
    note: registration.note,
    dealName: registration.deal_name,
    amount: registration.amount,
    currency: registration.currency,
    expectedCloseDate: registration.expected_close_date,
    companyDomain: registration.company_domain,
    country: registration.country,
    protectedUntil: registration.protected_until,
  };
  return { stamp, settings, record: (kind) => newRecord(settings, kind, facts, answers) };
}

async function makeContact(deps: PushDependencies, push: Push): Promise<string> {
  const { contact, registration } = push;
  const { crmId } = await push.connector.ensureContact({
    registrationId: registration.id,
    contact: {
      firstName: contact.first_name,
      lastName: contact.last_name,
      email: contact.email,
      phone: contact.phone,
    },
    record: push.record('contact'),
  });
  await deps.transact((uow) => updateLink(uow.trx, registration.id, { crm_contact_id: crmId }));
  return crmId;
}

async function makeCompany(
  deps: PushDependencies,
  push: Push,
  contactId: string,
): Promise<string | { readonly kind: 'busy' }> {
  const { registration, connection } = push;
  const key = { connectionId: connection.id, companyKey: registration.company_key };
  const claim = await deps.transact((uow) =>
    claimCompany(
      uow.trx,
      { ...key, contactId, registrationId: registration.id },
      uow.now,
      new Date(uow.now.getTime() + companyLeaseMs),
    ),
  );
  if (claim.kind === 'busy') return claim;
  const companyId = claim.kind === 'known' ? claim.crmCompanyId : await askForCompany(push, contactId, claim.anchors);
  await deps.transact(async (uow) => {
    await settleCompany(uow.trx, key, companyId);
    await updateLink(uow.trx, registration.id, { crm_company_id: companyId });
  });
  return companyId;
}

async function askForCompany(push: Push, contactId: string, anchors: readonly string[]): Promise<string> {
  const { registration } = push;
  const { crmId } = await push.connector.ensureCompany({
    registrationId: registration.id,
    company: companyOf(registration),
    contactId,
    anchorContactIds: anchors,
    record: push.record('company'),
  });
  return crmId;
}

function companyOf(registration: RegistrationRow): CompanyFacts {
  const { company_name: name, company_domain: domain, country } = registration;
  return { name, domain, country };
}

interface Ties {
  readonly contactId: string;
  readonly companyId: string;
}

async function makeDeal(
  deps: PushDependencies,
  push: Push,
  link: CrmLinkRow,
  { attachTo, ...ties }: Ties & { readonly attachTo: string | null },
): Promise<string> {
  const { registration, connector, stamp } = push;
  if (attachTo !== null) {
    await connector.attachDeal({ registrationId: registration.id, crmDealId: attachTo, ...ties, stamp });
    return attachTo;
  }
  // Noted before the call, so that after a death the next attempt looks for the deal before it writes one.
  await deps.transact((uow) => updateLink(uow.trx, registration.id, { deal_started_at: uow.now }));
  const { crmId } = await connector.ensureDeal({
    registrationId: registration.id,
    ...ties,
    name: dealNameOf(registration),
    amount: registration.amount,
    currency: registration.currency,
    closeDate: registration.expected_close_date,
    stamp,
    record: push.record('deal'),
    mayExist: link.deal_started_at !== null,
  });
  return crmId;
}

/** The contact or company we knew was merged or deleted since: a retry looks for both anew. */
async function forgetTies(deps: PushDependencies, push: Push): Promise<void> {
  const { registration, connection } = push;
  await deps.transact(async (uow) => {
    await settleCompany(uow.trx, { connectionId: connection.id, companyKey: registration.company_key }, null);
    await updateLink(uow.trx, registration.id, { crm_contact_id: null, crm_company_id: null });
  });
}

async function dealToAttach(deps: PushDependencies, push: Push): Promise<string | null> {
  const dealId = push.registration.attach_deal_id;
  if (dealId === null) return null;
  const [deal] = await findDeals(deps.db, [dealId]);
  return deal?.crm_deal_id ?? null;
}
