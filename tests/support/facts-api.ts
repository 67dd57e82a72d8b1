import { migrations } from '../../src/migrations.js';
import type { Route } from '../../src/platform/http/route.js';
import { ensureConnection } from '../../src/sync/connection.store.js';
import { ensureDeals, openLink, updateLink } from '../../src/sync/crm-link.store.js';
import type { DealState } from '../../src/watch/deal-change.js';
import { saveRevisions } from '../../src/watch/deal-state.store.js';
import { openTestDatabase } from './databases.js';
import { startTestApi, type TestApi } from './test-api.js';

/** Some routes on the whole schema, with nobody working in the background: work that is enqueued stays to be looked at. */
export interface FactsApi extends TestApi {
  /** Our id of a new deal. */
  addDeal(): Promise<string>;
  /** Id of a new registration, linked to the deal if one is named. */
  addRegistration(dealId?: string): Promise<string>;
  linkRegistration(registrationId: string, dealId: string): Promise<void>;
  /** A new deal that a registration of the partner won. */
  addWin(partnerId: string): Promise<string>;
  /** Deals that are to be credited, which are then forgotten. */
  takeCrediting(): Promise<readonly string[]>;
}

const connection = { id: 'hubspot', crm: 'hubspot', name: 'HubSpot' } as const;

export async function startFactsApi(extraRoutes: readonly Route[]): Promise<FactsApi> {
  const api = await startTestApi({ open: () => openTestDatabase({ migrations }), extraRoutes });
  const { db, transact } = api;
  let count = 0;
  await transact((uow) => ensureConnection(uow.trx, connection, uow.now));
  const linkRegistration = (registrationId: string, dealId: string): Promise<void> =>
    transact(async (uow) => {
      await openLink(uow.trx, { registrationId, connectionId: connection.id, watchedFrom: uow.now }, uow.now);
      await updateLink(uow.trx, registrationId, { deal_id: dealId, linked_at: uow.now });
    });
  const addDeal = async (): Promise<string> => {
    count += 1;
    const crmDealId = String(count);
    const ids = await transact((uow) => ensureDeals(uow.trx, connection, [crmDealId], uow.now));
    return ids.get(crmDealId) ?? '';
  };
  const addRegistration = async (dealId?: string, partnerId = 'par_1'): Promise<string> => {
    count += 1;
    const id = `reg_${String(count)}`;
    await db
      .insertInto('registrations')
      .values({ ...registrationRow(id), partner_id: partnerId })
      .execute();
    if (dealId !== undefined) await linkRegistration(id, dealId);
    return id;
  };
  return {
    ...api,
    linkRegistration,
    addDeal,
    addRegistration,
    addWin: async (partnerId) => {
      const dealId = await addDeal();
      await addRegistration(dealId, partnerId);
      const revision = { dealId, revision: 1, state: wonState, changes: [], crmModifiedAt: null };
      await transact((uow) => saveRevisions(uow.trx, [revision], uow.now));
      return dealId;
    },
    takeCrediting: async () => {
      const rows = await db.deleteFrom('work').where('kind', '=', 'credit-deals').returning('key').execute();
      return rows.map(({ key }) => key).sort();
    },
  };
}

const wonState: DealState = {
  name: null,
  pipelineId: null,
  stageId: null,
  stageLabel: null,
  outcome: 'won',
  presence: 'present',
  amount: '1000.00',
  currency: 'EUR',
  closeDate: null,
  ownerId: null,
  wonAt: '2026-03-01T10:00:00.000Z',
  stampedRegistrationId: null,
  stampedPartner: null,
  fields: {},
};

function registrationRow(id: string) {
  const now = new Date('2026-03-01T09:00:00.000Z');
  return {
    id,
    status: 'approved' as const,
    source: 'api' as const,
    company_name: 'Acme',
    company_key: `domain:${id}.com`,
    contact_key: id,
    name_key: 'acme',
    product: '',
    product_key: '',
    availability: 'clear' as const,
    content_hash: '',
    receipt: '{}',
    submitted_at: now,
    crm_check: 'done' as const,
    holds_company: true,
    outcome: 'open' as const,
    updated_at: now,
  };
}
