import type { Currency } from '../money/currency.js';
import type { Ratio } from '../money/ratio.js';

export const subjects = [
  'partner.id',
  'partner.type',
  'partner.tier',
  'partner.tags',
  'registration.product',
  'customer.name',
  'customer.domain',
  'customer.country',
  'deal.amount',
  'deal.currency',
  'deal.pipeline',
  'deal.kind',
  'deal.products',
  'payment.amount',
  'payment.number',
] as const;

/** What a condition looks at: one of {@link subjects}, `field.NAME` for a CRM field or `metric.NAME` for a partner's metric. */
export type Subject =
  | { readonly kind: 'known'; readonly name: (typeof subjects)[number] }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'metric'; readonly name: string };

export const comparisons = ['atLeast', 'above', 'atMost', 'below'] as const;
export type Comparison = (typeof comparisons)[number];

/** What is asked of it. */
export type Test =
  | { readonly kind: 'one-of'; readonly values: readonly string[] }
  /** A number; with a currency, an amount that is exchanged to it first. */
  | { readonly kind: Comparison; readonly value: Ratio; readonly currency: Currency | null }
  | { readonly kind: 'exists'; readonly wanted: boolean };

/** When a rule applies. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'test'; readonly subject: Subject; readonly test: Test };
