import type { z } from 'zod';
import type { Actor } from '../platform/actor.js';
import { recordAudit } from '../audit/audit.store.js';
import { assertDefined } from '../platform/assert.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { loadAskedFields } from '../program/asked-fields.handler.js';
import { loadProgram } from '../program/program.store.js';
import { conflictsWithClaims } from './conflict.js';
import { answersOf } from './form-values.js';
import { companyDomain, companyKey, contactKey, nameKey, normaliseEmail } from './matching.js';
import { transition } from './registration.js';
import type { resubmitBody } from './registration.api.js';
import { AnotherProspect, RegistrationNotFound, TransitionRefused } from './registration-errors.js';
import { claimsOnProspect, lockProspect } from './prospect.store.js';
import {
  addConflicts,
  findContact,
  findRegistration,
  lockRegistration,
  updateContact,
  updateRegistration,
  type RegistrationPatch,
  type RegistrationRow,
} from './registration.store.js';
import { conflictRow, findCrmMatchesWork, requireFit } from './submit-registration.handler.js';

export type ResubmittedChanges = z.output<typeof resubmitBody>;

/**
 * A returned registration comes back with its answer. It keeps its first submission time, so answering a question never
 * costs a partner its place in the queue; so it must stay about the same company and product. The CRM is searched again for
 * what changed.
 * @throws RegistrationNotFound, TransitionRefused, AnotherProspect, FieldsUnfit
 */
export async function resubmitRegistration(
  uow: UnitOfWork,
  id: string,
  changes: ResubmittedChanges,
  actor: Actor,
): Promise<void> {
  const found = await findRegistration(uow.trx, id);
  if (found === undefined) throw new RegistrationNotFound(id);
  await lockProspect(uow.trx, found);
  const registration = await lockRegistration(uow.trx, id);
  if (registration === undefined) throw new RegistrationNotFound(id);
  const possible = transition(registration.status, 'resubmit');
  if (possible.kind === 'refused') {
    const { allowedFrom } = possible;
    throw new TransitionRefused(id, registration.status, { action: 'resubmit', allowedFrom, last: null });
  }

  const before = assertDefined(await findContact(uow.trx, id), 'a returned registration has its contact');
  const email = changes.contact === undefined ? before.email : normaliseEmail(changes.contact.email);
  const domain = companyDomain(changes.company?.domain ?? registration.company_domain, email);
  const key = companyKey(domain, email);
  const product = nameKey(changes.deal?.product ?? registration.product);
  if (key !== registration.company_key || product !== registration.product_key) throw new AnotherProspect(id);
  const contact = contactKey(email);
  await lockProspect(uow.trx, { company_key: key, contact_key: contact });
  if (changes.contact !== undefined) {
    const { firstName, lastName, phone } = changes.contact;
    await updateContact(uow.trx, id, { first_name: firstName, last_name: lastName, email, phone: phone ?? null });
  }
  await updateRegistration(
    uow.trx,
    id,
    {
      status: 'submitted',
      crm_check: 'pending',
      contact_key: contact,
      answer: changes.reason ?? null,
      ...rewritten(registration, changes),
      ...(await answeredAnew(uow, registration, changes)),
    },
    uow.now,
  );
  await addClaimsFound(uow, { ...registration, contact_key: contact });
  await recordAudit(uow, {
    actor,
    action: 'registration.resubmit',
    subject: { type: 'registration', id },
    details: { reason: changes.reason ?? null, changed: changedParts(changes) },
  });
  await uow.enqueue([{ kind: findCrmMatchesWork, key: id }]);
}

function rewritten(registration: RegistrationRow, { company, deal, note }: ResubmittedChanges): RegistrationPatch {
  return {
    ...(company === undefined
      ? {}
      : {
          company_name: company.name,
          name_key: nameKey(company.name),
          country: company.country ?? registration.country,
        }),
    ...(deal === undefined
      ? {}
      : {
          deal_name: deal.name ?? registration.deal_name,
          amount: deal.amount ?? registration.amount,
          currency: deal.currency ?? registration.currency,
          expected_close_date: deal.expectedCloseDate ?? registration.expected_close_date,
        }),
    ...(note === undefined ? {} : { note }),
  };
}

/** Answers that are not given anew stay, also those to questions that are asked no more. */
async function answeredAnew(
  uow: UnitOfWork,
  { form_values: before }: RegistrationRow,
  { fields: given }: ResubmittedChanges,
): Promise<RegistrationPatch> {
  if (given === undefined) return {};
  const formFields = await loadAskedFields(uow.trx, (await loadProgram(uow.trx)).settings);
  const asked = new Set(formFields.map(({ name }) => name));
  const kept = before.filter(({ name }) => asked.has(name));
  const values = requireFit(formFields, { ...answersOf(kept), ...given }, kept);
  return { form_values: [...values, ...before.filter(({ name }) => !asked.has(name))] };
}

/** Another contact may be known from another claim. */
async function addClaimsFound(uow: UnitOfWork, registration: RegistrationRow): Promise<void> {
  const claims = await claimsOnProspect(uow.trx, registration);
  const others = claims.filter((claim) => claim.id !== registration.id);
  const found = conflictsWithClaims(others, registration);
  await addConflicts(
    uow.trx,
    found.map((conflict) => conflictRow(registration.id, conflict, uow.now)),
  );
}

/** Which parts came back changed: names only, since the audit outlives the erasure of a contact. */
function changedParts(changes: ResubmittedChanges): readonly string[] {
  const parts = ['company', 'contact', 'deal', 'note', 'fields'] as const;
  return parts.filter((part) => changes[part] !== undefined);
}
