import fc from 'fast-check';
import type { DealFacts, PaymentFacts, RegistrationFacts } from '../../../src/plans/facts.js';
import { later } from '../naive/days.js';

/** One thing that became known on a day. */
export type Told =
  | { readonly on: string; readonly kind: 'deal'; readonly deal: DealFacts }
  | { readonly on: string; readonly kind: 'registration'; readonly registration: RegistrationFacts }
  | { readonly on: string; readonly kind: 'money'; readonly money: PaymentFacts };

const firstDay = '2026-01-01';
/** Days that often coincide, cluster in months, and hit their ends. */
export const day = fc.oneof(
  fc.integer({ min: 0, max: 150 }).map((days) => later(firstDay, days)),
  fc.constantFrom('2026-01-31', '2026-02-28', '2026-03-31', '2026-04-01', '2026-01-30', '2026-03-01'),
);
