import { openProblemsAbout, resolveProblems } from '../platform/problems.store.js';
import type { Database } from '../platform/database.js';
import type { Transact } from '../platform/unit-of-work.js';
import type { RegistrationRow } from '../registration/registration.store.js';
import { updateLink } from '../sync/crm-link.store.js';
import { conversionGuard } from './alarm.js';
import { keepOpen, proposalsOf } from './link-proposal.store.js';

/**
 * Ends what is open about registrations that no other deal can be meant for any more. One whose protection ran out before anybody
 * decided keeps its proposals: the deal may have been won in time.
 */
export async function standDown(
  deps: { readonly db: Database; readonly transact: Transact },
  registrations: readonly RegistrationRow[],
): Promise<void> {
  if (registrations.length === 0) return;
  const ids = registrations.map((registration) => registration.id);
  const proposed = (await proposalsOf(deps.db, ids)).filter((proposal) => proposal.status === 'open');
  const alarmed = await openProblemsAbout(deps.db, conversionGuard, ids);
  const busy = new Set([...proposed.map((one) => one.registration_id), ...alarmed.map((one) => one.workKey)]);
  for (const { id, status, holds_company: holds } of registrations) {
    // A registration that was won may lose its deal again, and stays watched while it is protected.
    const keepsProposals = status === 'expired';
    if (holds && !busy.has(id)) continue;
    await deps.transact(async (uow) => {
      if (!holds) await updateLink(uow.trx, id, { watched_from: null });
      if (keepsProposals) return;
      await keepOpen(uow.trx, id, [], uow.now);
      await resolveProblems(uow.trx, conversionGuard, [id], uow.now);
    });
  }
}
