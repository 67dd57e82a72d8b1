import type { z } from 'zod';
import type { Actor } from '../platform/actor.js';
import { recordAudit } from '../audit/audit.store.js';
import { assertDefined } from '../platform/assert.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { companyDomain, companyKey, normaliseEmail } from './matching.js';
import { transition } from './registration.js';
import type { resubmitBody } from './registration.api.js';
import { AnotherProspect, RegistrationNotFound, TransitionRefused } from './registration-errors.js';
import { findContact, lockCompany, lockRegistration, updateContact, updateRegistration } from './registration.store.js';
import { findCrmMatchesWork } from './submit-registration.handler.js';

export type ResubmittedChanges = z.output<typeof resubmitBody>;

/**
 * A returned registration comes back with its answer. It keeps its first submission time, so answering a question never
 * costs a partner its place in the queue; so it must stay about the same company and product. The CRM is searched again for
 * what changed.
 * @throws RegistrationNotFound, TransitionRefused, AnotherProspect
 */
export async function resubmitRegistration(
  uow: UnitOfWork,
  id: string,
  changes: ResubmittedChanges,
  actor: Actor,
): Promise<void> {
  const registration = await lockRegistration(uow.trx, id);
  if (registration === undefined) throw new RegistrationNotFound(id);
  const possible = transition(registration.status, 'resubmit');
  if (possible.kind === 'refused')
    throw new TransitionRefused(id, registration.status, 'resubmit', possible.allowedFrom);

  const before = assertDefined(await findContact(uow.trx, id), 'a returned registration has its contact');
  const email = changes.contact === undefined ? before.email : normaliseEmail(changes.contact.email);
  const domain = companyDomain(changes.company?.domain ?? registration.company_domain, email);
  const key = companyKey(domain, email);
  const product = changes.deal?.product ?? registration.product;
  if (key !== registration.company_key || product !== registration.product) throw new AnotherProspect(id);
  await lockCompany(uow.trx, key);
  if (changes.contact !== undefined) {
    const { firstName, lastName, phone } = changes.contact;
    await updateContact(uow.trx, id, { first_name: firstName, last_name: lastName, email, phone: phone ?? null });
  }
  const { company, deal } = changes;
  await updateRegistration(
    uow.trx,
    id,
    {
      status: 'submitted',
      crm_check: 'pending',
      ...(company === undefined
        ? {}
        : { company_name: company.name, country: company.country ?? registration.country }),
      ...(deal === undefined
        ? {}
        : {
            deal_name: deal.name ?? registration.deal_name,
            amount: deal.amount ?? registration.amount,
            currency: deal.currency ?? registration.currency,
            expected_close_date: deal.expectedCloseDate ?? registration.expected_close_date,
          }),
      ...(changes.note === undefined ? {} : { note: changes.note }),
    },
    uow.now,
  );
  await recordAudit(uow, {
    actor,
    action: 'registration.resubmit',
    subject: { type: 'registration', id },
    details: { reason: changes.reason ?? null },
  });
  await uow.enqueue([{ kind: findCrmMatchesWork, key: id }]);
}
