/** What a plan begins as that nobody wrote yet. */
export function beginningOf(slug: string): string {
  return `plan: ${slug}
description: Ten percent of what the customer buys.
effectiveFrom: 2026-01-01
holdDays: 30

rules:
  - id: new-business
    pay: { percent: 10, of: amount }
`;
}

/** What a scenario begins as. */
export const firstScenario = `scenario: A deal is won, and its partner earns.
deals:
  - { id: a, partner: northwind, amount: 10000, currency: EUR, won: 2026-01-15 }
asOf: 2026-03-31
expect:
  lines:
    - { deal: a, amount: 1000 }
`;
