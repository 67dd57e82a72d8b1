import type { RejectionCode } from '../registration/registration.js';

/** What a recommendation looks at of something that was found. */
export interface Finding {
  readonly code: string;
  readonly matchedBy: string;
}

/**
 * What the evidence speaks for. `wait`: the CRM was not searched yet; `look`: only a person can tell; `attach`: to the one open
 * deal that is there. `because` are the findings it rests on: none where nothing speaks against it.
 */
export interface Recommendation<F extends Finding> {
  readonly action: 'wait' | 'approve' | 'queue' | 'attach' | 'reject' | 'look';
  readonly code: RejectionCode | null;
  readonly because: readonly F[];
}

/**
 * A recommendation, by the strongest evidence: a partner that introduces itself, a customer, somebody who was first, an open deal.
 * A record found by the company's name alone may be another company's and decides nothing.
 */
export function recommend<F extends Finding>(evidence: {
  readonly crmCheck: 'pending' | 'done';
  readonly conflicts: readonly F[];
}): Recommendation<F> {
  const certain = evidence.conflicts.filter(({ matchedBy }) => matchedBy !== 'name');
  const of = (code: RejectionCode): readonly F[] => certain.filter((finding) => finding.code === code);
  const [own, customers, claims, deals] = [
    of('self_referral'),
    of('existing_customer'),
    of('already_registered'),
    of('open_opportunity'),
  ];
  if (own.length > 0) return { action: 'reject', code: 'self_referral', because: own };
  if (evidence.crmCheck === 'pending') return { action: 'wait', code: null, because: [] };
  if (customers.length > 0) return { action: 'reject', code: 'existing_customer', because: customers };
  if (claims.length > 0) return { action: 'queue', code: null, because: claims };
  if (deals.length > 1) return { action: 'look', code: null, because: deals };
  if (deals.length === 1) return { action: 'attach', code: null, because: deals };
  const sameNames = evidence.conflicts.filter(({ matchedBy, code }) => matchedBy === 'name' && code !== 'duplicate');
  if (sameNames.length > 0) return { action: 'look', code: null, because: sameNames };
  return { action: 'approve', code: null, because: [] };
}
