import { z } from 'zod';
import { checked, currency, day } from '../../plans/document-parts.js';
import { flagKinds } from '../../plans/gate.js';
import { decimal, expected, listOf } from './scenario-parts.js';

const lineKinds = ['commission', 'revshare', 'override', 'bonus', 'adjustment', 'reversal', 'clawback'] as const;
/** Nothing puts a line of a scenario on hold. */
const statuses = ['pending', 'payable', 'paid'] as const;
const payees = ['partner', 'customer'] as const;

const expectedLine = z.strictObject({
  partner: z.string().optional(),
  payee: z.enum(payees).optional(),
  kind: z.enum(lineKinds).optional(),
  rule: z.string().optional(),
  amount: decimal.optional(),
  currency: currency.optional(),
  status: z.enum(statuses).optional(),
  earnedOn: day.optional(),
  payableOn: day.optional(),
  bookedOn: day.optional(),
  deal: z.string().nullable().optional(),
  plan: z.string().nullable().optional(),
});
const expectedBalance = z.strictObject({
  partner: z.string(),
  currency,
  pending: decimal.optional(),
  payable: decimal.optional(),
  paid: decimal.optional(),
  total: decimal.optional(),
});
const expectedPayout = z.strictObject({
  on: day.optional(),
  partner: z.string().optional(),
  payee: z.enum(payees).optional(),
  amount: decimal.optional(),
  currency: currency.optional(),
  from: z.string().optional(),
});
const expectedFlag = z.strictObject({ deal: z.string(), flag: z.enum(flagKinds) });

/** What a scenario expects to come out; what is not written down is not compared. */
export const scenarioExpectation = checked(
  z.strictObject(
    {
      lines: listOf(expectedLine).optional(),
      balances: listOf(expectedBalance).optional(),
      flags: listOf(expectedFlag).optional(),
      payouts: listOf(expectedPayout).optional(),
    },
    { error: expected.expectation },
  ),
  (lists, refuse) => {
    if (Object.values(lists).every((list) => list === undefined)) refuse([], expected.expectation);
  },
);
