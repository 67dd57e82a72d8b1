import type { CrmConnector, DealAround } from '../../connectors/contract.js';
import type { Database } from '../platform/database.js';
import type { Transact } from '../platform/unit-of-work.js';
import type { WorkOutcome } from '../platform/work.js';
import { findRegistrations, type RegistrationRow } from '../registration/registration.store.js';
import type { Connections } from '../sync/connections.js';
import { linksOfRegistrations, type CrmLinkRow } from '../sync/crm-link.store.js';
import { findDealStates } from '../watch/deal-state.store.js';
import { needOf } from './guarded.js';
import { standDown } from './stand-down.handler.js';
import { decideLink } from './decide-link.handler.js';

export interface GuardDependencies {
  readonly db: Database;
  readonly transact: Transact;
  readonly connections: Connections;
}

/** How long a registration on its way into the CRM is given to arrive. */
const arrivalMs = 30_000;

/**
 * Looks at registrations whose deal may be another one by now, and acts on what is found: moves the link where it is certain,
 * proposes and calls a person where it is not, and ends what has become needless. Only a registration that is still guarded
 * costs calls to the CRM.
 * @throws the connector's failures; nothing is noted of that registration then
 */
export function createGuardLinks(deps: GuardDependencies) {
  return async (registrationIds: readonly string[], now: Date): Promise<ReadonlyMap<string, WorkOutcome>> => {
    const registrations = await findRegistrations(deps.db, registrationIds);
    const links = new Map(
      (await linksOfRegistrations(deps.db, registrationIds)).map((link) => [link.registration_id, link]),
    );
    const states = await findDealStates(
      deps.db,
      [...links.values()].flatMap((link) => link.deal_id ?? []),
    );
    const outcomes = new Map<string, WorkOutcome>();
    const over: RegistrationRow[] = [];
    for (const registration of registrations) {
      const link = links.get(registration.id);
      const need = needOf(registration, link, states.get(link?.deal_id ?? '')?.state ?? null);
      if (need.kind === 'over') over.push(registration);
      else if (need.kind === 'arriving') outcomes.set(registration.id, { kind: 'again', at: later(now) });
      else if (link !== undefined) await look(deps, registration.id, link);
    }
    await standDown(deps, over);
    return outcomes;
  };
}

function later(now: Date): Date {
  return new Date(now.getTime() + arrivalMs);
}

async function look(deps: GuardDependencies, registrationId: string, link: CrmLinkRow): Promise<void> {
  const connector = deps.connections.connector(link.connection_id);
  if (connector === undefined) return;
  const around = await readAround(connector, link);
  await deps.transact((uow) => decideLink(uow, registrationId, connector.kind, around));
}

function readAround(connector: CrmConnector, link: CrmLinkRow): Promise<readonly DealAround[]> {
  const contactIds = link.crm_contact_id === null ? [] : [link.crm_contact_id];
  const companyIds = link.crm_company_id === null ? [] : [link.crm_company_id];
  if (contactIds.length + companyIds.length === 0) return Promise.resolve([]);
  return connector.dealsAround({ contactIds, companyIds });
}
