import type { CrmDeal, DealOutcome } from '../../connectors/contract.js';
import { dayIn, type Day } from '../program/calendar.js';
import { wonMoment } from './won-moment.js';

/** Where the record is: in the CRM, in its bin, nowhere, or eaten by a merge. */
export type DealPresence = 'present' | 'archived' | 'missing' | 'merged';

/** What we know of a deal. Amounts are decimal text as the CRM gave them; `wonAt` is ISO 8601 UTC. */
export interface DealState {
  readonly name: string | null;
  readonly pipelineId: string | null;
  readonly stageId: string | null;
  readonly stageLabel: string | null;
  readonly outcome: DealOutcome;
  readonly presence: DealPresence;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly closeDate: string | null;
  readonly ownerId: string | null;
  readonly wonAt: string | null;
  readonly stampedRegistrationId: string | null;
  readonly stampedPartner: string | null;
  readonly fields: Readonly<Record<string, string | null>>;
}

export type DealProperty = keyof DealState;

export type Observation =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'changed'; readonly state: DealState; readonly changes: readonly DealProperty[] }
  | { readonly kind: 'history-needed' };

/** Compares what the CRM says now with what was known. `known` is null for a deal seen for the first time. */
export function observeDeal(known: DealState | null, deal: CrmDeal, observedAt: string): Observation {
  const won = wonMoment(known, deal, observedAt);
  if (won.kind === 'history-needed') return won;
  const observation = compared(known, {
    name: deal.name,
    pipelineId: deal.pipelineId,
    stageId: deal.stageId,
    stageLabel: deal.stageLabel,
    outcome: deal.outcome,
    presence: 'present',
    amount: deal.amount,
    currency: deal.currency,
    closeDate: deal.closeDate,
    ownerId: deal.ownerId,
    wonAt: won.kind === 'known' ? won.at : null,
    stampedRegistrationId: deal.registrationId,
    stampedPartner: deal.partner,
    fields: deal.fields,
  });
  // Whoever changed a won deal may have reopened it and won it again meanwhile: only its history tells.
  const mayBeWonAnew = known?.outcome === 'won' && deal.outcome === 'won' && deal.stageHistory === null;
  return observation.kind === 'changed' && mayBeWonAnew ? { kind: 'history-needed' } : observation;
}

/**
 * A deal that can no longer be read keeps its last values; only where it is changes. One that was deleted before it was ever read is
 * gone all the same; that the CRM does not find one it has just made, or tells only that it was eaten, says nothing yet.
 */
export function observeAbsence(known: DealState | null, presence: Exclude<DealPresence, 'present'>): Observation {
  if (known !== null) return compared(known, { ...known, presence });
  return presence === 'archived' ? compared(null, { ...neverRead, presence }) : { kind: 'unchanged' };
}

const neverRead: Omit<DealState, 'presence'> = {
  name: null,
  pipelineId: null,
  stageId: null,
  stageLabel: null,
  outcome: 'open',
  amount: null,
  currency: null,
  closeDate: null,
  ownerId: null,
  wonAt: null,
  stampedRegistrationId: null,
  stampedPartner: null,
  fields: {},
};

/** Whether a deal seen from afar (a sweep's page, without history) differs from what is known, so that reading it pays. */
export function looksChanged(known: DealState | null, deal: CrmDeal): boolean {
  return known === null || observeDeal(known, deal, '').kind !== 'unchanged';
}

/** How a deal counts for those below: one that can no longer be read is lost. */
export function countedOutcome(state: DealState): DealOutcome {
  return state.presence === 'present' ? state.outcome : 'lost';
}

/** The outcome with the day on which the deal was won, for the registrations that follow it. */
export function toldOutcome(
  state: DealState,
  timeZone: string,
): { readonly outcome: DealOutcome; readonly wonOn: Day | null } {
  return {
    outcome: countedOutcome(state),
    wonOn: state.wonAt === null ? null : dayIn(new Date(state.wonAt), timeZone),
  };
}

/**
 * Whether registrations and commissions can be touched by a change. Most changes of a CRM are not of that kind: a deal that was
 * open and still is has earned nothing and has nothing to take back, whatever else changed.
 */
export function concernsCrediting(known: DealState | null, state: DealState): boolean {
  return [known, state].some((one) => one !== null && countedOutcome(one) !== 'open');
}

function compared(known: DealState | null, state: DealState): Observation {
  const changes = dealProperties.filter((property) => known === null || !sameValue(known[property], state[property]));
  return changes.length === 0 ? { kind: 'unchanged' } : { kind: 'changed', state, changes };
}

const dealProperties: readonly DealProperty[] = [
  'name',
  'pipelineId',
  'stageId',
  'stageLabel',
  'outcome',
  'presence',
  'amount',
  'currency',
  'closeDate',
  'ownerId',
  'wonAt',
  'stampedRegistrationId',
  'stampedPartner',
  'fields',
];

type Value = DealState[DealProperty];

function sameValue(a: Value, b: Value): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && canonical(a) === canonical(b));
}

function canonical(fields: Readonly<Record<string, string | null>> | null): string {
  return JSON.stringify(Object.entries(fields ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}
