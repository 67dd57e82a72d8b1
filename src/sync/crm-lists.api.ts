import { z } from 'zod';

const kinds = z.enum(['lead', 'deal', 'company', 'contact']);
const types = [
  'text',
  'long-text',
  'number',
  'boolean',
  'date',
  'datetime',
  'choice',
  'choices',
  'reference',
  'other',
] as const;
const readAt = z.iso.datetime().meta({ description: 'When the CRM was asked.' });

export const fresh = z
  .enum(['true', 'false'])
  .default('false')
  .meta({ description: 'Ask the CRM now, and not be told what it said within the last five minutes.' });

export const fieldsQuery = z.strictObject({ record: kinds, fresh });

/** The fields of a kind of record in a connected CRM. */
export const crmFieldsShape = z
  .object({
    record: kinds,
    readAt,
    fields: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        type: z.enum(types),
        choices: z.array(z.object({ value: z.string(), label: z.string() })),
        required: z.boolean().meta({ description: 'Whether the CRM says that no new record does without it.' }),
        writable: z.boolean().meta({ description: 'Whether new records can be given a value.' }),
        ours: z.boolean().meta({ description: 'Whether Introducer made it.' }),
      }),
    ),
  })
  .meta({ id: 'CrmFields' });

/** The pipelines of deals in a connected CRM. */
export const crmStagesShape = z
  .object({
    readAt,
    pipelines: z.array(
      z.object({
        id: z.string(),
        label: z.string().nullable().meta({ description: 'Null where the CRM has but one.' }),
        stages: z.array(
          z.object({
            id: z.string(),
            label: z.string(),
            outcome: z.enum(['open', 'won', 'lost']).meta({ description: 'What the CRM says such a deal is.' }),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'CrmStages' });
