import { CrmGone, type CrmConnector, type DealStamp } from '../../connectors/contract.js';
import { findPartners } from '../partners/partner.store.js';
import { assertDefined } from '../platform/assert.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import { shownStatus } from '../registration/registration.js';
import {
  findContact,
  findRegistration,
  type ContactRow,
  type RegistrationRow,
} from '../registration/registration.store.js';
import type { Connections } from './connections.js';
import { defaultConnection, type ConnectionRow } from './connection.store.js';
import {
  claimCompany,
  ensureDeals,
  findDeals,
  linksOfRegistrations,
  openLink,
  settleCompany,
  updateLink,
  type CrmLinkRow,
} from './crm-link.store.js';
import { stampOfRegistration } from './deal-stamp.js';

/** Kind of the work that tells the watch stage of a deal it should look at. Key: our deal id. */
export const dealLinkedWork = 'deal-linked';

export interface PushDependencies {
  readonly db: Database;
  readonly transact: Transact;
  readonly connections: Connections;
  readonly clock: Clock;
}

export type PushOutcome =
  | { readonly kind: 'linked' }
  | { readonly kind: 'not-wanted' }
  /** Another registration is making the same company, or time ran out: go on in a moment. */
  | { readonly kind: 'busy' }
  /** The CRM does not have our fields yet. */
  | { readonly kind: 'not-provisioned' }
  | { readonly kind: 'no-connection' };

/** No step of a run begins after this long; see the lease in sync.job.ts. */
const lateAfterMs = 20_000;

/** The longest a company is reserved for one registration: longer than every call of one attempt together. */
const companyLeaseMs = 60_000;

interface Push {
  readonly registration: RegistrationRow;
  readonly contact: ContactRow;
  readonly stamp: DealStamp;
  readonly connection: ConnectionRow;
  readonly connector: CrmConnector;
}

/**
 * Brings an approved registration into the CRM: contact, company, deal, in this order, each noted as soon as it is known.
 * Dying anywhere is harmless: the contact is found again by its address, the company by its tie to the contact, the deal by
 * the registration id it carries.
 * @throws the connector's failures; what was reached stays noted
 */
export function createPushRegistration(deps: PushDependencies): (registrationId: string) => Promise<PushOutcome> {
  return async (registrationId) => {
    const registration = await findRegistration(deps.db, registrationId);
    if (registration === undefined) return { kind: 'not-wanted' };
    const [begun] = await linksOfRegistrations(deps.db, [registrationId]);
    // Ended meanwhile: wanted only where a deal may have been made already, which has to be found and told.
    if (registration.status !== 'approved' && begun?.deal_started_at == null) return { kind: 'not-wanted' };
    const connection = await defaultConnection(deps.db);
    const connector = connection && deps.connections.connector(connection.id);
    if (connection === undefined || connector === undefined) return { kind: 'no-connection' };
    if (connection.provisioned_at === null) return { kind: 'not-provisioned' };
    const link = await deps.transact((uow) => openLink(uow.trx, registrationId, connection.id, uow.now));
    if (link.deal_id !== null) return { kind: 'linked' };

    const push = { registration, connection, connector, ...(await load(deps.db, registration)) };
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

async function pushSteps(deps: PushDependencies, push: Push, link: CrmLinkRow): Promise<PushOutcome> {
  const startedAt = deps.clock.now().getTime();
  const contactId = link.crm_contact_id ?? (await makeContact(deps, push));
  if (isLate(deps, startedAt)) return { kind: 'busy' };
  const company = link.crm_company_id ?? (await makeCompany(deps, push, contactId));
  if (typeof company !== 'string') return company;
  if (isLate(deps, startedAt)) return { kind: 'busy' };
  const crmDealId = await makeDeal(deps, push, link, { contactId, companyId: company });
  await deps.transact((uow) => noteDeal(uow, push, crmDealId));
  return { kind: 'linked' };
}

/** A slow CRM must not carry a step over the end of the lease, when another worker may begin the same one. */
function isLate(deps: PushDependencies, startedAt: number): boolean {
  return deps.clock.now().getTime() - startedAt > lateAfterMs;
}

async function load(db: Database, registration: RegistrationRow): Promise<Pick<Push, 'contact' | 'stamp'>> {
  const contact = assertDefined(await findContact(db, registration.id), 'an approved registration has its contact');
  const [partner] = await findPartners(db, [registration.partner_id]);
  const stamp = stampOfRegistration({
    id: registration.id,
    status: shownStatus(registration.status, registration.outcome),
    protectedUntil: registration.protected_until,
    partnerName: assertDefined(partner, 'a registration has its partner').name,
  });
  return { contact, stamp };
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
    company: { name: registration.company_name, domain: registration.company_domain, country: registration.country },
    contactId,
    anchorContactIds: anchors,
  });
  return crmId;
}

interface Ties {
  readonly contactId: string;
  readonly companyId: string;
}

async function makeDeal(deps: PushDependencies, push: Push, link: CrmLinkRow, ties: Ties): Promise<string> {
  const { registration, connector, stamp } = push;
  const attachTo = await dealToAttach(deps, push);
  if (attachTo !== null) {
    await connector.attachDeal({ registrationId: registration.id, crmDealId: attachTo, ...ties, stamp });
    return attachTo;
  }
  // Noted before the call, so that after a death the next attempt looks for the deal before it writes one.
  await deps.transact((uow) => updateLink(uow.trx, registration.id, { deal_started_at: uow.now }));
  const { crmId } = await connector.ensureDeal({
    registrationId: registration.id,
    ...ties,
    name: registration.deal_name ?? defaultDealName(registration),
    amount: registration.amount,
    currency: registration.currency,
    closeDate: registration.expected_close_date,
    stamp,
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

function defaultDealName(registration: RegistrationRow): string {
  return registration.product === ''
    ? registration.company_name
    : `${registration.company_name} – ${registration.product}`;
}

async function noteDeal(uow: UnitOfWork, push: Push, crmDealId: string): Promise<void> {
  const { connection, registration } = push;
  const dealIds = await ensureDeals(uow.trx, connection, [crmDealId], uow.now);
  const dealId = assertDefined(dealIds.get(crmDealId), 'a deal just ensured has an id');
  await updateLink(uow.trx, registration.id, { deal_id: dealId, linked_at: uow.now });
  await uow.enqueue([{ kind: dealLinkedWork, key: dealId }]);
}
