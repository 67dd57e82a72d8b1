import type { UnitOfWork } from '../platform/unit-of-work.js';
import type { FoundConflict } from './conflict.js';
import { addConflicts, lockRegistration, updateRegistration } from './registration.store.js';
import { conflictRow } from './submit-registration.handler.js';

/**
 * Writes what the search in the CRM found and, if nobody decided meanwhile, moves the registration on to review. Running it
 * twice adds nothing.
 */
export async function recordCrmCheck(uow: UnitOfWork, id: string, conflicts: readonly FoundConflict[]): Promise<void> {
  const registration = await lockRegistration(uow.trx, id);
  if (registration === undefined) return;
  await addConflicts(
    uow.trx,
    conflicts.map((conflict) => conflictRow(id, conflict, uow.now)),
  );
  const status = registration.status === 'submitted' ? 'in_review' : registration.status;
  await updateRegistration(uow.trx, id, { crm_check: 'done', status }, uow.now);
}
