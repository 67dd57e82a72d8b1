import type { Account } from '../account/account.js';
import { validationError } from '../account/api-fault.js';
import type { ObjectType } from '../account/object-type.js';
import { contacts } from '../account/object-type.js';
import type { CrmRecord } from '../account/record.js';

/** Whether records of this type can be told apart by this property. */
function isUniqueProperty(account: Account, type: ObjectType, name: string): boolean {
  return (type === contacts && name === 'email') || account.properties.find(type, name)?.hasUniqueValue === true;
}

/** Refuses a property that does not identify a record. The text is as seen in public issue reports. */
export function requireUniqueProperty(account: Account, type: ObjectType, name: string): void {
  if (isUniqueProperty(account, type, name)) return;
  throw validationError(
    `Unable to perform update/upsert by non-unique ${type.id} property ${name} in portal ID ${account.portalId}`,
  );
}

/** Finds a live record by the value of a unique property. @throws ApiFault 400 for a property that is not unique. */
export function findByProperty(account: Account, type: ObjectType, name: string, value: string): CrmRecord | undefined {
  requireUniqueProperty(account, type, name);
  const holder = account.records.holderOf(type, name, value);
  const bySecondary = name === 'email' && holder?.values.email !== value.toLowerCase();
  return bySecondary && !account.settings.findBySecondaryEmail ? undefined : holder;
}
