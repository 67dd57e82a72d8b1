import { z } from 'zod';
import { isCountry } from './country.js';

/** A country on the wire: its ISO 3166-1 code, which may be typed in small letters. */
export const country = z
  .string()
  .trim()
  .toUpperCase()
  .refine(isCountry, { error: 'an ISO 3166-1 country code such as DE or GB' })
  .meta({ description: 'ISO 3166-1 code of two letters.', pattern: '^[A-Z]{2}$', example: 'DE' });
