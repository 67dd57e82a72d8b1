import type { DealStamp } from '../../connectors/contract.js';
import { isEarlier } from '../registration/registration.js';
import type { RegistrationRow } from '../registration/registration.store.js';

export type LineStatus = 'pending' | 'payable' | 'paid' | 'on_hold';

/** The sum of one deal's lines of one status, as decimal text in `currency`. */
export interface DealTotal {
  readonly currency: string;
  readonly status: LineStatus;
  readonly amountMinor: bigint;
}

/** What the deal has cost so far, for the rep: the net amount, its currency, and the least advanced status it stands in. */
export interface DealCost {
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly status: string;
}

const leastAdvancedFirst: readonly LineStatus[] = ['on_hold', 'pending', 'payable', 'paid'];

/**
 * The cost of a deal in the currency most of it is in. A deal whose lines cancel out shows zero and `reversed`, so that the rep
 * sees that a commission was taken back.
 */
export function costOfDeal(totals: readonly DealTotal[]): DealCost | null {
  const currency = mainCurrency(totals);
  if (currency === null) return null;
  const own = totals.filter((total) => total.currency === currency);
  const amountMinor = own.reduce((sum, total) => sum + total.amountMinor, 0n);
  if (amountMinor === 0n) return { amountMinor, currency, status: 'reversed' };
  const status = leastAdvancedFirst.find((candidate) =>
    own.some((total) => total.status === candidate && total.amountMinor !== 0n),
  );
  return { amountMinor, currency, status: status ?? 'pending' };
}

function mainCurrency(totals: readonly DealTotal[]): string | null {
  const sizes = new Map<string, bigint>();
  for (const { currency, amountMinor } of totals) {
    sizes.set(currency, (sizes.get(currency) ?? 0n) + (amountMinor < 0n ? -amountMinor : amountMinor));
  }
  const [largest] = [...sizes].sort(([a, sizeA], [b, sizeB]) =>
    sizeA === sizeB ? (a < b ? -1 : 1) : sizeA > sizeB ? -1 : 1,
  );
  return largest?.[0] ?? null;
}

/**
 * Of several registrations on one record the one it shows: the one that is credited, or else the one that stands, of several that
 * of the earliest submission; or the last that stood.
 */
export function standing(
  registrations: readonly RegistrationRow[],
  credited: ReadonlySet<string>,
): RegistrationRow | undefined {
  const earliest = (rows: readonly RegistrationRow[]) => rows.toSorted((a, b) => (isEarlier(a, b) ? -1 : 1))[0];
  const [last] = registrations.toSorted((a, b) => Number(b.approved_at) - Number(a.approved_at));
  return (
    earliest(registrations.filter((one) => credited.has(one.id))) ??
    earliest(registrations.filter((one) => one.status === 'approved')) ??
    last
  );
}

/** Whether the CRM shows something else than it should. */
export function differs(shown: DealStamp | undefined, wanted: DealStamp): boolean {
  if (shown === undefined) return true;
  return stampFields.some((field) => shown[field] !== wanted[field]);
}

const stampFields = [
  'registrationId',
  'partner',
  'status',
  'protectedUntil',
  'commission',
  'commissionCurrency',
  'commissionStatus',
] as const satisfies readonly (keyof DealStamp)[];
