import {
  CrmNotConnected,
  CrmUnauthorised,
  CrmUnavailable,
  type CrmConnector,
  type CrmFailure,
  type CrmLeads,
} from '../../connectors/contract.js';
import type { Database } from '../platform/database.js';
import { whileConnectedFeed, type SignIns } from './connected-feed.handler.js';
import { findConnection } from './connection.store.js';

export interface SignedIn {
  readonly signInId: string;
  readonly connector: CrmConnector;
}

/** Does something with the connector of the sign-in that counts now. @throws CrmNotConnected where there is none */
export type Through = <T>(act: (connector: CrmConnector) => Promise<T>) => Promise<T>;

/**
 * A connector of a connection that people make and end in the browser, maybe in another process: each call asks which sign-in counts
 * now, so that nothing is done with the tokens of one that is over, and a new one has a connector of its own that remembers nothing
 * of an account it could not see. Without one, every call throws CrmNotConnected, which waits and is no problem.
 */
export function whileConnected(deps: {
  readonly db: Database;
  readonly connectionId: string;
  readonly build: (signInId: string) => CrmConnector;
  /** How often a feed that is open looks whether its sign-in still counts; 5 s when absent. */
  readonly lookEveryMs?: number;
}): CrmConnector {
  let held: SignedIn | null = null;
  const signInId = async (): Promise<string | null> => {
    try {
      return (await findConnection(deps.db, deps.connectionId))?.sign_in_id ?? null;
    } catch (cause) {
      const vendorMessage = 'The database did not say whether the account is connected';
      throw new CrmUnavailable({ operation: 'look for the connection', vendorMessage, cause });
    }
  };
  const current = async (): Promise<SignedIn> => {
    const id = await signInId();
    if (id === null) throw notConnected();
    if (held?.signInId !== id) held = { signInId: id, connector: deps.build(id) };
    return held;
  };
  const through: Through = async (act) => {
    const used = await current();
    try {
      return await act(used.connector);
    } catch (error) {
      // Refused because it ended meanwhile: that is no fault, and what was asked is asked again.
      if (error instanceof CrmUnauthorised && (await signInId()) !== used.signInId) throw notConnected(error);
      throw error;
    }
  };
  return connectorThrough(deps.build(''), through, { current, signInId, lookEveryMs: deps.lookEveryMs ?? 5_000 });
}

function notConnected(cause?: CrmFailure): CrmNotConnected {
  return new CrmNotConnected({ operation: 'use the CRM', vendorMessage: 'nobody has connected the account', cause });
}

/** @param shape any connector of the same CRM: what it has does not hang on who signed in */
function connectorThrough(shape: CrmConnector, through: Through, signIns: SignIns): CrmConnector {
  return {
    kind: shape.kind,
    limits: shape.limits,
    leads: shape.leads === null ? null : leadsThrough(shape.leads, through),
    feed: shape.feed === null ? null : whileConnectedFeed(shape.feed.remedy, signIns),
    account: () => through((crm) => crm.account()),
    provision: () => through((crm) => crm.provision()),
    examine: (context) => through((crm) => crm.examine(context)),
    stages: () => through((crm) => crm.stages()),
    pipelines: () => through((crm) => crm.pipelines()),
    fields: (record) => through((crm) => crm.fields(record)),
    findMatches: (query) => through((crm) => crm.findMatches(query)),
    ensureContact: (request) => through((crm) => crm.ensureContact(request)),
    ensureCompany: (request) => through((crm) => crm.ensureCompany(request)),
    ensureDeal: (request) => through((crm) => crm.ensureDeal(request)),
    attachDeal: (request) => through((crm) => crm.attachDeal(request)),
    readDeals: (ids, options) => through((crm) => crm.readDeals(ids, options)),
    tiesOfDeals: (ids) => through((crm) => crm.tiesOfDeals(ids)),
    addressesOf: (records) => through((crm) => crm.addressesOf(records)),
    dealsAround: (records) => through((crm) => crm.dealsAround(records)),
    changesSince: (cursor, since) => through((crm) => crm.changesSince(cursor, since)),
    writeBack: (updates) => through((crm) => crm.writeBack(updates)),
  };
}

function leadsThrough(shape: CrmLeads, through: Through): CrmLeads {
  const ofLeads = <T>(act: (leads: CrmLeads) => Promise<T>): Promise<T> => through((crm) => act(crm.leads ?? shape));
  return {
    limit: shape.limit,
    ensureLead: (request) => ofLeads((leads) => leads.ensureLead(request)),
    readLeads: (ids) => ofLeads((leads) => leads.readLeads(ids)),
    writeBack: (updates) => ofLeads((leads) => leads.writeBack(updates)),
  };
}
