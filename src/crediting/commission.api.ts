import { z } from 'zod';
import { day, period } from '../program/calendar.api.js';
import { lineStatuses } from './commission-line.js';

const amount = z.string().meta({ description: 'Decimal, in major units', example: '1200.00' });
const currencyCode = z.string().meta({ example: 'EUR' });

/** A commission line on the wire. */
export const commissionShape = z
  .object({
    id: z.string(),
    partnerId: z.string(),
    kind: z.enum(['commission', 'revshare', 'override', 'bonus', 'reversal', 'clawback', 'adjustment']),
    component: z.string().meta({ description: 'The rule of the plan that earned it' }),
    amount,
    currency: currencyCode,
    status: z.enum(lineStatuses),
    earnedOn: day,
    payableOn: day,
    payee: z.enum(['partner', 'customer']).meta({ description: 'Who gets it; the customer where a plan rewards it' }),
    dealId: z.string().nullable().meta({ description: 'Null for a lead without a deal' }),
    registrationId: z.string().nullable(),
    planVersion: z.string().nullable().meta({ example: 'standard@2', description: 'Null for what a person decided' }),
    sourceLineId: z.string().nullable().meta({ description: 'The line this one takes back or puts right' }),
    bookedAt: z.iso.datetime(),
  })
  .meta({ id: 'CommissionLine' });

export const commissionQuery = {
  partnerId: z.string().max(60).optional(),
  dealId: z.string().max(60).optional(),
  registrationId: z.string().max(60).optional(),
  status: z.enum(lineStatuses).optional(),
  period: period.optional(),
};

const signatureShape = z
  .object({ keyId: z.string(), algorithm: z.literal('Ed25519'), value: z.string() })
  .meta({ id: 'Signature' });

/** The working of a line, signed over the canonical JSON of everything but `signature`. */
export const explanationShape = z
  .object({
    line: commissionShape.omit({ status: true }),
    summary: z.string(),
    sentences: z.array(z.string()).meta({ description: 'The steps, for a person' }),
    steps: z.array(z.record(z.string(), z.unknown())).meta({ description: 'The steps, for a program' }),
    inputs: z.record(z.string(), z.unknown()).meta({ description: 'Everything it was computed from' }),
    inputsHash: z.string(),
    signature: signatureShape,
  })
  .meta({ id: 'Explanation' });

/** A line held against its stored inputs and against today's facts. */
export const recomputationShape = z
  .object({
    line: commissionShape.omit({ status: true }),
    asOf: day.meta({ description: 'The day the facts are of' }),
    sound: z.boolean().meta({ description: 'Whether the hash matches and what is booked is what is due' }),
    inputsHash: z
      .object({ stored: z.string(), computed: z.string(), matches: z.boolean() })
      .meta({ description: 'SHA-256 over the canonical JSON of the stored inputs' }),
    equal: z.boolean(),
    amounts: z
      .array(z.object({ currency: currencyCode, due: amount, booked: amount }))
      .meta({ description: 'What is due by the facts of today, and the sum of all lines booked for the same thing' }),
    working: z
      .array(z.object({ summary: z.string(), sentences: z.array(z.string()) }))
      .meta({ description: 'How the difference comes about; empty when there is none' }),
  })
  .meta({ id: 'Recomputation' });

const gateShape = z
  .object({
    gate: z.string(),
    passed: z.boolean(),
    reason: z.string().nullable(),
    sentence: z.string(),
    evidence: z.record(z.string(), z.string().nullable()),
    opensOn: day.nullable().meta({ description: 'The day on which it passes by itself, where that is known' }),
  })
  .meta({ id: 'Gate' });

export const whyShape = z
  .object({
    registrationId: z.string().nullable(),
    dealId: z.string().nullable(),
    partnerId: z.string(),
    credited: z.boolean().meta({
      description: 'Whether something is earned; a gate that is blocked then holds up another part of the plan',
    }),
    gates: z.array(gateShape),
    flags: z.array(z.object({ flag: z.string(), sentence: z.string() })),
  })
  .meta({ id: 'Why' });

export const balancesShape = z
  .object({
    partnerId: z.string(),
    balances: z.array(
      z.object({
        currency: currencyCode,
        pending: amount,
        payable: amount,
        onHold: amount,
        paid: amount,
        owedBack: amount.meta({ description: 'What the partner owes: carried until it is earned back' }),
      }),
    ),
  })
  .meta({ id: 'Balances' });
