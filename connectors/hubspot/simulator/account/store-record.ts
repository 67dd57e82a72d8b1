import type { Account } from './account.js';
import { derivedValues } from './derived-deal.js';
import { deals } from './object-type.js';
import type { CrmRecord, WriteSource } from './record.js';
import { realChanges, withChanges } from './record.js';

const calculated: WriteSource = { changeSource: 'CALCULATED', sourceId: 'CalculatedPropertyComputer' };

/** Brings the values HubSpot works out by itself up to date, stamps the modified time and stores the record. */
export function storeRecord(account: Account, record: CrmRecord, at: number): CrmRecord {
  const stage = account.pipelines.findStage(record.values.dealstage ?? '')?.stage;
  const { currencies, homeCurrency } = account;
  const derived =
    record.type === deals ? derivedValues({ values: record.values, stage, currencies, homeCurrency }) : {};
  const modified = { [record.type.modifiedProperty]: new Date(at).toISOString() };
  const stored = withChanges(record, realChanges(record, { ...derived, ...modified }), at, calculated);
  account.records.put(stored);
  return stored;
}
