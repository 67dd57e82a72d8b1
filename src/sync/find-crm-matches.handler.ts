import { conflictsInCrm } from '../registration/conflict.js';
import { recordCrmCheck } from '../registration/record-crm-check.handler.js';
import { findContact, findRegistration } from '../registration/registration.store.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { Transact } from '../platform/unit-of-work.js';
import { wishRule } from '../review/approve-by-rule.handler.js';
import type { Connections } from './connections.js';
import { ensureDeals } from './crm-link.store.js';
import { connectionOfRegistration } from './registration-connection.handler.js';

/**
 * Looks for the prospect in the CRM that its registration goes to and records what an operator should see before deciding. The deals found get ids of
 * ours, so that approval can attach to one of them. Without a connected CRM the check finds nothing.
 * @throws the connector's failures
 */
export function createFindCrmMatches(deps: {
  readonly db: Database;
  readonly transact: Transact;
  readonly connections: Connections;
  readonly clock: Clock;
}): (registrationId: string) => Promise<void> {
  return async (registrationId) => {
    const registration = await findRegistration(deps.db, registrationId);
    const contact = await findContact(deps.db, registrationId);
    if (registration === undefined || contact === undefined) return;
    const connection = await connectionOfRegistration(deps.db, registration, deps.clock.now());
    const connector = connection && deps.connections.connector(connection.id);
    const matches =
      connector === undefined
        ? []
        : await connector.findMatches({
            company: {
              name: registration.company_name,
              domain: registration.company_domain,
              country: registration.country,
            },
            email: contact.email,
          });
    // The CRM may already hold the deal of this very registration: it is no rival of its own.
    const rivals = matches.filter((match) => match.deal?.registrationId !== registrationId);
    const crmDealIds = rivals.filter((match) => match.objectType === 'deal').map((match) => match.crmId);
    await deps.transact(async (uow) => {
      const dealIds =
        connection === undefined
          ? new Map<string, string>()
          : await ensureDeals(uow.trx, connection, crmDealIds, uow.now);
      await recordCrmCheck(uow, registrationId, conflictsInCrm(rivals, dealIds));
      // Without a CRM nothing was searched, and nothing is approved without a person.
      if (connector !== undefined) await wishRule(uow, registrationId);
    });
  };
}
