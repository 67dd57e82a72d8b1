import type { Actor } from '../platform/actor.js';
import { recordAudit } from '../audit/audit.store.js';
import { newId } from '../platform/ids.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import type { FormField } from '../program/form-field.api.js';
import { loadAskedFields } from '../program/asked-fields.handler.js';
import { loadProgram } from '../program/program.store.js';
import {
  conflictsWithClaims,
  conflictsWithNamesakes,
  erasedBefore,
  selfReferral,
  type FoundConflict,
} from './conflict.js';
import { answersOf, judgeValues, withKeptChoices, type FormValue } from './form-values.js';
import type { FormLanguage } from './form-words.js';
import { companyDomain, normaliseEmail } from './matching.js';
import { availability, type Availability, type RegistrationStatus } from './registration.js';
import type { SubmitRegistrationBody } from './registration.api.js';
import { FieldsUnfit, ProbingLimited } from './registration-errors.js';
import { lockedKeys, type ErasureOf, type Keys } from './prospect-keys.handler.js';
import { claimsOnName, claimsOnProspect } from './prospect.store.js';
import {
  addConflicts,
  countUnavailableAnswers,
  insertRegistration,
  type RegistrationRow,
} from './registration.store.js';
import { contentHash, type ReceiptContent, type ReceiptStatement, type SignedReceipt } from './receipt.js';

/** Kind of the work that looks for the prospect in the CRM; done by the sync stage. */
export const findCrmMatchesWork = 'find-crm-matches';

export interface Introducer {
  readonly id: string;
  readonly email: string;
}

export type Submission = Omit<SubmitRegistrationBody, 'partnerId' | 'attestation'>;

export interface SubmittedBy {
  readonly partner: Introducer;
  readonly actor: Actor;
  readonly source: 'api' | 'form';
  /** From the form page; absent for the API, which has its Idempotency-Key. */
  readonly submissionToken?: string | undefined;
  /** Who sent the form, where an address was given. */
  readonly submitter?: string | null | undefined;
  /** In which the form was filled in. */
  readonly language?: FormLanguage | undefined;
}

export interface SubmittedRegistration {
  readonly id: string;
  readonly status: RegistrationStatus;
  readonly availability: Availability;
  readonly receipt: SignedReceipt;
  readonly conflicts: readonly FoundConflict[];
}

export interface SubmitDependencies {
  /** Throws where the program asks for an agreement that this partner has not accepted. */
  readonly refuseWithoutAgreement: (uow: UnitOfWork, partnerId: string) => Promise<void>;
  /** The erasure of a contact with this address. */
  readonly erasureOf: ErasureOf;
  /** Mails the receipt to whom it concerns. */
  readonly mailReceipt: (uow: UnitOfWork, registered: Registered) => Promise<void>;
  readonly sign: (statement: ReceiptStatement) => SignedReceipt;
}

/** What the mail with the receipt is made of. */
export interface Registered {
  readonly partnerId: string;
  readonly companyName: string;
  readonly receipt: SignedReceipt;
  readonly submitter: string | null;
  /** The submitter's. */
  readonly language: FormLanguage;
}

export type SubmitRegistration = (
  uow: UnitOfWork,
  submission: Submission,
  from: SubmittedBy,
) => Promise<SubmittedRegistration>;

/** Answers within this time that say "not free" before a partner is slowed down, and the time they are counted over. */
const unavailableAnswersAllowed = 50;
const probingWindowMs = 24 * 60 * 60 * 1000;

/**
 * Takes a partner's claim: decides what the partner may learn of others' claims, signs the receipt that settles who was
 * first, and leaves the CRM check to be done. Everything in the caller's transaction.
 * @throws ProbingLimited when the partner was told "not free" too often in a day; FieldsUnfit
 */
export function createSubmitRegistration(deps: SubmitDependencies): SubmitRegistration {
  return async (uow, submission, from) => {
    const { partner, actor, source } = from;
    // The vendor's own people may waive what the vendor asks for.
    if (actor.kind === 'partner') await deps.refuseWithoutAgreement(uow, partner.id);
    const email = normaliseEmail(submission.contact.email);
    const domain = companyDomain(submission.company.domain ?? null, email);
    const { keys, erasure } = await lockedKeys(uow, deps, { submission, domain, email });
    await refuseProbing(uow, partner.id);

    const claims = await claimsOnProspect(uow.trx, keys);
    const namesakes = await claimsOnName(uow.trx, keys.name_key, submission.company.country ?? null);
    const matched = new Set(claims.map((claim) => claim.id));
    const conflicts = [
      ...conflictsWithClaims(claims, keys),
      ...conflictsWithNamesakes(namesakes.filter((claim) => !matched.has(claim.id))),
      ...selfReferral(partner, domain, email),
      ...(erasure === null ? [] : [erasedBefore(erasure)]),
    ];
    const { settings } = await loadProgram(uow.trx);
    const values = requireFit(await loadAskedFields(uow.trx, settings), submission.fields ?? {});
    const content = contentOf(submission, { email, values, attestation: settings.attestation });
    const id = newId('reg');
    const answer = availability(rivalsOf(claims, partner.id, keys.product_key).map(holding));
    const receipt = deps.sign({
      registrationId: id,
      partnerId: partner.id,
      submittedAt: uow.now.toISOString(),
      contentHash: contentHash(content),
      result: answer,
    });
    await store(uow, {
      id,
      from,
      domain,
      keys,
      content,
      values,
      receipt,
      conflicts,
    });
    await recordAudit(uow, {
      actor,
      action: 'registration.submitted',
      subject: { type: 'registration', id },
      details: { source },
    });
    await uow.enqueue([{ kind: findCrmMatchesWork, key: id }]);
    const companyName = submission.company.name;
    const { submitter = null, language = 'en' } = from;
    await deps.mailReceipt(uow, { partnerId: partner.id, companyName, receipt, submitter, language });
    return { id, status: 'submitted', availability: answer, receipt, conflicts };
  };
}

