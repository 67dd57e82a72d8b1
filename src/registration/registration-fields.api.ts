import { z } from 'zod';
import { decimalsOf, isCurrency } from '../money/currency.js';
import { formFieldTypes } from '../program/form-field.api.js';

const isEmpty = (value: unknown) => value === null || (typeof value === 'string' && value.trim() === '');
const emptyAsAbsent = (value: unknown) => (isEmpty(value) ? undefined : value);
export const optional = <T extends z.ZodType>(schema: T) => z.preprocess(emptyAsAbsent, schema.optional());

export const currency = z
  .string()
  .trim()
  .toUpperCase()
  .refine(isCurrency, { error: 'an ISO 4217 currency code such as EUR' });
const amountWords = 'a decimal number without sign or separators, such as 12000.50';
const amountText = z
  .string()
  .trim()
  .regex(/^\d{1,13}(\.\d{1,4})?$/, { error: amountWords });
const amountNumber = z
  .number()
  .nonnegative({ error: amountWords })
  .max(1e13, { error: amountWords })
  .transform(String)
  .pipe(amountText);
export const amount = z.union([amountText, amountNumber], { error: amountWords });

/** What is wrong with the decimals of an amount in its currency. */
export function decimalsFault(typed: string, code: string): string | null {
  if (!isCurrency(code)) return null;
  const decimals = /\.(\d*?)0*$/.exec(typed)?.[1]?.length ?? 0;
  if (decimals <= decimalsOf(code)) return null;
  return `an amount with at most ${String(decimalsOf(code))} decimals, as ${code} has`;
}

const moneyInput = z.strictObject({
  amount: z.union([z.string(), z.number()]).nullish(),
  currency: z.string().nullish(),
});
const fieldInput = z.union([z.string(), z.number(), z.array(z.string()).max(200).readonly(), moneyInput]);
export type FieldInput = z.output<typeof fieldInput>;

/** Answers to the vendor's own fields, which the program's settings judge. */
export const fieldInputs = z.record(z.string().max(50), fieldInput.nullable()).meta({
  description:
    'Answers to your own fields of the form, by name: text; a number; money as `{amount, currency}`; of several choices a list of their values.',
  example: { seats: 25 },
});

/** An answer with its question as it was asked. */
export const formValueShape = z
  .object({
    name: z.string(),
    label: z.string(),
    type: z.enum(formFieldTypes),
    value: z.union([z.string(), z.array(z.string()), z.object({ amount: z.string(), currency: z.string() })]),
    text: z.string().meta({ description: 'The answer as people read it.' }),
  })
  .meta({ id: 'FormValue' });
