/** What a CRM says its records consist of, for whoever maps them. Part of the CRM port. */

/** The records we make. Not every CRM has leads. */
export const recordKinds = ['lead', 'deal', 'company', 'contact'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** `reference`: another record's id. `other`: something no text of ours fills, such as a file or a composed address. */
export const crmFieldTypes = [
  'text',
  'long-text',
  'number',
  'boolean',
  'date',
  'datetime',
  'choice',
  'choices',
  'reference',
  'other',
] as const;
export type CrmFieldType = (typeof crmFieldTypes)[number];

/** One of a field's choices: `value` is what records hold, `label` what people read. */
export interface CrmChoice {
  readonly value: string;
  readonly label: string;
}

/** A field of one kind of record. */
export interface CrmField {
  readonly name: string;
  readonly label: string;
  readonly type: CrmFieldType;
  /** Those that can be chosen now, in the CRM's order; none where the CRM keeps them elsewhere (owners, pipelines). */
  readonly choices: readonly CrmChoice[];
  /** Whether the CRM refuses a new record without it. */
  readonly required: boolean;
  /** Whether new records can be given a value. */
  readonly writable: boolean;
  /** Whether it is one that we made. */
  readonly ours: boolean;
}
