import type { Account, RequiredProperties } from './account.js';
import { requiredPropertiesMissing } from './api-fault.js';
import type { ObjectType } from './object-type.js';
import { outcomeOf } from './pipeline-catalogue.js';

type Values = Readonly<Record<string, string>>;

function applies(
  account: Account,
  rule: RequiredProperties,
  type: ObjectType,
  values: Values,
  creating: boolean,
): boolean {
  if (rule.objectType !== type.name) return false;
  if (rule.whenStage === undefined) return creating;
  const stage = account.pipelines.findStage(values.dealstage ?? '')?.stage;
  return stage !== undefined && outcomeOf(stage) === rule.whenStage;
}

/**
 * Refuses a write that leaves a required property empty. Some properties HubSpot itself needs at creation; the rest are
 * rules of the account, which only newer API versions enforce (`enforced`).
 * @throws ApiFault 400
 */
export function refuseMissing(
  account: Account,
  type: ObjectType,
  values: Values,
  { creating, enforced }: { readonly creating: boolean; readonly enforced: boolean },
): void {
  const isMissing = (name: string): boolean => values[name] === undefined;
  const minimum = creating
    ? type.minimum.filter((group) => group.every(isMissing)).map((group) => group.join(' or '))
    : [];
  const ruled = enforced ? account.required.filter((rule) => applies(account, rule, type, values, creating)) : [];
  const missing = [...minimum, ...ruled.flatMap((rule) => rule.properties).filter(isMissing)];
  if (missing.length > 0) {
    throw requiredPropertiesMissing(type.singular, creating ? 'creating' : 'updating', [...new Set(missing)]);
  }
}
