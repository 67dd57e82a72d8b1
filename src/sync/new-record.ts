import type { NewRecord } from '../../connectors/contract.js';
import type { FormField, FormRecord } from '../program/form-field.api.js';
import type { ConnectionRecords, RegistrationFact } from '../program/new-records.api.js';
import { crmText, type FormValue } from '../registration/form-values.js';

export type RegistrationFacts = Readonly<Record<RegistrationFact, string | null>>;

/** An answer with the place in the CRM that it goes to. */
export interface PlacedAnswer {
  readonly record: FormRecord;
  readonly field: string;
  readonly text: string;
}

/** Where the answers of a registration go in one connection, by the form as it is now. */
export function placedAnswers(
  fields: readonly FormField[],
  values: readonly FormValue[],
  connectionId: string,
): readonly PlacedAnswer[] {
  return fields.flatMap(({ name, crm = [] }) => {
    const answer = values.find((value) => value.name === name);
    if (answer === undefined) return [];
    const text = crmText(answer.value);
    return crm
      .filter(({ connection }) => connection === connectionId)
      .map(({ record, field }) => ({ record, field, text }));
  });
}

/**
 * What the program's settings say of a record we make: its owner, and fields of the CRM with what was answered to the vendor's own
 * fields, else what the registration says, else the value that each new record has.
 */
export function newRecord(
  settings: ConnectionRecords | undefined,
  kind: 'lead' | 'deal' | 'company' | 'contact',
  facts: RegistrationFacts,
  answers: readonly PlacedAnswer[] = [],
): NewRecord {
  const record = settings?.[kind];
  const told = Object.entries(record?.facts ?? {}).flatMap(([field, fact]) => {
    const value = facts[fact];
    return value === null || value === '' ? [] : [[field, value] as const];
  });
  const answered = answers.filter((answer) => answer.record === kind).map(({ field, text }) => [field, text] as const);
  return {
    owner: record?.owner ?? null,
    fields: { ...record?.values, ...Object.fromEntries([...told, ...answered]) },
    allowDuplicates: settings?.allowDuplicates ?? false,
  };
}
