import { z } from 'zod';
import { stamp } from '../stamp.js';
import type { FieldType } from './field.js';
import { field, lookup } from './field.js';
import type { Org } from './org.js';
import { OrgFault, notFound } from './org-fault.js';
import type { OrgRecord } from './record-store.js';
import type { Transaction } from './transaction.js';

const types = {
  Text: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Email: 'email',
  Phone: 'phone',
  Url: 'url',
  Picklist: 'picklist',
  Checkbox: 'boolean',
  Currency: 'currency',
  Number: 'double',
  Percent: 'percent',
  Date: 'date',
  DateTime: 'datetime',
  Lookup: 'reference',
} as const satisfies Readonly<Record<string, FieldType>>;

const metadataTypes = ['Text', 'TextArea', 'LongTextArea', 'Email', 'Phone', 'Url', 'Picklist', 'Checkbox'] as const;
const otherTypes = ['Currency', 'Number', 'Percent', 'Date', 'DateTime', 'Lookup'] as const;
const flag = z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean());

const picklistValue = z.looseObject({
  fullName: z.string().optional(),
  valueName: z.string().optional(),
  label: z.string().optional(),
});

/** A field as the Metadata and Tooling API describe it. Keys this org has no use for are let through. */
export const fieldMetadata = z.looseObject({
  label: z.string().optional(),
  type: z.enum([...metadataTypes, ...otherTypes]),
  length: z.coerce.number().int().optional(),
  precision: z.coerce.number().int().optional(),
  scale: z.coerce.number().int().optional(),
  required: flag.default(false),
  externalId: flag.default(false),
  unique: flag.default(false),
  caseSensitive: flag.default(false),
  referenceTo: z.string().optional(),
  relationshipName: z.string().optional(),
  valueSet: z
    .looseObject({
      restricted: flag.default(false),
      valueSetDefinition: z.looseObject({ value: z.array(picklistValue) }).optional(),
    })
    .optional(),
});

export type FieldMetadata = z.input<typeof fieldMetadata>;

/** `Lead.Introducer_Partner__c` in two. @throws OrgFault 400 for what names no field that could be made. */
function readFullName(org: Org, fullName: string): { readonly entity: string; readonly name: string } {
  const [, entityName = '', name = ''] = /^(\w+)\.([A-Za-z]\w*__c)$/.exec(fullName) ?? [];
  const object = org.schema.object(entityName);
  if (object === undefined) {
    throw new OrgFault(
      400,
      'FIELD_INTEGRITY_EXCEPTION',
      `Entity Enumeration Or ID: bad value for restricted picklist field: ${fullName}`,
    );
  }
  return { entity: object.name, name };
}

/**
 * Adds a custom field. Nobody sees it until a permission set grants it.
 *
 * @returns the field's record in the Tooling API. @throws OrgFault 400 in the Tooling API's words.
 */
export function makeField(org: Org, tx: Transaction, fullName: string, metadata: unknown): OrgRecord {
  const { entity, name } = readFullName(org, fullName);
  const parsed = fieldMetadata.safeParse(metadata);
  if (!parsed.success) {
    throw new OrgFault(400, 'JSON_PARSER_ERROR', `Metadata of ${fullName}: ${z.prettifyError(parsed.error)}`);
  }
  if (org.schema.field(entity, name) !== undefined) {
    const message = `There is already a field named ${name.replace(/__c$/, '')} on ${entity}.`;
    throw new OrgFault(400, 'DUPLICATE_DEVELOPER_NAME', message, ['DeveloperName']);
  }
  const { label, type, length, referenceTo, relationshipName, valueSet, ...flags } = parsed.data;
  if (type === 'Text' && length === undefined) {
    throw new OrgFault(400, 'FIELD_INTEGRITY_EXCEPTION', 'Can not specify a field of type Text without a length', [
      'Length',
    ]);
  }
  const common = {
    label: label ?? name,
    required: flags.required,
    externalId: flags.externalId,
    unique: flags.unique,
    caseSensitive: flags.caseSensitive,
    ...(length === undefined ? {} : { length }),
  };
  const values = (valueSet?.valueSetDefinition?.value ?? []).map(
    (each) => each.fullName ?? each.valueName ?? each.label ?? '',
  );
  const definition =
    type === 'Lookup'
      ? lookup(name, referenceTo ?? 'Account', {
          ...common,
          children: relationshipName === undefined ? null : `${relationshipName}__r`,
        })
      : field(name, types[type], { ...common, values, restricted: valueSet?.restricted ?? false });
  org.schema.addField(entity, definition);
  return keepField(org, tx, entity, name);
}

function keepField(org: Org, tx: Transaction, entity: string, name: string): OrgRecord {
  const at = stamp(tx.at);
  const id = org.newId('00N');
  const row: OrgRecord = {
    id,
    entity: 'CustomField',
    deletedBy: null,
    values: {
      Id: id,
      IsDeleted: false,
      CreatedDate: at,
      LastModifiedDate: at,
      SystemModstamp: at,
      DeveloperName: name.replace(/__c$/, ''),
      TableEnumOrId: entity,
      FullName: `${entity}.${name}`,
    },
  };
  tx.put(row);
  return row;
}

/** Takes a custom field away, with what it held and who could see it. @throws OrgFault 404. */
export function removeField(org: Org, tx: Transaction, fullName: string): void {
  const [row] = org.records.byValue('CustomField', 'FullName', fullName);
  if (row === undefined) throw notFound();
  const [entity = '', name = ''] = fullName.split('.');
  org.schema.removeField(entity, name);
  tx.remove(row.id);
  for (const grant of org.records.byValue('FieldPermissions', 'Field', fullName)) tx.remove(grant.id);
}
