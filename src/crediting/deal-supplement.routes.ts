import { z } from 'zod';
import type { Reader } from '../platform/database.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { findDeals } from '../sync/crm-link.store.js';
import { DealNotFound } from './deal-supplement-errors.js';
import { supplementChange, supplementShape } from './deal-supplement.api.js';
import { nothingKnown } from './deal-supplement.js';
import { supplementsOfDeals } from './deal-supplement.store.js';
import { supplementDeals } from './supplement-deals.handler.js';

const tags = ['Deals'];
const path = '/api/v1/deals/{id}/supplement';
const params = z.strictObject({ id: z.string().max(60) });

/** What is known of a deal beside the CRM. */
export function dealSupplementRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'put',
      path,
      access: 'operator',
      right: 'money:record',
      kind: 'write',
      summary: 'Say what the CRM does not know of a deal',
      description: 'What is left out keeps its value; null takes it away.',
      tags,
      params,
      body: supplementChange,
      responses: { 200: supplementShape },
      handle: async ({ uow, actor, params: { id }, body }) => {
        await refuseUnknown(uow.trx, id);
        await supplementDeals(uow, actor, [{ place: '', dealId: id, change: body }]);
        return { status: 200, body: await supplementOf(uow.trx, id) };
      },
    }),
    defineRoute({
      method: 'get',
      path,
      access: 'operator',
      kind: 'read',
      summary: 'What is known of a deal beside the CRM',
      tags,
      params,
      responses: { 200: supplementShape },
      handle: async ({ db, params: { id } }) => {
        await refuseUnknown(db, id);
        return { status: 200, body: await supplementOf(db, id) };
      },
    }),
  ];
}

/** @throws DealNotFound */
async function refuseUnknown(db: Reader, dealId: string): Promise<void> {
  if ((await findDeals(db, [dealId])).length === 0) throw new DealNotFound(dealId);
}

async function supplementOf(db: Reader, dealId: string) {
  const { churnedOn, fields } = (await supplementsOfDeals(db, [dealId])).get(dealId) ?? nothingKnown;
  return { dealId, churnedOn, fields: { ...fields } };
}
