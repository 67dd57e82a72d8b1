import { z } from 'zod';
import { line } from '../platform/http/text.api.js';

export const formFieldTypes = [
  'text',
  'long-text',
  'number',
  'money',
  'date',
  'choice',
  'choices',
  'country',
  'phone',
] as const;
export type FormFieldType = (typeof formFieldTypes)[number];

export const formRecords = ['lead', 'deal', 'company', 'contact'] as const;
export type FormRecord = (typeof formRecords)[number];

const crmField = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,99}$/, {
  error: 'the name of a CRM field: a letter, then letters, digits and _, at most 100 characters',
});

const choice = z
  .strictObject({
    // CRMs hold several choices as one text, with semicolons between them.
    value: line(200).refine((value) => !value.includes(';'), { error: 'text without a semicolon' }),
    label: line(200).optional().meta({ description: 'What people read; left out: the value.' }),
  })
  .meta({ id: 'FormChoice' });

const place = z.strictObject({
  connection: z.string().trim().min(1).max(100).meta({ description: 'Id of a connection.' }),
  record: z.enum(formRecords),
  field: crmField,
});

const source = z
  .strictObject({
    connection: z.string().trim().min(1).max(100).meta({ description: 'Id of a connection.' }),
    record: z.enum(formRecords),
    field: crmField,
  })
  .meta({ id: 'FormChoicesFrom' });

const isChoice = (type: FormFieldType): boolean => type === 'choice' || type === 'choices';

/** One field of the vendor's own in the form. */
export const formField = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][A-Za-z0-9_]{0,49}$/, {
        error: 'a name that begins with a small letter, then letters, digits and _, at most 50 characters',
      })
      .meta({ description: 'What the value is called in the API; give the same name to the same question for good.' }),
    type: z.enum(formFieldTypes),
    label: line(200).meta({ description: 'The question, as people read it.' }),
    help: line(500).optional(),
    required: z.boolean().optional(),
    choices: z
      .array(choice)
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'Of `choice` and `choices`: what there is to choose from.' }),
    choicesFrom: source.optional().meta({
      description:
        'In place of `choices`: the field of the CRM whose choices these are. They are read from there again and again; until they were read once the question is not asked.',
    }),
    crm: z
      .array(place)
      .max(10)
      .optional()
      .meta({ description: 'Fields of the CRM that new records are given the answer in.' }),
  })
  .superRefine(({ type, choices, choicesFrom }, context) => {
    if (isChoice(type) && choices === undefined && choicesFrom === undefined) {
      const message = 'a list of choices, or choicesFrom, as the type is one of them';
      context.addIssue({ code: 'custom', path: ['choices'], message });
    }
    for (const [name, given] of Object.entries({ choices, choicesFrom })) {
      if (isChoice(type) || given === undefined) continue;
      const message = 'left out, as only the types choice and choices have them';
      context.addIssue({ code: 'custom', path: [name], message, input: given });
    }
    if (choices !== undefined && choicesFrom !== undefined) {
      const message = 'left out, as the choices are listed';
      context.addIssue({ code: 'custom', path: ['choicesFrom'], message, input: choicesFrom });
    }
    if (choices !== undefined) refuseRepeated(context, ['choices'], 'value', choices);
  })
  .meta({ id: 'FormField' });
export type FormField = z.output<typeof formField>;

/** The vendor's own fields, in the order in which the form asks. */
export const formFields = z
  .array(formField)
  .max(40)
  .superRefine((fields, context) => {
    refuseRepeated(context, [], 'name', fields);
  });

function refuseRepeated<N extends string>(
  context: z.core.$RefinementCtx,
  path: readonly PropertyKey[],
  name: N,
  list: readonly Readonly<Record<N, string>>[],
): void {
  for (const [index, item] of list.entries()) {
    if (list.findIndex((other) => other[name] === item[name]) === index) continue;
    const message = 'something that no other of them has';
    context.addIssue({ code: 'custom', path: [...path, index, name], message, input: item[name] });
  }
}

/** A field as whoever fills in the form needs to know it. */
export const shownFormField = z
  .object({
    name: z.string(),
    type: z.enum(formFieldTypes),
    label: z.string(),
    help: z.string().nullable(),
    required: z.boolean(),
    choices: z.array(z.object({ value: z.string(), label: z.string() })),
  })
  .meta({ id: 'ShownFormField' });
export type ShownFormField = z.output<typeof shownFormField>;

/** The form of a lead, beside the fields that every program has. */
export const formShape = z
  .object({
    attestation: z.string().meta({ description: 'What is confirmed with the submission.' }),
    fields: z.array(shownFormField).meta({ description: 'The vendor’s own fields, in their order.' }),
  })
  .meta({ id: 'LeadForm' });

/** What may be chosen where the choices come from the CRM, as it was read last. */
export const readChoicesShape = z
  .object({
    connection: z.string(),
    record: z.enum(formRecords),
    field: z.string(),
    choices: z.array(z.object({ value: z.string(), label: z.string() })),
    readAt: z.iso.datetime().nullable().meta({ description: 'Null while they were never read.' }),
  })
  .meta({ id: 'ReadChoices' });
