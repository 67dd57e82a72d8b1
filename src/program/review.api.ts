import { z } from 'zod';
import { day } from './calendar.api.js';
import { weekdays } from './calendar.js';

const isDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

/** Settings of how registrations are reviewed, and by when. */
export const reviewFields = {
  workingWeekdays: z
    .array(z.enum(weekdays))
    .min(1)
    .max(weekdays.length)
    .refine(isDistinct, { error: 'each day of the week once' })
    .meta({ description: 'The days of the week on which your people work.' }),
  holidays: z
    .array(day)
    .max(500)
    .meta({ description: 'Days on which they do not, besides: no deadline counts them.', example: ['2026-12-25'] }),
};
