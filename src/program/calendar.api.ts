import { z } from 'zod';
import { isDay, isPeriod, type Day, type Period } from './calendar.js';

/** A calendar day on the wire, `YYYY-MM-DD`. */
export const day = z
  .string()
  .refine((text): text is Day => isDay(text), {
    error: 'Not a calendar day.',
    params: { expected: 'a day, YYYY-MM-DD' },
  })
  .meta({ description: 'A calendar day, YYYY-MM-DD.', format: 'date', example: '2026-03-31' });

/** A calendar month on the wire, `YYYY-MM`. */
export const period = z
  .string()
  .refine((text): text is Period => isPeriod(text), {
    error: 'Not a calendar month.',
    params: { expected: 'a month, YYYY-MM' },
  })
  .meta({ description: 'A calendar month, YYYY-MM.', pattern: '^\\d{4}-(0[1-9]|1[0-2])$', example: '2026-03' });
