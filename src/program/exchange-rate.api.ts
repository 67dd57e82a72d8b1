import { z } from 'zod';
import { day } from './calendar.api.js';
import { currency } from './currency.api.js';
import { isRate } from './rate-sheet-text.js';

const rate = z
  .string()
  .refine(isRate, {
    error: 'Not a rate.',
    params: { expected: 'a decimal above zero with at most 12 digits on each side of the point' },
  })
  .meta({ description: 'Units of the currency for one of the base, as decimal text.', example: '1.0856' });

const rates = z.record(currency, rate).refine((given) => Object.keys(given).length > 0, {
  error: 'Without rates.',
  params: { expected: 'at least one rate' },
});

export const rateSheet = z
  .object({ base: currency, day: day.meta({ description: 'The day they were published for.' }), rates })
  .meta({ id: 'RateSheet' });

export const newRateSheet = z
  .strictObject(rateSheet.shape)
  .refine(({ base, rates: given }) => !(base in given), {
    error: 'The base has no rate in itself.',
    path: ['rates'],
    params: { expected: 'currencies other than the base' },
  })
  .meta({ id: 'NewRateSheet' });
