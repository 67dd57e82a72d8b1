import { z } from 'zod';
import type { PropertyDefinition, PropertyGroup, PropertyOption } from '../account/property-definition.js';

const option = z.object({
  label: z.string(),
  value: z.string(),
  hidden: z.boolean().default(false),
  displayOrder: z.number().int().default(-1),
});

const changeable = z.object({
  label: z.string(),
  groupName: z.string(),
  description: z.string(),
  options: z.array(option),
  hidden: z.boolean(),
  formField: z.boolean(),
  displayOrder: z.number().int(),
  type: z.enum(['string', 'number', 'bool', 'enumeration', 'date', 'datetime']),
  fieldType: z.string(),
});

const newProperty = changeable.partial().extend({
  name: z.string(),
  label: z.string(),
  groupName: z.string(),
  type: changeable.shape.type,
  fieldType: z.string(),
  hasUniqueValue: z.boolean().default(false),
});

/** What the property calls take. Uniqueness can be asked for at creation only, so the patch does not know it. */
export const propertyBodies = {
  create: newProperty,
  createBatch: z.object({ inputs: z.array(newProperty) }),
  update: changeable.partial(),
  names: z.object({ inputs: z.array(z.object({ name: z.string() })), archived: z.boolean().default(false) }),
  group: z.object({ name: z.string(), label: z.string(), displayOrder: z.number().int().default(-1) }),
  groupUpdate: z.object({ label: z.string(), displayOrder: z.number().int() }).partial(),
} as const;

/** A property made through the API. Absent parts get HubSpot's defaults. */
export function definitionOf(body: z.output<typeof propertyBodies.create>, at: number): PropertyDefinition {
  const { options = [], description = '', hidden = false, formField = false, displayOrder = -1, ...rest } = body;
  const fixed = { readOnlyValue: false, hubspotDefined: false, externalOptions: false, createdAt: at, updatedAt: at };
  return { ...rest, description, hidden, formField, displayOrder, ...fixed, options: numbered(options) };
}

/** The definition with a patch applied. Parts the patch leaves out stay. */
export function patchedDefinition(
  before: PropertyDefinition,
  patch: z.output<typeof propertyBodies.update>,
  at: number,
): PropertyDefinition {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return { ...before, ...given, options: numbered(patch.options ?? before.options), updatedAt: at };
}

function numbered(options: readonly PropertyOption[]): readonly PropertyOption[] {
  return options.map((each, index) => (each.displayOrder === -1 ? { ...each, displayOrder: index } : each));
}

const yesAndNo: readonly PropertyOption[] = ['true', 'false'].map((value, displayOrder) => ({
  label: value === 'true' ? 'Yes' : 'No',
  value,
  hidden: false,
  displayOrder,
}));

/** A property on the wire. Callers must look at `modificationMetadata.readOnlyValue` before writing. */
export function propertyJson(definition: PropertyDefinition, archived: boolean): Record<string, unknown> {
  const { readOnlyValue, hubspotDefined, createdAt, updatedAt, ...rest } = definition;
  return {
    ...rest,
    options: definition.type === 'bool' && rest.options.length === 0 ? yesAndNo : rest.options,
    calculated: readOnlyValue,
    hubspotDefined,
    archived,
    modificationMetadata: {
      archivable: !hubspotDefined,
      readOnlyDefinition: hubspotDefined,
      readOnlyOptions: hubspotDefined,
      readOnlyValue,
    },
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
  };
}

export function groupJson(group: PropertyGroup): Record<string, unknown> {
  return { ...group, archived: false };
}
