import type { CrmField, CrmFieldType, RecordKind } from '../contract.js';
import type { ObjectName } from './ids.js';
import type { Call } from './org-access.js';
import { ourPrefix } from './our-fields.js';
import { describeObject, type FieldSchema } from './schema.js';

const objectOf: Readonly<Record<RecordKind, ObjectName>> = {
  lead: 'Lead',
  deal: 'Opportunity',
  company: 'Account',
  contact: 'Contact',
};

/** The fields of an object as our user sees them, in one call. */
export async function readFields(call: Call, record: RecordKind): Promise<readonly CrmField[] | null> {
  const described = await describeObject(call, objectOf[record]);
  if (described === null) return null;
  return described.fields.map((field) => ({
    name: field.name,
    label: field.label === '' ? field.name : field.label,
    type: fieldTypes[field.type] ?? 'other',
    choices: choicesOf(field),
    // A checkbox is never empty, whatever its description says.
    required: field.createable && !field.nillable && !field.defaultedOnCreate && field.type !== 'boolean',
    writable: field.createable,
    ours: field.name.startsWith(ourPrefix),
  }));
}

const fieldTypes: Readonly<Record<string, CrmFieldType | undefined>> = {
  string: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  encryptedstring: 'text',
  textarea: 'long-text',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  picklist: 'choice',
  combobox: 'choice',
  multipicklist: 'choices',
  reference: 'reference',
};

/** Which of them a record type offers is another question: it depends on the record (BEHAVIOR.md). */
function choicesOf({ picklistValues }: FieldSchema): CrmField['choices'] {
  return (picklistValues ?? [])
    .filter(({ active }) => active)
    .map(({ value, label }) => ({ value, label: label == null || label === '' ? value : label }));
}
