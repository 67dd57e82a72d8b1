export type FieldValue = string | number | boolean | null;

export type FieldType =
  | 'id'
  | 'string'
  | 'email'
  | 'phone'
  | 'url'
  | 'textarea'
  | 'picklist'
  | 'boolean'
  | 'currency'
  | 'double'
  | 'percent'
  | 'int'
  | 'date'
  | 'datetime'
  | 'reference';

/** What an org must have switched on for a field or object to exist. */
export type Feature = 'multiCurrency' | 'datedRates' | 'personAccounts';

export interface Reference {
  readonly to: readonly string[];
  /** The way up in queries, e.g. `Account`. */
  readonly name: string;
  /** The way down in queries, e.g. `Opportunities`; `null` where there is none. */
  readonly children: string | null;
  /** What becomes of the child when its parent is deleted. */
  readonly onParentDelete: 'cascade' | 'clear';
}

export interface FieldDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Characters of a text, 0 for other types. */
  readonly length: number;
  readonly required: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly custom: boolean;
  readonly externalId: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  /** A picklist that takes only its own values. */
  readonly restricted: boolean;
  readonly values: readonly string[];
  readonly defaultValue: FieldValue;
  readonly filterable: boolean;
  readonly reference: Reference | null;
  readonly feature: Feature | null;
}

const lengths: Partial<Record<FieldType, number>> = {
  id: 18,
  reference: 18,
  string: 255,
  email: 80,
  phone: 40,
  url: 255,
  picklist: 255,
  textarea: 32_000,
};

/** `AnnualRevenue` → `Annual Revenue`, `Deal_Size__c` → `Deal Size`. */
function labelOf(name: string): string {
  return name
    .replace(/__c$/, '')
    .replace(/_/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2');
}

/** A field with the defaults of its type. Long texts cannot be filtered on. */
export function field(name: string, type: FieldType, options: Partial<FieldDefinition> = {}): FieldDefinition {
  return {
    name,
    label: labelOf(name),
    type,
    length: lengths[type] ?? 0,
    required: false,
    createable: true,
    updateable: options.createable ?? true,
    custom: name.endsWith('__c'),
    externalId: false,
    unique: false,
    caseSensitive: false,
    restricted: false,
    values: [],
    defaultValue: type === 'boolean' ? false : null,
    filterable: type !== 'textarea',
    reference: null,
    feature: null,
    ...options,
  };
}

/** A field the org fills itself. */
export function derived(name: string, type: FieldType, options: Partial<FieldDefinition> = {}): FieldDefinition {
  return field(name, type, { createable: false, ...options });
}

/** A reference; its relationship is the name without `Id` unless said otherwise. */
export function lookup(
  name: string,
  to: string | readonly string[],
  options: Partial<FieldDefinition> & Partial<Pick<Reference, 'children' | 'onParentDelete'>> = {},
): FieldDefinition {
  const { children = null, onParentDelete = 'clear', ...rest } = options;
  const relationship = name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.replace(/Id$/, '');
  const reference: Reference = {
    to: typeof to === 'string' ? [to] : to,
    name: relationship,
    children,
    onParentDelete,
  };
  return field(name, 'reference', { reference, ...rest });
}
