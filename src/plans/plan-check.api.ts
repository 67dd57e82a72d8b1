import { z } from 'zod';
import { day } from '../program/calendar.api.js';

/** One thing wrong with a document, and where. */
export const documentFault = z
  .object({
    field: z.string().meta({ example: 'rules[0].pay.percent' }),
    line: z.int().min(1).nullable().meta({ description: 'Line of the document, from 1.' }),
    expected: z.string(),
    message: z.string().meta({ description: 'The whole as one sentence.' }),
  })
  .meta({ id: 'DocumentFault' });

/** What storing a plan would come to. */
export const planCheckView = z
  .object({
    outcome: z.enum(['new', 'unchanged', 'refused']).meta({ description: 'Unchanged: the same terms hold already.' }),
    version: z.string().nullable().meta({ description: 'The version it would become, or is.', example: 'standard@2' }),
    effectiveFrom: day.nullable(),
    sentences: z.array(z.string()).meta({ description: 'What it promises, for a person.' }),
    faults: z.array(documentFault),
  })
  .meta({ id: 'PlanCheck' });
export type PlanCheckView = z.output<typeof planCheckView>;
