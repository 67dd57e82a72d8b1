import type { FaultInput } from '../../connectors/hubspot/simulator/wire/fault-rules.js';
import type { HookedRequest } from '../../connectors/simulator/request-hooks.js';
import type { HubspotSimulator } from '../../connectors/hubspot/simulator/start.js';

/** Every write by which a registration gets into HubSpot and a commission is shown there, in their order. */
export const crmWrites = [
  'contact',
  'company',
  'deal',
  'tie to the contact',
  'tie to the company',
  'rep view',
] as const;
export type CrmWrite = (typeof crmWrites)[number];

const routes: Readonly<Record<CrmWrite, RegExp>> = {
  contact: /^POST \/crm\/objects\/contacts$/,
  company: /^POST \/crm\/objects\/companies$/,
  deal: /^POST \/crm\/objects\/deals\/batch\/upsert$/,
  'tie to the contact': /^PUT \/crm\/objects\/deals\/.*\/default\/contacts\//,
  'tie to the company': /^PUT \/crm\/objects\/deals\/.*\/default\/companies\//,
  'rep view': /^POST \/crm\/objects\/deals\/batch\/update$/,
};

/** Whether a request is this write, for this registration where one is named. */
export function isCrmWrite(
  hubspot: HubspotSimulator,
  request: HookedRequest,
  write: CrmWrite,
  registrationId?: string,
): boolean {
  const route = routePath(request);
  if (!routes[write].test(`${request.method} ${route}`)) return false;
  if (registrationId === undefined) return true;
  const told = JSON.stringify(request.body ?? null);
  if (told.includes(registrationId)) return true;
  const deal = hubspot.person
    .records('deals')
    .find((record) => record.properties['introducer_registration_id'] === registrationId);
  if (deal === undefined) return false;
  return request.path.includes(`/deals/${deal.id}/`) || told.includes(`"id":"${deal.id}"`);
}

/** The path without its version. */
function routePath({ path }: HookedRequest): string {
  return path.replace(/^\/crm\/(v\d+|objects(?=\/\d{4}))\//, '/crm/');
}

/** Lets one write of one registration go wrong, once. @returns whether it has */
export function spoilCrmWrite(
  hubspot: HubspotSimulator,
  write: CrmWrite,
  registrationId: string,
  kind: FaultInput['kind'],
): () => boolean {
  let struck = false;
  const remove = hubspot.onRequest({
    when: 'before',
    act: (request) => {
      if (struck || !isCrmWrite(hubspot, request, write, registrationId)) return undefined;
      struck = true;
      remove();
      // Nothing comes between this hook and the look for faults, so it is this very request that is hit.
      hubspot.addFault({ kind, method: request.method, path: request.path, count: 1 });
      return undefined;
    },
  });
  return () => struck;
}
