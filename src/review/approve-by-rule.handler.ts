import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import { dayIn } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import type { DecideRegistration } from '../registration/decide-registration.handler.js';
import { DomainError } from '../platform/domain-error.js';
import { conflictsOf, findRegistration, type RegistrationRow } from '../registration/registration.store.js';
import { traitsOf } from '../registration/registration-traits.handler.js';
import { fitsRule } from './approval-chain.js';
import { approvalSteps } from './approval-steps.handler.js';

/** Kind of the work that approves a registration by a rule, where one fits. Key: registration id. */
export const approveByRuleWork = 'approve-by-rule';

/** Has the rules looked at once the CRM was searched; does nothing where the program has none. */
export async function wishRule(uow: UnitOfWork, registrationId: string): Promise<void> {
  const { approvalRules } = (await loadProgram(uow.trx)).settings;
  if (approvalRules.length > 0) await uow.enqueue([{ kind: approveByRuleWork, key: registrationId }]);
}

/**
 * Approves a registration without a person, when the CRM was searched, nothing at all was found, one of the program's rules fits,
 * and no chain of approvers is asked for. Everything else waits for a person.
 */
export function createApproveByRule(deps: { readonly transact: Transact; readonly decide: DecideRegistration }) {
  return (registrationId: string): Promise<void> =>
    deps.transact(async (uow) => {
      const found = await findRegistration(uow.trx, registrationId);
      if (found?.status !== 'in_review') return;
      const registration = await lockedToApprove(uow, deps.decide, registrationId);
      if (registration === null || !(await isClear(uow, registration))) return;
      const { approvalRules, timeZone } = (await loadProgram(uow.trx)).settings;
      const traits = await traitsOf(uow.trx, registration, dayIn(uow.now, timeZone));
      if (!fitsRule(approvalRules, { ...traits, amount: registration.amount })) return;
      const reason = 'Nothing conflicts.';
      await deps.decide.approve(uow, { id: registrationId, actor: { kind: 'system' }, reason, dealId: null });
    });
}

/** Null where somebody decided meanwhile, or its partner left: that is a person's to see. */
async function lockedToApprove(
  uow: UnitOfWork,
  decide: DecideRegistration,
  id: string,
): Promise<RegistrationRow | null> {
  try {
    return await decide.lockToApprove(uow, { id, dealId: null, actor: { kind: 'system' } });
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

async function isClear(uow: UnitOfWork, registration: RegistrationRow): Promise<boolean> {
  if (registration.status !== 'in_review' || registration.crm_check !== 'done') return false;
  // Somebody had a question: the answer is theirs to read.
  if (registration.question !== null) return false;
  if (registration.availability !== 'clear' || (await conflictsOf(uow.trx, [registration.id])).length > 0) return false;
  const steps = (await approvalSteps(uow.trx, [registration], uow.now)).get(registration.id) ?? [];
  return steps.length === 0;
}
