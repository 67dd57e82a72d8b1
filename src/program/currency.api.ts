import { z } from 'zod';
import { isCurrency, type Currency } from '../money/currency.js';

/** A currency on the wire: its ISO 4217 code in capitals. */
export const currency = z
  .string()
  .refine((code): code is Currency => isCurrency(code), {
    error: 'Not a currency code.',
    params: { expected: 'an ISO 4217 code in capitals, such as EUR' },
  })
  .meta({ description: 'ISO 4217 code.', example: 'EUR', pattern: '^[A-Z]{3}$' });
