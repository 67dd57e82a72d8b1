import type { FieldDefinition, FieldValue } from '../org/field.js';
import type { OrgRecord } from '../org/record-store.js';
import { wireNumber } from './wire-number.js';

export interface JsonStyle {
  /** `67.0`, as asked. */
  readonly version: string;
  readonly exponents: boolean;
}

/** A value as JSON has it: money and rates with their point. */
export function valueJson(field: FieldDefinition, value: FieldValue | undefined, { exponents }: JsonStyle): unknown {
  if (value === undefined || value === null) return field.type === 'boolean' ? false : null;
  const isDecimal = field.type === 'currency' || field.type === 'double' || field.type === 'percent';
  return isDecimal && typeof value === 'number' ? wireNumber(value, exponents) : value;
}

export function attributesOf({ id, entity }: OrgRecord, { version }: JsonStyle): unknown {
  return { type: entity, url: `/services/data/v${version}/sobjects/${entity}/${id}` };
}

export function recordJson(
  record: OrgRecord,
  fields: readonly FieldDefinition[],
  style: JsonStyle,
): Readonly<Record<string, unknown>> {
  const values = fields.map((field) => [field.name, valueJson(field, record.values[field.name], style)] as const);
  return { attributes: attributesOf(record, style), ...Object.fromEntries(values) };
}
