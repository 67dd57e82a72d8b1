import type { RegistrationRow } from '../registration/registration.store.js';
import type { CrmLinkRow } from '../sync/crm-link.store.js';
import { countedOutcome, type DealState } from '../watch/deal-change.js';
import type { OwnDeal } from './judge-link.js';

/** What the guard has to do for a registration. */
export type Need =
  /** Its claim has ended, or it was won: no other deal can be meant. */
  | { readonly kind: 'over' }
  /** It is on its way into the CRM. */
  | { readonly kind: 'arriving' }
  /** Its lead waits for a seller. */
  | { readonly kind: 'lead-open' }
  /** Look at the deals around it. */
  | { readonly kind: 'look'; readonly own: OwnDeal; readonly leadDeleted: boolean };

export function needOf(
  registration: Pick<RegistrationRow, 'status' | 'holds_company' | 'outcome'>,
  link: CrmLinkRow | undefined,
  state: DealState | null,
): Need {
  if (link === undefined || !isGuarded(registration)) return { kind: 'over' };
  if (link.linked_at === null) return { kind: 'arriving' };
  if (link.deal_id === null) {
    if (link.lead_state === 'open') return { kind: 'lead-open' };
    const leadDeleted = link.lead_state === 'deleted';
    return { kind: 'look', own: leadDeleted ? 'gone' : 'none', leadDeleted };
  }
  return { kind: 'look', own: standing(state), leadDeleted: false };
}

/** Whether a registration can still earn by another deal than the one it has. */
export function isGuarded({
  status,
  holds_company: holds,
  outcome,
}: Pick<RegistrationRow, 'status' | 'holds_company' | 'outcome'>): boolean {
  return status === 'approved' && holds && outcome !== 'won';
}

/** A deal that was not read yet is there, as far as anybody knows. */
function standing(state: DealState | null): OwnDeal {
  if (state === null) return 'open';
  if (state.presence !== 'present') return 'gone';
  return countedOutcome(state) === 'lost' ? 'lost' : 'open';
}
