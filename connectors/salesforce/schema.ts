import { z } from 'zod';
import { CrmGone, CrmRejected } from '../contract.js';
import { keepAnswer, type Kept } from './kept-answer.js';
import type { Call } from './org-access.js';
import { isFieldName } from './soql.js';

const describeShape = z.object({
  createable: z.boolean().catch(true),
  updateable: z.boolean().catch(true),
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string().catch(''),
      type: z.string(),
      createable: z.boolean().catch(false),
      updateable: z.boolean().catch(false),
      externalId: z.boolean().catch(false),
      unique: z.boolean().catch(false),
      nillable: z.boolean().catch(true),
      defaultedOnCreate: z.boolean().catch(false),
      picklistValues: z
        .array(z.object({ value: z.string(), label: z.string().nullish(), active: z.boolean().catch(true) }))
        .nullish()
        .catch([]),
      length: z.coerce.number().catch(0),
      referenceTo: z.array(z.string()).catch([]),
      relationshipName: z.string().nullish(),
    }),
  ),
  recordTypeInfos: z
    .array(
      z.object({
        recordTypeId: z.string(),
        name: z.string().catch(''),
        active: z.boolean().catch(true),
        available: z.boolean().catch(true),
        master: z.boolean().catch(false),
        defaultRecordTypeMapping: z.boolean().catch(false),
      }),
    )
    .catch([]),
});

export type FieldSchema = z.output<typeof describeShape>['fields'][number];
export type RecordType = z.output<typeof describeShape>['recordTypeInfos'][number];

/** What our user can see of an object. A hidden field and one that is not there look the same. */
export interface ObjectSchema {
  /** By name, in whatever case. */
  field(name: string): FieldSchema | undefined;
  readonly fields: readonly FieldSchema[];
  /** Whether our user may make and change records of it. */
  readonly createable: boolean;
  readonly updateable: boolean;
  /** Active ones, those our user may not choose included; without the one that stands for "none". */
  readonly recordTypes: readonly RecordType[];
}

/** What an organisation consists of differs: features bring fields, administrators add and hide them. */
export interface Schema {
  /** `null` when there is no such object, or our user may not see it. */
  object(name: string): Promise<ObjectSchema | null>;
  /** Those of these fields and paths (`Account.Industry`) that can be asked for; one that cannot would fail the whole query. */
  visible(object: string, paths: readonly string[]): Promise<readonly string[]>;
  /** Something was made or refused: look again. */
  forget(): void;
}

const lifeMs = 3_600_000;

export function createSchema(call: Call): Schema {
  const objects = new Map<string, Kept<ObjectSchema | null>>();

  const object = (name: string): Promise<ObjectSchema | null> => {
    const kept = objects.get(name) ?? keepAnswer(() => describeObject(call, name), lifeMs);
    objects.set(name, kept);
    return kept.get();
  };

  const isVisible = async (objectName: string, path: string): Promise<boolean> => {
    const [first = '', ...rest] = path.split('.');
    const known = await object(objectName);
    if (rest.length === 0) return known?.field(first) !== undefined;
    const parent = known?.fields.find((field) => field.relationshipName?.toLowerCase() === first.toLowerCase());
    const parentObject = parent?.referenceTo[0];
    return parentObject !== undefined && isVisible(parentObject, rest.join('.'));
  };

  return {
    object,
    visible: async (objectName, paths) => {
      const found: string[] = [];
      for (const path of paths) if (isFieldName(path) && (await isVisible(objectName, path))) found.push(path);
      return found;
    },
    forget: () => objects.clear(),
  };
}

/** What our user sees of an object now; `null` when there is no such object, or our user may not see it. */
export async function describeObject(call: Call, name: string): Promise<ObjectSchema | null> {
  const request = { operation: `describe ${name}`, method: 'GET', path: `/sobjects/${name}/describe` } as const;
  try {
    const { fields, recordTypeInfos, createable, updateable } = await call(request, describeShape);
    const byName = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
    return {
      fields,
      createable,
      updateable,
      field: (fieldName) => byName.get(fieldName.toLowerCase()),
      recordTypes: recordTypeInfos.filter((type) => type.active && !type.master),
    };
  } catch (error) {
    if (error instanceof CrmGone || error instanceof CrmRejected) return null;
    throw error;
  }
}
