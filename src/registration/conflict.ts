import type { CrmMatch } from '../../connectors/contract.js';
import { emailDomain, isPersonalDomain, normaliseEmail } from './matching.js';
import type { RejectionCode } from './registration.js';
import type { ConflictRow } from './registration.store.js';

/** Something an operator should look at before deciding. Partners never see it. */
export interface FoundConflict {
  readonly source: 'registration' | 'crm' | 'partner' | 'erasure';
  readonly code: RejectionCode;
  readonly objectType: string;
  /** Id of the other registration, of the CRM record, or of the partner. */
  readonly reference: string;
  /** Our id of the CRM deal, where the conflict is one: approval may attach to it. */
  readonly dealId: string | null;
  readonly label: string;
  readonly matchedBy: string;
}

interface Claim {
  readonly id: string;
  readonly company_name: string;
  readonly company_key: string;
  readonly product_key: string;
  readonly status: string;
}

/** Claims of partners on the same company or contact: on the same product somebody was first, on another one it is a hint. */
export function conflictsWithClaims(
  claims: readonly Claim[],
  own: { readonly company_key: string; readonly product_key: string },
): readonly FoundConflict[] {
  return claims.map((claim) => ({
    ...conflictWith(claim),
    code: claim.product_key === own.product_key ? 'already_registered' : 'duplicate',
    matchedBy: claim.company_key === own.company_key ? 'company' : 'email',
  }));
}

/** Claims on a company of the same name: for the reviewer only, since two companies may share a name. */
export function conflictsWithNamesakes(claims: readonly Claim[]): readonly FoundConflict[] {
  return claims.map((claim) => ({ ...conflictWith(claim), code: 'duplicate', matchedBy: 'name' }));
}

function conflictWith(claim: Claim) {
  return {
    source: 'registration' as const,
    objectType: 'registration',
    reference: claim.id,
    dealId: null,
    label: claim.company_name,
  };
}

/** Who asked to be forgotten is named again: for the reviewer to know, and nothing more is known of it. */
export function erasedBefore(erasure: ErasedContact): FoundConflict {
  return {
    source: 'erasure',
    code: 'other',
    objectType: 'erasure',
    reference: erasure.id,
    dealId: null,
    label: `This contact was erased on ${erasure.on} at request`,
    matchedBy: 'email',
  };
}

export interface ErasedContact {
  readonly id: string;
  readonly on: string;
  /** What stands for the address since. */
  readonly contactKey: string;
}

/** A partner that introduces itself: the same address, or the same company domain (facts/program.md section 9). */
export function selfReferral(
  partner: { readonly id: string; readonly email: string },
  prospectDomain: string | null,
  prospectEmail: string,
): readonly FoundConflict[] {
  const partnerDomain = emailDomain(partner.email);
  const sameAddress = normaliseEmail(partner.email) === prospectEmail;
  const sameDomain = partnerDomain !== null && partnerDomain === prospectDomain && !isPersonalDomain(partnerDomain);
  if (!sameAddress && !sameDomain) return [];
  return [
    {
      source: 'partner',
      code: 'self_referral',
      objectType: 'partner',
      reference: partner.id,
      dealId: null,
      label: 'The contact belongs to the partner itself',
      matchedBy: sameAddress ? 'email' : 'domain',
    },
  ];
}

/**
 * What the CRM already holds about the prospect. An open deal means sales is engaged; a won one means the company is a
 * customer; a bare contact or company is only a hint. `dealIds` maps CRM deal ids to ours.
 */
export function conflictsInCrm(
  matches: readonly CrmMatch[],
  dealIds: ReadonlyMap<string, string>,
): readonly FoundConflict[] {
  return matches
    .filter((match) => match.deal?.outcome !== 'lost')
    .map((match) => ({
      source: 'crm',
      code: codeOf(match),
      objectType: match.objectType,
      reference: match.crmId,
      dealId: match.objectType === 'deal' ? (dealIds.get(match.crmId) ?? null) : null,
      label: match.label,
      matchedBy: match.matchedBy,
    }));
}

function codeOf(match: CrmMatch): RejectionCode {
  if (match.deal?.outcome === 'won') return 'existing_customer';
  return match.deal === null ? 'duplicate' : 'open_opportunity';
}

/** A finding as operators are shown it. */
export function conflictView(conflict: ConflictRow) {
  return {
    source: conflict.source,
    code: conflict.code,
    objectType: conflict.object_type,
    reference: conflict.reference,
    dealId: conflict.deal_id,
    label: conflict.label,
    matchedBy: conflict.matched_by,
  };
}
