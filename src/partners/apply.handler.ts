import { recordAudit } from '../audit/audit.store.js';
import { newId } from '../platform/ids.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { loadProgram } from '../program/program.store.js';
import { isOwnDomain } from './application.js';
import type { NewApplication } from './application.api.js';
import { ApplicationsClosed, ApplicationsLimited } from './application-errors.js';
import {
  applicationsOf,
  countApplicationsSince,
  insertApplication,
  insertRepeat,
  lockApplications,
} from './application.store.js';

const limitedOverMs = 3_600_000;
/** Over all addresses, as a robot has many; it keeps the tables small and the people's list readable. */
const mostPerHour = 100;

/** How registrations tell companies apart tells applicants apart, too. */
export interface CompanyKeys {
  /** The domain the company is recognised by; null when only free-mail is known of it. */
  readonly companyDomain: (website: string | null, email: string) => string | null;
  /** What two must share to be the same company. */
  readonly companyKey: (domain: string | null, email: string) => string;
}

/**
 * Takes an application. While one of the same company or address waits, another is kept beside it and makes no second one. The
 * answer is the same in every case, so that nobody learns who applied or is a partner.
 * @throws ApplicationsClosed, ApplicationsLimited
 */
export async function apply(uow: UnitOfWork, keys: CompanyKeys, request: NewApplication): Promise<void> {
  const { settings } = await loadProgram(uow.trx);
  if (settings.applications === 'closed') throw new ApplicationsClosed();
  await lockApplications(uow.trx);
  const since = new Date(uow.now.getTime() - limitedOverMs);
  if ((await countApplicationsSince(uow.trx, since)) >= mostPerHour) throw new ApplicationsLimited();
  const { company, contact, type } = request;
  const message = request.message === undefined || request.message === '' ? null : request.message;
  const applicant = { company_key: keyOf(keys, request), contact_email: contact.email };
  const waiting = (await applicationsOf(uow.trx, applicant)).find(({ status }) => status === 'open');
  const sent = { company_name: company.name, contact_name: contact.name, contact_email: contact.email, message };
  if (waiting === undefined) {
    const id = newId('app');
    await insertApplication(uow.trx, {
      ...{ id, ...sent, ...applicant, type, website: company.website, country: company.country },
      ...{ status: 'open', submitted_at: uow.now },
      ...{ partner_id: null, reason: null, decided_at: null, decided_by: null },
    });
    await recordAudit(uow, {
      actor: { kind: 'system' },
      action: 'application.submit',
      subject: { type: 'application', id },
      details: { type },
    });
    return;
  }
  await insertRepeat(uow.trx, { id: newId('rpt'), application_id: waiting.id, ...sent, at: uow.now });
}

function keyOf({ companyDomain, companyKey }: CompanyKeys, { company, contact }: NewApplication): string {
  const typed = companyDomain(company.website, contact.email);
  const own = typed !== null && isOwnDomain(typed) ? typed : companyDomain(null, contact.email);
  return companyKey(own, contact.email);
}
