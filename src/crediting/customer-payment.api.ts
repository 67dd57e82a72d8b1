import { z } from 'zod';
import { isCurrency } from '../money/currency.js';
import { parseMoney } from '../money/money.js';
import { isLine, lineWords } from '../platform/http/plain-text.js';
import { day } from '../program/calendar.api.js';
import { currency } from '../program/currency.api.js';

const mostPayments = 1_000;
const externalId = z.string().trim().min(1).max(200).refine(isLine, { error: lineWords });
const ourId = z.string().min(1).max(60);
const amountWords = 'a decimal text without sign or separators, such as 1200.50';
const amountText = z.string().regex(/^\d{1,13}(\.\d{1,4})?$/, { error: amountWords });
const kind = z.enum(['payment', 'refund']);

const servicePeriod = z
  .strictObject({ from: day, to: day })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'a day that is not before from' })
  .meta({ description: 'What the money pays for, both days included.' });

/** A payment as it is told to us. */
export const newPayment = z
  .strictObject({
    externalId: externalId.meta({ description: 'What names it in your books: told again, it is the same payment.' }),
    dealId: ourId.nullable().default(null),
    registrationId: ourId
      .nullable()
      .default(null)
      .meta({ description: 'Instead of `dealId`; it may be linked later.' }),
    kind,
    amount: amountText.meta({ description: 'Above zero, also for a refund; tax included.', example: '1200.00' }),
    currency,
    tax: amountText.nullable().default(null).meta({ description: 'The part of the amount that is tax.' }),
    receivedOn: day.meta({ description: 'The day the money came, or went back.' }),
    servicePeriod: servicePeriod.nullable().default(null),
    refundOf: externalId
      .nullable()
      .default(null)
      .meta({ description: 'The `externalId` of the payment it gives back.' }),
  })
  .superRefine((payment, context) => {
    const fault = (field: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [field], message, input: payment });
    };
    if ((payment.dealId === null) === (payment.registrationId === null)) {
      fault('dealId', 'given, or registrationId instead, and not both');
    }
    if (payment.refundOf !== null && payment.kind === 'payment') fault('refundOf', 'absent: only a refund gives back');
    for (const [field, message] of amountFaults(payment)) fault(field, message);
  })
  .meta({ id: 'NewCustomerPayment' });
export type NewPayment = z.output<typeof newPayment>;

function amountFaults(payment: { readonly amount: string; readonly tax: string | null; readonly currency: string }) {
  if (!isCurrency(payment.currency)) return [];
  const faults: (readonly [field: string, message: string])[] = [];
  const [amount, tax] = [minorOf(payment.amount, payment.currency), minorOf(payment.tax ?? '0', payment.currency)];
  if (typeof amount === 'string') faults.push(['amount', amount]);
  if (typeof tax === 'string') faults.push(['tax', tax]);
  if (amount === 0n) faults.push(['amount', 'more than zero']);
  if (payment.tax !== null && typeof amount === 'bigint' && typeof tax === 'bigint' && tax > amount) {
    faults.push(['tax', `at most the amount, ${payment.amount}`]);
  }
  return faults;
}

/** The amount in minor units, or what would have been accepted. */
function minorOf(text: string, code: NewPayment['currency']): bigint | string {
  const reading = parseMoney(text, code);
  switch (reading.kind) {
    case 'money':
      return reading.money.amountMinor;
    case 'too-many-decimals':
      return `an amount with at most ${String(reading.decimals)} decimals, as ${code} has`;
    case 'out-of-range':
      return 'a smaller amount';
    case 'unreadable':
      return amountWords;
  }
}

/** One payment, or many that are recorded together or not at all. */
export const paymentsBody = z.union([
  newPayment,
  z.strictObject({ payments: z.array(newPayment).min(1).max(mostPayments) }).meta({ id: 'NewCustomerPayments' }),
]);

export const paymentShape = z
  .object({
    id: z.string(),
    externalId: z.string(),
    dealId: z.string().nullable(),
    registrationId: z.string().nullable(),
    kind,
    amount: z.string().meta({ example: '1200.00' }),
    currency: z.string(),
    tax: z.string().nullable(),
    receivedOn: day,
    servicePeriod: z.object({ from: day, to: day }).nullable(),
    refundOf: z.string().nullable().meta({ description: 'The `externalId` of the payment it gives back' }),
    recordedAt: z.iso.datetime(),
  })
  .meta({ id: 'CustomerPayment' });

export const paymentsRecorded = z.union([paymentShape, z.object({ payments: z.array(paymentShape) })]);

export const paymentQuery = {
  dealId: z
    .string()
    .max(60)
    .optional()
    .meta({ description: 'Also those of registrations that are linked to the deal.' }),
  registrationId: z.string().max(60).optional(),
};
