import { pastedUrl, type DealAddress } from '../record-address.js';
import { fullId, isIdOf } from './ids.js';

const host = /\.(?:lightning\.force|my\.salesforce|salesforce)\.com$/;
/** Of Lightning with and without the kind of record, and of the pages before it. */
const path = /^\/(?:lightning\/r\/(?:Opportunity\/)?)?([A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?)(?:\/|$)/;

/** The opportunity at an address of Salesforce, or null for another address. It does not say of which organisation. */
export function salesforceDealAt(address: string): DealAddress | null {
  const url = pastedUrl(address);
  const [, found] = (url !== null && host.test(url.hostname) && path.exec(url.pathname)) || [];
  const crmDealId = found === undefined ? null : fullId(found);
  return crmDealId === null || !isIdOf('Opportunity', crmDealId) ? null : { accountId: null, crmDealId };
}
