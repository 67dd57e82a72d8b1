import type { Feature, FieldDefinition } from './field.js';
import { derived, lookup } from './field.js';

export interface ObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  readonly fields: readonly FieldDefinition[];
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  /** Changes become change events, where the org selects the object for them. */
  readonly tracked: boolean;
  /** Seen through the Tooling API only. */
  readonly tooling: boolean;
  readonly feature: Feature | null;
}

const systemFields: readonly FieldDefinition[] = [
  derived('Id', 'id'),
  derived('IsDeleted', 'boolean'),
  derived('CreatedDate', 'datetime'),
  lookup('CreatedById', 'User', { createable: false }),
  derived('LastModifiedDate', 'datetime'),
  lookup('LastModifiedById', 'User', { createable: false }),
  derived('SystemModstamp', 'datetime'),
];

/** An object whose records people keep: full system fields, changes are told. */
export function businessObject(
  name: string,
  keyPrefix: string,
  fields: readonly FieldDefinition[],
  options: Partial<ObjectDefinition> = {},
): ObjectDefinition {
  return {
    name,
    label: name.replace(/([a-z])([A-Z])/g, '$1 $2'),
    labelPlural: name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`,
    keyPrefix,
    fields: [...systemFields, ...fields],
    createable: true,
    updateable: true,
    deletable: true,
    tracked: true,
    tooling: false,
    feature: null,
    ...options,
  };
}

/** An object of the set-up: read by integrations, changed by administrators. */
export function setupObject(
  name: string,
  keyPrefix: string,
  fields: readonly FieldDefinition[],
  options: Partial<ObjectDefinition> = {},
): ObjectDefinition {
  const readOnly = { createable: false, updateable: false, deletable: false, tracked: false };
  return businessObject(name, keyPrefix, fields, { ...readOnly, ...options });
}
