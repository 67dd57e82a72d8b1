import type { NewProblem } from '../platform/problems.store.js';
import type { Candidate } from './judge-link.js';

/** The name of the guard in the list of problems. Another than its work's, whose problems close when it goes on. */
export const conversionGuard = 'conversion-guard';

/** Why a person is called, and what there is to decide. */
export type Alarm =
  | { readonly kind: 'proposed'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'converted-without-deal' }
  | { readonly kind: 'lead-deleted' };

/** The problem that calls rev ops to a registration whose credit may get lost. */
export function alarmProblem(registrationId: string, alarm: Alarm): NewProblem {
  return {
    kind: 'refused',
    workKind: conversionGuard,
    workKey: registrationId,
    payload: null,
    subjectType: 'registration',
    subjectId: registrationId,
    ...wordsOf(registrationId, alarm),
  };
}

function wordsOf(registrationId: string, alarm: Alarm): { readonly title: string; readonly detail: string } {
  switch (alarm.kind) {
    case 'proposed':
      return {
        title: 'Another deal may have taken the place of the registered one',
        detail: `${dealsNamed(alarm.candidates)} Accept or reject what is proposed at /api/v1/link-proposals?registrationId=${registrationId}.`,
      };
    case 'converted-without-deal':
      return {
        title: 'The lead was converted without a deal',
        detail:
          'Nothing that stands on its contact or company can be meant yet. A deal that is made there will be proposed by itself.',
      };
    case 'lead-deleted':
      return {
        title: 'The lead was deleted in the CRM',
        detail: 'It was not converted, so no deal follows from it. Restore it there, or reject the registration.',
      };
  }
}

function dealsNamed(candidates: readonly Candidate[]): string {
  const named = candidates.map(({ around: { deal } }) => `"${deal.name ?? ''}" (${deal.crmDealId})`).join(', ');
  return candidates.length === 1
    ? `The deal ${named} stands on its contact or company.`
    : `${String(candidates.length)} deals stand on its contact or company, the likeliest first: ${named}.`;
}
