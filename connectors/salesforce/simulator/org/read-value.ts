import { fullId } from '../record-id.js';
import { exactStamp, instantOf } from '../stamp.js';
import type { FieldDefinition, FieldValue } from './field.js';
import { OrgFault, malformedId } from './org-fault.js';

function unreadable(field: FieldDefinition, raw: unknown): OrgFault {
  const message = `Cannot deserialize instance of ${field.type} from VALUE_STRING value ${String(raw)} or request may be missing a required field at [line:1, column:2]`;
  return new OrgFault(400, 'JSON_PARSER_ERROR', message);
}

function readText(field: FieldDefinition, raw: unknown): FieldValue {
  if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'boolean') throw unreadable(field, raw);
  const text = String(raw).trim();
  if (text === '') return null;
  if (text.length > field.length) {
    const message = `${field.label}: data value too large: ${text} (max length=${field.length})`;
    throw new OrgFault(400, 'STRING_TOO_LONG', message, [field.name]);
  }
  if (field.type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text)) {
    const message = `${field.label}: invalid email address: ${text}`;
    throw new OrgFault(400, 'INVALID_EMAIL_ADDRESS', message, [field.name]);
  }
  return text;
}

function readNumber(field: FieldDefinition, raw: unknown): FieldValue {
  if (raw === '') return null;
  const value = typeof raw === 'string' ? Number(raw) : raw;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw unreadable(field, raw);
  if (field.type === 'int' && !Number.isInteger(value)) throw unreadable(field, raw);
  return value;
}

function readDay(field: FieldDefinition, raw: unknown): FieldValue {
  if (raw === '') return null;
  const day = typeof raw === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(raw)?.[0] : undefined;
  if (day === undefined || new Date(`${day}T00:00:00Z`).toString() === 'Invalid Date') throw unreadable(field, raw);
  return day;
}

function readInstant(field: FieldDefinition, raw: unknown): FieldValue {
  if (raw === '') return null;
  const at = typeof raw === 'string' ? instantOf(raw) : null;
  if (at === null) throw unreadable(field, raw);
  return exactStamp(at);
}

function readId(raw: unknown): FieldValue {
  if (raw === '') return null;
  const id = typeof raw === 'string' ? fullId(raw) : null;
  if (id === null) throw malformedId(String(raw));
  return id;
}

/** A value as a caller wrote it, in the field's type. @throws OrgFault 400 in Salesforce's words for what does not fit. */
export function readValue(field: FieldDefinition, raw: unknown): FieldValue {
  if (raw === null || raw === undefined) return field.type === 'boolean' ? false : null;
  switch (field.type) {
    case 'string':
    case 'email':
    case 'phone':
    case 'url':
    case 'textarea':
    case 'picklist':
      return readText(field, raw);
    case 'boolean':
      if (raw === true || raw === false) return raw;
      if (raw === 'true' || raw === 'false') return raw === 'true';
      throw unreadable(field, raw);
    case 'currency':
    case 'double':
    case 'percent':
    case 'int':
      return readNumber(field, raw);
    case 'date':
      return readDay(field, raw);
    case 'datetime':
      return readInstant(field, raw);
    case 'id':
    case 'reference':
      return readId(raw);
  }
}
