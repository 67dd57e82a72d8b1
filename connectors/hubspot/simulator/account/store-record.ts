import type { Account } from './account.js';
import { derivedValues } from './derived-deal.js';
import { deals } from './object-type.js';
import type { CrmRecord, PropertyChanges, WriteSource } from './record.js';
import { changedValues, realChanges, remember } from './record.js';

const calculated: WriteSource = { changeSource: 'CALCULATED', sourceId: 'CalculatedPropertyComputer' };

/** What HubSpot works out by itself, and the modified time. */
function byHubspot(account: Account, { type }: CrmRecord, values: CrmRecord['values'], at: number): PropertyChanges {
  const modified = { [type.modifiedProperty]: new Date(at).toISOString() };
  if (type !== deals) return modified;
  const stage = account.pipelines.findStage(values.dealstage ?? '')?.stage;
  const { currencies, homeCurrency } = account;
  return { ...derivedValues({ values, stage, currencies, homeCurrency }), ...modified };
}

/** Applies changes to a record, brings everything that follows from them up to date and stores the new version. */
export function storeRecord(
  account: Account,
  record: CrmRecord,
  changes: PropertyChanges,
  { at, source }: { readonly at: number; readonly source: WriteSource },
): CrmRecord {
  const asked = changedValues(record.values, changes);
  const derived = realChanges({ values: asked }, byHubspot(account, record, asked, at));
  remember(record.history, changes, at, source);
  remember(record.history, derived, at, calculated);
  const stored = { ...record, values: changedValues(asked, derived), updatedAt: at };
  account.records.put(stored);
  return stored;
}
