import type { CustomerRecords, DealAround, DealTies } from '../contract.js';
import { batchSize } from './api.js';
import { readTies } from './associations.js';
import type { Call } from './call.js';
import type { DealMapping } from './mapping.js';
import { newerFirst, readRecords } from './records.js';

/** Whom many deals are about: two calls, one for each side, however many deals they are. */
export async function tiesOfDeals(call: Call, crmDealIds: readonly string[]): Promise<readonly DealTies[]> {
  const from = { type: 'deals', ids: crmDealIds } as const;
  const [contacts, companies] = await Promise.all([
    readTies(call, from, 'contacts'),
    readTies(call, from, 'companies'),
  ]);
  return [...new Set([...contacts.keys(), ...companies.keys()])].map((crmDealId) => ({
    crmDealId,
    contactIds: contacts.get(crmDealId) ?? [],
    companyIds: companies.get(crmDealId) ?? [],
  }));
}

/** The newest deals that stand on any of these records: a call for each side, and one that reads the deals. */
export async function dealsAround(
  call: Call,
  mapping: DealMapping,
  { contactIds, companyIds }: CustomerRecords,
): Promise<readonly DealAround[]> {
  const [ofContacts, ofCompanies] = await Promise.all([
    readTies(call, { type: 'contacts', ids: contactIds }, 'deals'),
    readTies(call, { type: 'companies', ids: companyIds }, 'deals'),
  ]);
  const ids = [...new Set([...ofContacts.values(), ...ofCompanies.values()].flat())];
  const newest = ids.sort(newerFirst).slice(0, batchSize);
  const deals = await mapping.toDeals(await readRecords(call, 'deals', newest, { properties: mapping.properties }));
  return deals.map((deal) => ({
    deal,
    contactIds: holders(ofContacts, deal.crmDealId),
    companyIds: holders(ofCompanies, deal.crmDealId),
  }));
}

function holders(ties: ReadonlyMap<string, readonly string[]>, dealId: string): readonly string[] {
  return [...ties].filter(([, dealIds]) => dealIds.includes(dealId)).map(([holderId]) => holderId);
}
