import type { CrmKind } from '../../connectors/contract.js';
import type { Day } from '../program/calendar.js';
import { conflictView } from '../registration/conflict.js';
import type { FormValue } from '../registration/form-values.js';
import { shownStatus } from '../registration/registration.js';
import type { ContactRow, RegistrationRow } from '../registration/registration.store.js';
import { reviewView, type Reviewed } from '../review/review-view.js';
import type { CrmLinkRow, DealRow } from '../sync/crm-link.store.js';
import type { KnownDeal } from '../watch/deal-state.store.js';

/** Everything the stages know of one registration. */
export interface RegistrationFile extends Reviewed {
  readonly registration: RegistrationRow;
  readonly decideBy: Day | null;
  readonly contact: ContactRow | undefined;
  readonly link: CrmLinkRow | undefined;
  readonly deal: DealRow | undefined;
  readonly known: KnownDeal | undefined;
  /** Why the CRM does not have it yet, when that needs a person. */
  readonly problem: { readonly id: string; readonly title: string; readonly detail: string } | undefined;
}

export type SyncState = 'not-wanted' | 'pending' | 'linked' | 'failed';

/** What a partner may see: its own words, the reviewer's public ones, and how the deal goes. */
export function partnerView(file: RegistrationFile) {
  const { registration, contact, known } = file;
  return {
    id: registration.id,
    partnerId: registration.partner_id,
    status: shownStatus(registration.status, registration.outcome),
    availability: registration.availability,
    company: { name: registration.company_name, domain: registration.company_domain, country: registration.country },
    contact:
      contact === undefined
        ? null
        : {
            firstName: contact.first_name,
            lastName: contact.last_name,
            email: contact.email,
            phone: contact.phone,
          },
    deal: {
      name: registration.deal_name,
      amount: registration.amount,
      currency: registration.currency,
      expectedCloseDate: registration.expected_close_date,
      product: registration.product === '' ? null : registration.product,
    },
    note: registration.note,
    fields: registration.form_values.map(formValueView),
    attestation: attestationOf(registration),
    submittedAt: registration.submitted_at.toISOString(),
    decideBy: file.decideBy,
    approvedAt: registration.approved_at?.toISOString() ?? null,
    protectedUntil: registration.protected_until,
    reason: registration.decision_reason,
    question: registration.question,
    answer: registration.answer,
    receipt: registration.receipt,
    dealId: file.link?.deal_id ?? null,
    ...progress(registration.status === 'approved' ? known : undefined),
  };
}

/** What was confirmed, in the words that were shown; null of registrations from before these were kept. */
function attestationOf({ attestation, attested_at: at }: RegistrationRow) {
  return attestation === null || at === null ? null : { wording: attestation, at: at.toISOString() };
}

/** How the deal goes. A registration that ended has no part in it any more: its deal may be another partner's now. */
function progress(known: KnownDeal | undefined) {
  return {
    outcome: outcomeOf(known),
    stage: known?.state.stageLabel ?? known?.state.stageId ?? null,
    wonAt: known?.state.wonAt ?? null,
  };
}

/** What an operator sees on top: the evidence, the codes and the records in the CRM. */
export function operatorView(file: RegistrationFile) {
  const { registration, link, deal, known } = file;
  return {
    ...partnerView(file),
    ...progress(known),
    source: registration.source,
    code: registration.decision_code,
    crmCheck: registration.crm_check,
    conflicts: file.conflicts.map(conflictView),
    review: reviewView(registration, file),
    extensionRequestedAt: registration.extension_requested_at?.toISOString() ?? null,
    crm: {
      state: syncState(file),
      crm: deal?.crm ?? null,
      contactId: link?.crm_contact_id ?? null,
      companyId: link?.crm_company_id ?? null,
      leadId: link?.crm_lead_id ?? null,
      crmDealId: deal?.crm_deal_id ?? null,
      linkedAt: link?.linked_at?.toISOString() ?? null,
      presence: known?.state.presence ?? null,
      amount: known?.state.amount ?? null,
      currency: known?.state.currency ?? null,
      problem: file.problem === undefined ? null : problemView(file.problem),
    } satisfies { readonly state: SyncState; readonly crm: CrmKind | null; readonly [other: string]: unknown },
  };
}

function problemView({ id, title, detail }: { readonly id: string; readonly title: string; readonly detail: string }) {
  return { id, title, detail };
}

function syncState(file: RegistrationFile): SyncState {
  if (file.link?.linked_at != null) return 'linked';
  if (file.problem !== undefined) return 'failed';
  return file.registration.status === 'approved' ? 'pending' : 'not-wanted';
}

function outcomeOf(known: KnownDeal | undefined): 'open' | 'won' | 'lost' | 'gone' | null {
  if (known === undefined) return null;
  return known.state.presence === 'present' ? known.state.outcome : 'gone';
}

function formValueView({ name, label, type, value, text }: FormValue) {
  return { name, label, type, value: typeof value === 'string' || 'amount' in value ? value : [...value], text };
}
