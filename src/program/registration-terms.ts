import { isCurrency } from '../money/currency.js';
import { parseDecimal, compareRatios } from '../money/ratio.js';

/** Whom a setting is for: each field that is named lists the values that fit, however they are spelt. */
export interface RegistrationTerms {
  readonly partnerTypes?: readonly string[] | undefined;
  readonly partnerTiers?: readonly string[] | undefined;
  readonly countries?: readonly string[] | undefined;
  readonly products?: readonly string[] | undefined;
  readonly currencies?: readonly string[] | undefined;
}

/** What a setting may look at of a registration. `null`: not known, which nothing that names the field fits. */
export interface RegistrationTraits {
  readonly partnerType: string | null;
  readonly partnerTier: string | null;
  readonly country: string | null;
  readonly product: string | null;
  readonly currency: string | null;
}

export function fitsTerms(terms: RegistrationTerms, traits: RegistrationTraits): boolean {
  return (
    isOneOf(terms.partnerTypes, traits.partnerType) &&
    isOneOf(terms.partnerTiers, traits.partnerTier) &&
    isOneOf(terms.countries, traits.country) &&
    isOneOf(terms.products, traits.product) &&
    isOneOf(terms.currencies, traits.currency)
  );
}

function isOneOf(listed: readonly string[] | undefined, value: string | null): boolean {
  if (listed === undefined) return true;
  return value !== null && listed.some((one) => spelling(one) === spelling(value));
}

function spelling(text: string): string {
  return text.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();
}

/** An amount with its currency, as settings and registrations hold it. */
interface StatedAmount {
  readonly amount: string | null;
  readonly currency: string | null;
}

/** Negative when the amount is below the limit, positive above it; null where the two cannot be compared. */
export function compareAmounts(
  stated: StatedAmount,
  limit: { readonly amount: string; readonly currency: string },
): number | null {
  if (stated.amount === null || stated.currency !== limit.currency || !isCurrency(limit.currency)) return null;
  const [one, other] = [parseDecimal(stated.amount), parseDecimal(limit.amount)];
  return one === null || other === null ? null : compareRatios(one, other);
}
