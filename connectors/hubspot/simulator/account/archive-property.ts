import type { Account } from './account.js';
import type { ObjectType } from './object-type.js';

/**
 * Deletes a property. Its values leave the records with it, so that a property made anew under the name starts empty
 * (HubSpot can restore an archived property with its values; the simulator cannot).
 * @throws ApiFault 404 when there is none, 400 for one that HubSpot itself defined.
 */
export function archiveProperty(account: Account, type: ObjectType, name: string): void {
  const definition = account.properties.find(type, name);
  const holders = [...account.records.all(type)].filter((record) => record.values[name] !== undefined);
  if (definition?.hubspotDefined === false) {
    // While the property still exists: the store frees its unique values by its definition.
    for (const record of holders) {
      const { [name]: _value, ...values } = record.values;
      record.history.delete(name);
      account.records.put({ ...record, values });
    }
  }
  account.properties.archive(type, name);
}
