import { countedOutcome, type DealState } from './deal-change.js';

/** What nobody should have to change once a deal is won. */
export const watchedFields = ['amount', 'closeDate', 'registrationId', 'partner'] as const;
export type WatchedField = (typeof watchedFields)[number];

/** `open`: a person decides. `restored`: the value before goes on counting. `undone`: whoever changed it set it right again. */
export const changeStatuses = ['open', 'accepted', 'restored', 'undone'] as const;
export type ChangeStatus = (typeof changeStatuses)[number];

/** What follows a change, as the program says for each field. */
export type ChangePolicy = 'accept' | 'hold' | 'restore';

/** One field that has another value than the one it had when the deal stood won. */
export interface ValueChange {
  readonly field: WatchedField;
  readonly before: string | null;
  readonly after: string | null;
}

/** What we write on a deal: of all its registrations, the one it shows may change. */
export interface OwnStamps {
  readonly registrationIds: readonly string[];
  readonly partners: readonly string[];
}

/**
 * What was changed about a deal that was won and still is. That it carries the id of a registration it belongs to, or names that
 * one's partner, is no change: we write that ourselves.
 */
export function changesAfterWin(known: DealState | null, state: DealState, own: OwnStamps): readonly ValueChange[] {
  if (known === null || countedOutcome(known) !== 'won' || countedOutcome(state) !== 'won') return [];
  // Reopened and won anew between two looks: that is another win.
  if (known.wonAt !== state.wonAt) return [];
  return watchedFields.flatMap((field): readonly ValueChange[] => {
    const [before, after] = [valueOf(known, field), valueOf(state, field)];
    if (before === after) return [];
    if (!isOurs(field)) return [{ field, before, after }];
    const ours = field === 'partner' ? own.partners : own.registrationIds;
    if (after !== null && ours.includes(after)) return [];
    // What a deal named before it was ever read so is not known: the partner may have been called otherwise then.
    if (field === 'partner' && before === null) return [];
    // What we wrote may not have been read yet.
    return [{ field, before: before ?? ours[0] ?? null, after }];
  });
}

/** A field that we write: nothing is credited by it, and ours can be written back. */
export function isOurs(field: WatchedField): field is 'registrationId' | 'partner' {
  return field === 'registrationId' || field === 'partner';
}

function valueOf(state: DealState, field: WatchedField): string | null {
  switch (field) {
    case 'registrationId':
      return state.stampedRegistrationId;
    case 'partner':
      return state.stampedPartner;
    case 'closeDate':
      return state.closeDate;
    case 'amount':
      return amountText(state);
  }
}

/** An amount is what it is in its currency: `1000.00 EUR`. */
function amountText({ amount, currency }: DealState): string | null {
  return amount === null || currency === null ? amount : `${amount} ${currency}`;
}

/** An amount that goes on counting, taken apart again. */
export function readAmountText(text: string | null): { readonly amount: string | null; readonly currency?: string } {
  const [amount = null, currency] = text?.split(' ') ?? [];
  return currency === undefined ? { amount } : { amount, currency };
}

/** Restored so often within a day, something in the CRM takes it off again each time, and a person has to look. */
const mostRestores = 3;

/** What becomes of a change by the program's policy. */
export function statusByPolicy(policy: ChangePolicy, restoredWithinDay: number): ChangeStatus {
  if (policy === 'accept') return 'accepted';
  return policy === 'restore' && restoredWithinDay < mostRestores ? 'restored' : 'open';
}
