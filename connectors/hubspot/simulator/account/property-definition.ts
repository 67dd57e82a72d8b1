export type PropertyType = 'string' | 'number' | 'bool' | 'enumeration' | 'date' | 'datetime';

export interface PropertyOption {
  readonly label: string;
  readonly value: string;
  readonly hidden: boolean;
  readonly displayOrder: number;
}

/** A property as the account knows it; the wire shape is made in `property-json.ts`. */
export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly groupName: string;
  readonly type: PropertyType;
  readonly fieldType: string;
  readonly options: readonly PropertyOption[];
  readonly hasUniqueValue: boolean;
  readonly hidden: boolean;
  readonly formField: boolean;
  readonly displayOrder: number;
  readonly readOnlyValue: boolean;
  readonly hubspotDefined: boolean;
  /** Options live elsewhere (pipelines, owners, currencies), so `options` is empty and the value is checked there. */
  readonly externalOptions: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface PropertyGroup {
  readonly name: string;
  readonly label: string;
  readonly displayOrder: number;
}

/** Which widgets each type may be shown with; any other pair is refused. */
export const fieldTypesOf: Readonly<Record<PropertyType, readonly string[]>> = {
  string: ['text', 'textarea', 'html', 'phonenumber', 'file'],
  number: ['number'],
  bool: ['booleancheckbox'],
  enumeration: ['select', 'radio', 'checkbox', 'booleancheckbox'],
  date: ['date'],
  datetime: ['date'],
};
