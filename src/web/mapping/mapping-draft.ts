import type { Connection, Program } from '../api/shapes.js';
import { recordKinds, type RecordKind } from './crm-lists.js';
import type { ProgramChange } from './use-save-program.js';

/** A name of plans for a field of deals. */
export interface PlanField {
  readonly id: string;
  readonly name: string;
  readonly field: string;
}

/** What a field of a new record says: a value, or what the registration knows under this name. */
export interface FilledField {
  readonly id: string;
  readonly field: string;
  /** `value`, or a fact of the registration. */
  readonly source: string;
  readonly value: string;
}

export interface NewRecordDraft {
  readonly owner: string;
  readonly filled: readonly FilledField[];
}

/** How one connected CRM is mapped, as it is edited. */
export interface MappingDraft {
  /** Empty: the first open stage of the first pipeline. */
  readonly pipelineId: string;
  readonly stageId: string;
  readonly planFields: readonly PlanField[];
  /** Empty: as the CRM suggests. */
  readonly become: string;
  readonly allowDuplicates: boolean;
  readonly records: Readonly<Record<RecordKind, NewRecordDraft>>;
}

type Of = Pick<Connection, 'id' | 'crm'>;
type ConnectionRecords = Program['newRecords'][string];
type Facts = NonNullable<NonNullable<ConnectionRecords['deal']>['facts']>;

/** What a registration knows that a field of the CRM can be filled with. */
export const factNames = [
  'partner',
  'product',
  'note',
  'dealName',
  'amount',
  'currency',
  'expectedCloseDate',
  'companyDomain',
  'country',
  'protectedUntil',
] as const satisfies readonly Facts[string][];

export const fixedValue = 'value';

export function draftOf(program: Program, { id, crm }: Of): MappingDraft {
  const begin = program.newDealStages[crm];
  const records = program.newRecords[id];
  return {
    pipelineId: begin?.pipelineId ?? '',
    stageId: begin?.stageId ?? '',
    planFields: Object.entries(program.fieldMap[crm] ?? {}).map(([name, field]) => ({
      id: `was-${name}`,
      name,
      field,
    })),
    become: records?.registrationsBecome ?? '',
    allowDuplicates: records?.allowDuplicates ?? false,
    records: {
      deal: recordDraft(records?.deal),
      company: recordDraft(records?.company),
      contact: recordDraft(records?.contact),
      lead: recordDraft(records?.lead),
    },
  };
}

function recordDraft(record: ConnectionRecords['deal']): NewRecordDraft {
  const values = Object.entries(record?.values ?? {});
  const facts = Object.entries(record?.facts ?? {});
  return {
    owner: record?.owner ?? '',
    filled: [
      ...values.map(([field, value]) => ({ id: `value-${field}`, field, source: fixedValue, value })),
      ...facts.map(([field, source]) => ({ id: `fact-${field}`, field, source, value: '' })),
    ],
  };
}

/** The settings with this draft in them; those of other connections stay as the program has them. */
export function changeOf(program: Program, { id, crm }: Of, draft: MappingDraft): ProgramChange {
  const { [crm]: _begin, ...otherStages } = program.newDealStages;
  const { [id]: _records, ...otherRecords } = program.newRecords;
  const { [crm]: _fields, ...otherFields } = program.fieldMap;
  const records = recordsOf(draft);
  const { pipelineId, stageId } = draft;
  const planFields = draft.planFields.map(({ name, field }) => [name, field] as const);
  return {
    newDealStages: stageId === '' ? otherStages : { ...otherStages, [crm]: { pipelineId, stageId } },
    fieldMap: planFields.length === 0 ? otherFields : { ...otherFields, [crm]: Object.fromEntries(planFields) },
    newRecords: Object.keys(records).length === 0 ? otherRecords : { ...otherRecords, [id]: records },
  };
}

function recordsOf({ become, allowDuplicates, records }: MappingDraft): ConnectionRecords {
  const filled = recordKinds.flatMap((kind) => {
    const { owner, filled } = records[kind];
    const values = filled.filter(({ source }) => source === fixedValue).map(({ field, value }) => [field, value]);
    const facts = filled.filter(({ source }) => source !== fixedValue).map(({ field, source }) => [field, source]);
    const record = {
      ...(owner.trim() === '' ? {} : { owner: owner.trim() }),
      ...(values.length === 0 ? {} : { values: Object.fromEntries(values) as Record<string, string> }),
      ...(facts.length === 0 ? {} : { facts: Object.fromEntries(facts) as Facts }),
    };
    return Object.keys(record).length === 0 ? [] : [[kind, record] as const];
  });
  return {
    ...(become === '' ? {} : { registrationsBecome: become as NonNullable<ConnectionRecords['registrationsBecome']> }),
    ...(allowDuplicates ? { allowDuplicates } : {}),
    ...Object.fromEntries(filled),
  };
}

/** What is wrong that the settings could not even say: by the id of the row, `name`, `field` or `value` of it. */
export type RowFaults = Readonly<Record<string, 'missing' | 'twice'>>;

export function faultsOfDraft({ planFields, records }: MappingDraft): RowFaults {
  const found: Record<string, 'missing' | 'twice'> = {};
  const check = (rows: readonly { readonly id: string; readonly key: string }[], part: string) => {
    for (const [index, { id, key }] of rows.entries()) {
      if (key === '') found[`${id} ${part}`] = 'missing';
      else if (rows.findIndex((other) => other.key === key) !== index) found[`${id} ${part}`] = 'twice';
    }
  };
  check(
    planFields.map(({ id, name }) => ({ id, key: name })),
    'name',
  );
  for (const { id, field } of planFields) if (field === '') found[`${id} field`] = 'missing';
  for (const kind of recordKinds) {
    const { filled } = records[kind];
    check(
      filled.map(({ id, field }) => ({ id: rowId(kind, id), key: field })),
      'field',
    );
    for (const { id, source, value } of filled) {
      if (source === fixedValue && value.trim() === '') found[`${rowId(kind, id)} value`] = 'missing';
    }
  }
  return found;
}

/** Rows of two kinds of record may fill fields of one name. */
export function rowId(kind: RecordKind, id: string): string {
  return `${kind}:${id}`;
}
