import fc from 'fast-check';
import type { PartnerShare } from '../../../src/plans/facts.js';
import { later } from '../naive/days.js';
import { asDay, registration } from '../sample-facts.js';
import { day, type Told } from './told.js';
import { partnerIds, seldom } from './written.js';

const halves: readonly (readonly [bigint, bigint][])[] = [
  [
    [1n, 2n],
    [1n, 2n],
  ],
  [
    [60n, 100n],
    [40n, 100n],
  ],
  [
    [1n, 3n],
    [1n, 3n],
    [1n, 3n],
  ],
];

/** A registration: submitted, approved, and now and then withdrawn. */
export function registrationHistory(id: string, dealId: string | null): fc.Arbitrary<Told[]> {
  return fc
    .record({
      who: fc.constantFrom(...partnerIds),
      submitted: fc.constantFrom('2025-12-20', '2025-12-28', '2026-01-03', '2026-02-02'),
      approvedAfter: fc.oneof({ weight: 5, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(60) }),
      protectedFor: fc.constantFrom(400, 400, 400, 90, 30),
      ended: seldom(day, 10),
      country: fc.constantFrom('DE', 'FR', 'AT', null),
      shares: seldom(fc.constantFrom(...halves), 5),
    })
    .map(({ who, submitted, approvedAfter, protectedFor, ended, country, shares = [] }) => {
      const approved = later(submitted, approvedAfter);
      const first = registration({
        id,
        dealId,
        partnerId: who,
        submittedAt: `${submitted}T08:00:00.000Z`,
        submittedOn: asDay(submitted),
        approvedAt: null,
        approvedOn: null,
        protectedUntil: null,
        customer: { name: null, domain: null, country },
        shares: sharesOf(who, shares),
      });
      const decided = {
        ...first,
        approvedAt: `${approved}T09:00:00.000Z`,
        approvedOn: asDay(approved),
        protectedUntil: asDay(later(approved, protectedFor)),
      };
      const told: Told[] = [
        { on: submitted, kind: 'registration', registration: first },
        { on: approved, kind: 'registration', registration: decided },
      ];
      if (ended === undefined || ended <= approved) return told;
      return [
        ...told,
        { on: ended, kind: 'registration', registration: { ...decided, endedAt: `${ended}T11:00:00.000Z` } },
      ];
    });
}

/** The registrant first, then the partners after it. */
function sharesOf(who: string, shares: readonly (readonly [bigint, bigint])[]): PartnerShare[] {
  const start = partnerIds.findIndex((id) => id === who);
  return shares.map(([numerator, denominator], index) => ({
    partnerId: partnerIds[(start + index) % partnerIds.length]!,
    share: { numerator, denominator },
  }));
}
