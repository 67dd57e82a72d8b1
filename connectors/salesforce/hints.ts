import type { CrmSignal } from '../contract.js';
import { fullId } from './ids.js';

/**
 * Records that may have changed, as signals of the contract: opportunities are deals, Leads are leads, and all others are nobody's
 * business. Ids are compared as text further on, so each gets its 18 characters.
 */
export function signalsAbout(
  object: string,
  ids: readonly string[],
  about: { readonly accountId: string | null; readonly stageHintOf: (id: string) => string | null },
): readonly CrmSignal[] {
  const { accountId, stageHintOf } = about;
  switch (object) {
    case 'Opportunity':
      return ids.flatMap((id) => {
        const crmDealId = fullId(id);
        return crmDealId === null ? [] : [{ objectType: 'deal', accountId, crmDealId, stageHint: stageHintOf(id) }];
      });
    case 'Lead':
      return ids.flatMap((id) => {
        const crmLeadId = fullId(id);
        return crmLeadId === null ? [] : [{ objectType: 'lead', accountId, crmLeadId }];
      });
    default:
      return [];
  }
}
