import { z } from 'zod';
import { CrmRateLimited, CrmUnauthorised, type CrmAccount } from '../contract.js';
import { apiPaths } from './api.js';
import type { Call } from './call.js';

const accountShape = z.object({
  portalId: z.union([z.number(), z.string()]).transform(String),
  companyCurrency: z.string().nullish(),
});

const forbidden = 403;

/** Who answers: portal id and home currency, or `null` where HubSpot does not say. */
export async function readAccount(call: Call): Promise<CrmAccount> {
  const operation = 'read the account';
  const path = apiPaths.accountDetails;
  try {
    const account = await call({ operation, effect: 'read', lane: 'general', method: 'GET', path }, accountShape);
    return { accountId: account.portalId, currency: account.companyCurrency ?? null };
  } catch (error) {
    // Knowing who answers only filters signals, so nothing waits for it: what does not work here will say so elsewhere.
    const isOurToken = error instanceof CrmUnauthorised && error.httpStatus !== forbidden;
    if (isOurToken || error instanceof CrmRateLimited) throw error;
    return { accountId: null, currency: null };
  }
}
