import { z } from 'zod';
import type { CrmField, CrmFieldType, RecordKind } from '../contract.js';
import { apiPaths, type RecordType } from './api.js';
import type { Call } from './call.js';
import { ourPrefix } from './properties.js';

const propertiesShape = z.object({
  results: z.array(
    z.object({
      name: z.string().min(1),
      label: z.string().catch(''),
      type: z.string(),
      fieldType: z.string().catch(''),
      calculated: z.boolean().nullish(),
      modificationMetadata: z.object({ readOnlyValue: z.boolean().nullish() }).nullish(),
      options: z
        .array(
          z.object({
            value: z.string(),
            label: z.string().catch(''),
            hidden: z.boolean().nullish(),
            displayOrder: z.number().nullish(),
          }),
        )
        .nullish(),
    }),
  ),
});
type Property = z.output<typeof propertiesShape>['results'][number];

/** A lead of HubSpot is a step that sellers add to a contact they have; we make none. */
const typeOf: Readonly<Record<RecordKind, RecordType | null>> = {
  lead: null,
  deal: 'deals',
  company: 'companies',
  contact: 'contacts',
};

/** The properties of a kind of record, in one call. */
export async function readFields(call: Call, record: RecordKind): Promise<readonly CrmField[] | null> {
  const type = typeOf[record];
  if (type === null) return null;
  const request = { operation: 'read properties', effect: 'read', lane: 'general', method: 'GET' } as const;
  const { results } = await call({ ...request, path: apiPaths.properties(type) }, propertiesShape);
  return results.map((property) => ({
    name: property.name,
    label: property.label === '' ? property.name : property.label,
    type: fieldTypeOf(property),
    choices: choicesOf(property),
    // What an account asks for when a record is made stands in its forms, which no call tells (BEHAVIOR.md).
    required: false,
    writable: property.calculated !== true && property.modificationMetadata?.readOnlyValue !== true,
    ours: property.name.startsWith(ourPrefix),
  }));
}

function fieldTypeOf({ type, fieldType }: Property): CrmFieldType {
  switch (type) {
    case 'string':
      if (fieldType === 'file') return 'other';
      return fieldType === 'textarea' || fieldType === 'html' ? 'long-text' : 'text';
    case 'number':
    case 'date':
    case 'datetime':
      return type;
    case 'bool':
      return 'boolean';
    case 'enumeration':
      return fieldType === 'checkbox' ? 'choices' : 'choice';
    default:
      return 'other';
  }
}

/** Hidden ones stay on records that have them and are offered no more. -1 stands for "no place of its own". */
function choicesOf({ options }: Property): CrmField['choices'] {
  const place = (order: number | null | undefined): number => (order == null || order < 0 ? Infinity : order);
  return (options ?? [])
    .filter(({ hidden }) => hidden !== true)
    .toSorted((a, b) => {
      const [first, second] = [place(a.displayOrder), place(b.displayOrder)];
      return first === second ? 0 : first - second;
    })
    .map(({ value, label }) => ({ value, label: label === '' ? value : label }));
}