/** @param kept answers from before. @throws FieldsUnfit */
export function requireFit(
  fields: readonly FormField[],
  given: NonNullable<Submission['fields']>,
  kept: readonly FormValue[] = [],
): readonly FormValue[] {
  const judged = judgeValues(withKeptChoices(fields, kept), given);
  if (judged.kind === 'unfit') throw new FieldsUnfit(judged.faults);
  return judged.values;
}

/**
 * Claims of others on the same product. A partner's own are a matter for the reviewer, not an answer about others; and a claim
 * whose protection ended while its deal was won or lost stands in nobody's way.
 */
function rivalsOf(
  claims: readonly RegistrationRow[],
  partnerId: string,
  productKey: string,
): readonly RegistrationRow[] {
  return claims
    .filter((claim) => claim.product_key === productKey && claim.partner_id !== partnerId)
    .filter((claim) => claim.status !== 'approved' || claim.holds_company);
}

function holding(claim: { readonly holds_company: boolean }): { readonly holdsCompany: boolean } {
  return { holdsCompany: claim.holds_company };
}

async function refuseProbing(uow: UnitOfWork, partnerId: string): Promise<void> {
  const since = new Date(uow.now.getTime() - probingWindowMs);
  const answers = await countUnavailableAnswers(uow.trx, partnerId, since);
  if (answers >= unavailableAnswersAllowed) throw new ProbingLimited(partnerId, unavailableAnswersAllowed);
}

/** The submission with absent values spelt out: what the receipt's hash covers and what is stored. */
function contentOf(
  submission: Submission,
  {
    email,
    values,
    attestation,
  }: Pick<ReceiptContent, 'attestation'> & { readonly email: string; readonly values: readonly FormValue[] },
): ReceiptContent {
  const { company, contact, deal } = submission;
  return {
    company: { name: company.name, domain: company.domain ?? null, country: company.country ?? null },
    contact: { firstName: contact.firstName, lastName: contact.lastName, email, phone: contact.phone ?? null },
    deal: {
      name: deal.name ?? null,
      amount: deal.amount ?? null,
      currency: deal.currency ?? null,
      expectedCloseDate: deal.expectedCloseDate ?? null,
      product: deal.product ?? null,
    },
    note: submission.note ?? null,
    attestation,
    ...(values.length === 0 ? {} : { fields: answersOf(values) }),
  };
}

interface ToStore {
  readonly id: string;
  readonly from: SubmittedBy;
  /** What the company is recognised by: never a free-mail domain. */
  readonly domain: string | null;
  readonly keys: Keys;
  readonly content: ReceiptContent;
  readonly values: readonly FormValue[];
  readonly receipt: SignedReceipt;
  readonly conflicts: readonly FoundConflict[];
}

async function store(uow: UnitOfWork, claim: ToStore): Promise<void> {
  const { content, receipt } = claim;
  await insertRegistration(
    uow.trx,
    {
      id: claim.id,
      partner_id: claim.from.partner.id,
      status: 'submitted',
      source: claim.from.source,
      submission_token: claim.from.submissionToken ?? null,
      company_name: content.company.name,
      company_domain: claim.domain,
      ...claim.keys,
      country: content.company.country,
      product: content.deal.product ?? '',
      deal_name: content.deal.name,
      amount: content.deal.amount,
      currency: content.deal.currency,
      expected_close_date: content.deal.expectedCloseDate,
      note: content.note,
      form_values: JSON.stringify(claim.values),
      availability: receipt.result,
      content_hash: receipt.contentHash,
      receipt: JSON.stringify(receipt),
      submitted_at: uow.now,
      attestation: content.attestation,
      attested_at: uow.now,
      crm_check: 'pending',
      holds_company: false,
      outcome: 'open',
      updated_at: uow.now,
    },
    {
      registration_id: claim.id,
      first_name: content.contact.firstName,
      last_name: content.contact.lastName,
      email: content.contact.email,
      phone: content.contact.phone,
      submitter_email: claim.from.submitter ?? null,
    },
  );
  await addConflicts(
    uow.trx,
    claim.conflicts.map((conflict) => conflictRow(claim.id, conflict, uow.now)),
  );
}

/** A conflict as it is stored beside its registration. */
export function conflictRow(registrationId: string, conflict: FoundConflict, foundAt: Date) {
  return {
    registration_id: registrationId,
    source: conflict.source,
    code: conflict.code,
    object_type: conflict.objectType,
    reference: conflict.reference,
    deal_id: conflict.dealId,
    label: conflict.label,
    matched_by: conflict.matchedBy,
    found_at: foundAt,
  };
}
