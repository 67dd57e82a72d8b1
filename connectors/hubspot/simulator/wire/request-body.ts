import { z } from 'zod';
import { validationError } from '../account/api-fault.js';

const id = z.union([z.string(), z.number()]).transform(String);
const properties = z.record(z.string(), z.unknown());
const names = z.array(z.string()).default([]);

const associationSpec = z.object({
  associationCategory: z.enum(['HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED']),
  associationTypeId: z.coerce.number().int(),
});

const newAssociations = z.array(z.object({ to: z.object({ id }), types: z.array(associationSpec) })).default([]);

const pair = { from: z.object({ id }), to: z.object({ id }) };

function inputsOf<T extends z.ZodType>(item: T, most: number) {
  return z.object({ inputs: z.array(item).max(most, `The maximum number of inputs is ${most}.`) });
}

const perBatch = 100;
const associationReads = 1000;
const associationWrites = 2000;

/** What callers send, as far as the simulator reads it. Unknown fields are let pass, as HubSpot does. */
export const bodies = {
  create: z.object({ properties, associations: newAssociations }),
  update: z.object({ properties }),
  merge: z.object({ primaryObjectId: id, objectIdToMerge: id }),
  gdprDelete: z.object({ objectId: z.string(), idProperty: z.string().optional() }),
  batchRead: inputsOf(z.object({ id }), perBatch).extend({
    properties: names,
    propertiesWithHistory: names,
    idProperty: z.string().optional(),
  }),
  batchCreate: inputsOf(
    z.object({ properties, associations: newAssociations, objectWriteTraceId: z.string().optional() }),
    perBatch,
  ),
  batchUpdate: inputsOf(
    z.object({ id, properties, idProperty: z.string().optional(), objectWriteTraceId: z.string().optional() }),
    perBatch,
  ),
  batchArchive: inputsOf(z.object({ id }), perBatch),
  search: z.object({
    filterGroups: z
      .array(
        z.object({
          filters: z.array(
            z.object({
              propertyName: z.string(),
              operator: z.string(),
              value: id.optional(),
              values: z.array(id).optional(),
              highValue: id.optional(),
            }),
          ),
        }),
      )
      .default([]),
    sorts: z
      .array(z.union([z.string(), z.object({ propertyName: z.string(), direction: z.string().default('ASCENDING') })]))
      .default([]),
    query: z.string().optional(),
    properties: names,
    limit: z.number().int().default(10),
    after: z.union([z.string(), z.number()]).optional(),
  }),
  associationSpecs: z.array(associationSpec),
  associationsRead: inputsOf(z.object({ id, after: z.string().optional() }), associationReads),
  associationsCreate: inputsOf(z.object({ ...pair, types: z.array(associationSpec) }), associationWrites),
  associationsDefault: inputsOf(z.object(pair), associationWrites),
  associationsArchive: inputsOf(z.object({ from: z.object({ id }), to: z.array(z.object({ id })) }), associationWrites),
  labelsArchive: inputsOf(z.object({ ...pair, types: z.array(associationSpec) }), associationWrites),
  label: z.object({ name: z.string(), label: z.string(), inverseLabel: z.string().optional() }),
  relabel: z.object({ associationTypeId: z.number().int(), label: z.string() }),
} as const;

export type AssociationSpec = z.output<typeof associationSpec>;

/** Reads a body. @throws ApiFault 400 saying where it does not fit. */
export function readBody<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw validationError(`Invalid input JSON: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not valid'}`);
}
