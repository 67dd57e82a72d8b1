import type { NewRecord } from '../../connectors/contract.js';
import type { ConnectionRecords, RegistrationFact } from '../program/new-records.api.js';

export type RegistrationFacts = Readonly<Record<RegistrationFact, string | null>>;

/**
 * What the program's settings say of a record we make: its owner, and fields of the CRM with what the registration says, or with the
 * value that each new record has where it says nothing.
 */
export function newRecord(
  settings: ConnectionRecords | undefined,
  kind: 'lead' | 'deal' | 'company' | 'contact',
  facts: RegistrationFacts,
): NewRecord {
  const record = settings?.[kind];
  const told = Object.entries(record?.facts ?? {}).flatMap(([field, fact]) => {
    const value = facts[fact];
    return value === null || value === '' ? [] : [[field, value] as const];
  });
  return {
    owner: record?.owner ?? null,
    fields: { ...record?.values, ...Object.fromEntries(told) },
    allowDuplicates: settings?.allowDuplicates ?? false,
  };
}
