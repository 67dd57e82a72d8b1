import type { CrmDeal } from '../../connectors/contract.js';

/**
 * Whether a deal of no registration may have been made in place of a registration's own: it was made since the oldest
 * registration that is watched was submitted, it is not lost, and no stamp of ours says whose it is. @param since that moment
 */
export function isStray(deal: Pick<CrmDeal, 'createdAt' | 'outcome' | 'registrationId'>, since: Date): boolean {
  if (deal.registrationId !== null || deal.outcome === 'lost') return false;
  return deal.createdAt === null || Date.parse(deal.createdAt) >= since.getTime();
}
