import type { Account } from './account.js';
import type { PropertyError } from './api-fault.js';
import { propertyValuesNotValid, validationError } from './api-fault.js';
import type { ObjectType } from './object-type.js';
import { deals } from './object-type.js';
import { checkValue } from './property-value.js';

type Values = Readonly<Record<string, string>>;

function checkOne(
  account: Account,
  type: ObjectType,
  name: string,
  raw: unknown,
  before: Values,
): { readonly value: string | null } | { readonly error: PropertyError } {
  const definition = account.properties.find(type, name);
  if (definition === undefined) {
    return { error: { name, code: 'PROPERTY_DOESNT_EXIST', message: `Property "${name}" does not exist` } };
  }
  if (definition.readOnlyValue) {
    const message = `"${name}" is a read only property; its value cannot be set.`;
    return { error: { name, code: 'READ_ONLY_VALUE', message } };
  }
  const check = checkValue(definition, raw, before[name]);
  return check.kind === 'accepted' ? { value: check.value } : { error: check.error };
}

/** Owners, stages, pipelines and currencies: values whose options live outside the property definition. */
function checkReferences(
  account: Account,
  type: ObjectType,
  given: Record<string, string | null>,
  before: Values,
): PropertyError[] {
  const invalid = (name: string, value: string, allowed: readonly string[]): PropertyError => ({
    name,
    code: 'INVALID_OPTION',
    message: `${value} was not one of the allowed options: [${allowed.join(', ')}]`,
  });
  const errors: PropertyError[] = [];
  const owner = given.hubspot_owner_id ?? null;
  if (owner !== null && !account.owners.some((each) => each.id === owner && !each.archived)) {
    errors.push(
      invalid(
        'hubspot_owner_id',
        owner,
        account.owners.map((each) => each.id),
      ),
    );
  }
  if (type !== deals) return errors;

  const currency = given.deal_currency_code ?? null;
  if (currency !== null && account.currencies[currency] === undefined) {
    errors.push(invalid('deal_currency_code', currency, Object.keys(account.currencies)));
  }
  if (!('pipeline' in given) && !('dealstage' in given)) return errors;
  const pipelineId = given.pipeline ?? before.pipeline ?? 'default';
  const pipeline = account.pipelines.find(pipelineId);
  if (pipeline === undefined) {
    return [
      ...errors,
      invalid(
        'pipeline',
        pipelineId,
        account.pipelines.list().map((each) => each.id),
      ),
    ];
  }
  const stageId = given.dealstage ?? before.dealstage ?? null;
  if (stageId !== null && !pipeline.stages.some((stage) => stage.id === stageId && !stage.archived)) {
    errors.push(
      invalid(
        'dealstage',
        stageId,
        pipeline.stages.map((stage) => stage.id),
      ),
    );
  }
  return errors;
}

/** Two records may not share a value of a unique property. HubSpot's exact text is not established; the category is. */
function refuseTakenValues(
  account: Account,
  type: ObjectType,
  given: Record<string, string | null>,
  ownId: string | null,
): void {
  for (const name of account.properties.uniqueNames(type)) {
    const value = given[name] ?? null;
    const holder = value === null ? undefined : account.records.holderOf(type, name, value);
    if (value === null || holder === undefined || holder.id === ownId) continue;
    const message = `Property ${name} must be unique: ${holder.id} already has the value ${value}.`;
    throw validationError(message, {
      errors: [{ message, code: 'CONFLICTING_UNIQUE_VALUE', context: { propertyName: [name] } }],
    });
  }
}

/**
 * Checks the properties of a write against the account and brings the values into their stored form.
 * @param before the record's values, empty for a record that is being made; `ownId` its id, `null` likewise.
 * @throws ApiFault 400 naming every refused property.
 */
export function checkValues(
  account: Account,
  type: ObjectType,
  properties: Readonly<Record<string, unknown>>,
  { before, ownId }: { readonly before: Values; readonly ownId: string | null },
): Record<string, string | null> {
  const given: Record<string, string | null> = {};
  const errors: PropertyError[] = [];
  for (const [name, raw] of Object.entries(properties)) {
    const outcome = checkOne(account, type, name, raw, before);
    if ('error' in outcome) errors.push(outcome.error);
    else given[name] = outcome.value;
  }
  if (errors.length === 0) errors.push(...checkReferences(account, type, given, before));
  if (errors.length > 0) throw propertyValuesNotValid(errors, account.portalId);
  refuseTakenValues(account, type, given, ownId);
  return given;
}
