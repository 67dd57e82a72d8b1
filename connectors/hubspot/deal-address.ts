import { pastedUrl, type DealAddress } from '../record-address.js';

/** One host for each part of the world that accounts are kept in. */
const host = /^app(?:-[a-z0-9]+)?\.hubspot\.com$/;
/** `0-3` is HubSpot's number for deals; older addresses have the word. */
const path = /^\/contacts\/(\d+)\/(?:record\/0-3|deal)\/(\d+)(?:\/|$)/;

/** The deal at an address of HubSpot, or null for another address. */
export function hubspotDealAt(address: string): DealAddress | null {
  const url = pastedUrl(address);
  const [, accountId, crmDealId] = (url !== null && host.test(url.hostname) && path.exec(url.pathname)) || [];
  return accountId === undefined || crmDealId === undefined ? null : { accountId, crmDealId };
}
