import { openProblemsTitled, type Problem } from '../platform/problems.store.js';
import { enqueueAgain } from '../platform/retry-problem.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { findRegistrations } from '../registration/registration.store.js';
import { findDeals, linksOfRegistrations } from './crm-link.store.js';
import { connectionOfRegistration } from './registration-connection.handler.js';

const pageSize = 500;

/**
 * Tries again, as a person would one by one, what was set aside under this title of one connection. Each problem closes once its work
 * is done.
 */
export async function takeUpRefused(
  uow: UnitOfWork,
  connectionId: string,
  refused: { readonly workKinds: readonly string[]; readonly title: string },
): Promise<void> {
  let after: string | null = null;
  do {
    const page: readonly Problem[] = await openProblemsTitled(uow.trx, refused, { limit: pageSize, after });
    const connections = await connectionsOf(uow, page);
    await enqueueAgain(
      uow,
      page.filter(({ subjectId }) => connections.get(subjectId) === connectionId),
    );
    after = page.length < pageSize ? null : (page.at(-1)?.id ?? null);
  } while (after !== null);
}

/** The connection of what each problem is about, by subject id. */
async function connectionsOf(
  { trx, now }: UnitOfWork,
  problems: readonly Problem[],
): Promise<ReadonlyMap<string, string>> {
  const about = (type: string) => problems.flatMap((one) => (one.subjectType === type ? [one.subjectId] : []));
  const registrationIds = about('registration');
  const connections = new Map(about('connection').map((id) => [id, id]));
  for (const deal of await findDeals(trx, about('deal'))) connections.set(deal.id, deal.connection_id);
  for (const link of await linksOfRegistrations(trx, registrationIds)) {
    connections.set(link.registration_id, link.connection_id);
  }
  const unlinked = registrationIds.filter((id) => !connections.has(id));
  for (const registration of await findRegistrations(trx, unlinked)) {
    const connection = await connectionOfRegistration(trx, registration, now);
    if (connection !== undefined) connections.set(registration.id, connection.id);
  }
  return connections;
}
