import { parseCondition } from '../soql/parse-query.js';
import { compileCondition } from '../soql/compile-condition.js';
import { duplicateFault } from './duplicate-rules.js';
import type { FieldDefinition } from './field.js';
import type { Values } from './incoming-values.js';
import type { Org } from './org.js';
import { OrgFault, rowLocked } from './org-fault.js';
import { checkPermissions } from './permissions.js';
import { allowedValues } from './picklists.js';
import type { OrgRecord } from './record-store.js';
import type { WriteContext } from './write-context.js';

function isRequired(org: Org, entity: string, field: FieldDefinition, values: Values): boolean {
  // With person accounts a lead without a company is a person, and an account with a last name is one.
  if (entity === 'Lead' && field.name === 'Company') return !org.settings.personAccounts;
  if (entity === 'Account' && field.name === 'Name') return values.IsPersonAccount !== true;
  return field.required;
}

function checkRequired(org: Org, { entity, values }: OrgRecord): void {
  const missing = org.schema
    .fields(entity)
    .filter((field) => isRequired(org, entity, field, values) && (values[field.name] ?? null) === null)
    .map(({ name }) => name);
  if (missing.length === 0) return;
  const message = `Required fields are missing: [${missing.join(', ')}]`;
  throw new OrgFault(400, 'REQUIRED_FIELD_MISSING', message, missing);
}

function checkPicklists(org: Org, { entity, values }: OrgRecord, written: readonly string[]): void {
  for (const name of written) {
    const field = org.schema.field(entity, name);
    const value = values[name];
    if (field?.type !== 'picklist' || typeof value !== 'string') continue;
    const isLimited = field.restricted || org.recordTypeValues.has(String(values.RecordTypeId));
    const allowed = allowedValues(org, entity, field, values.RecordTypeId);
    if (!isLimited || (allowed.length === 0 && !field.restricted) || allowed.includes(value)) continue;
    const message = `${field.label}: bad value for restricted picklist field: ${value}`;
    throw new OrgFault(400, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [name]);
  }
}

function checkUnique(org: Org, { id, entity, values }: OrgRecord, written: readonly string[]): void {
  for (const name of written) {
    const field = org.schema.field(entity, name);
    const value = values[name] ?? null;
    if (field?.unique !== true || value === null) continue;
    const clash = org.records
      .byValue(entity, name, value)
      .find(
        (other) =>
          other.id !== id && other.deletedBy === null && (!field.caseSensitive || other.values[name] === value),
      );
    if (clash === undefined) continue;
    const message = `duplicate value found: ${name} duplicates value on record with id: ${clash.id.slice(0, 15)}`;
    throw new OrgFault(400, 'DUPLICATE_VALUE', message);
  }
}

function checkValidationRules(org: Org, record: OrgRecord, at: number): void {
  const world = { view: org.complete, records: org.records, now: at, withDeleted: false };
  const scope = { world, entity: record.entity, alias: null, valuesOf: () => new Set<never>() };
  for (const rule of org.validationRules.filter(({ entity }) => entity === record.entity)) {
    if (!compileCondition(scope, parseCondition(rule.errorWhen))(record)) continue;
    const code = rule.errorCode ?? 'FIELD_CUSTOM_VALIDATION_EXCEPTION';
    throw new OrgFault(400, code, rule.message, rule.field === undefined ? [] : [rule.field]);
  }
}

/** A save takes the row and, for what hangs on an account or opportunity, the parent's row too. @throws OrgFault UNABLE_TO_LOCK_ROW. */
export function checkLocks(org: Org, { id, values }: OrgRecord): void {
  const parents = [values.AccountId, values.OpportunityId].filter((parent) => typeof parent === 'string');
  const locked = [id, ...parents].find((each) => org.locks.isLocked(each));
  if (locked !== undefined) throw rowLocked(locked);
}

/**
 * Everything that may refuse a save, in the order Salesforce checks.
 *
 * @param written the fields the caller wrote.
 * @throws OrgFault 400 in Salesforce's words.
 */
export function checkRecord(org: Org, context: WriteContext, record: OrgRecord, written: readonly string[]): void {
  checkLocks(org, record);
  checkRequired(org, record);
  checkPicklists(org, record, written);
  checkUnique(org, record, written);
  checkPermissions(org, record);
  const duplicates = duplicateFault(org, context, record);
  if (duplicates !== null) throw duplicates;
  checkValidationRules(org, record, context.tx.at);
}
