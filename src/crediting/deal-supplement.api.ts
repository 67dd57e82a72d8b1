import { z } from 'zod';
import type { CsvForm } from '../platform/http/csv-form.js';
import { isLine, lineWords } from '../platform/http/plain-text.js';
import { day } from '../program/calendar.api.js';
import { mostFields } from './deal-supplement.js';

const fieldName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,49}$/, {
  error: 'a letter, then letters, digits and underscores, at most 50 characters',
});
const value = z.string().trim().min(1).max(200).refine(isLine, { error: lineWords }).nullable();

const change = {
  churnedOn: day.nullable().optional().meta({ description: 'The day the customer left; null: it did not.' }),
  fields: z
    .record(fieldName, value)
    .refine((given) => Object.keys(given).length <= mostFields, { error: `at most ${String(mostFields)} values` })
    .optional()
    .meta({
      description: 'Values by the names that plans use, such as tax or cost; null takes one away.',
      example: { cost: '400.00' },
    }),
};

export const supplementChange = z.strictObject(change).meta({ id: 'DealSupplementChange' });

export const supplementShape = z
  .object({
    dealId: z.string(),
    churnedOn: day.nullable(),
    fields: z.record(z.string(), z.string().nullable()),
  })
  .meta({ id: 'DealSupplement' });

const supplementRow = z.strictObject({ dealId: z.string().min(1).max(60), ...change });

const fixedColumns = ['dealId', 'churnedOn'];

/** A file with a row for each deal. A cell that is empty leaves what is known as it is. */
export const supplementFile: CsvForm<z.output<typeof supplementRow>> = {
  columns: fixedColumns,
  takesOthers: true,
  bodyOf: (cells) => ({
    ...Object.fromEntries([...cells].filter(([name]) => fixedColumns.includes(name))),
    fields: Object.fromEntries([...cells].filter(([name]) => !fixedColumns.includes(name))),
  }),
  schema: supplementRow,
  columnOf: (field) => field.replace(/^fields\./, ''),
};
