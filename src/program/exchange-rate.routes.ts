import { z } from 'zod';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { day } from './calendar.api.js';
import { newRateSheet, rateSheet } from './exchange-rate.api.js';
import type { StoreRates } from './exchange-rate.handler.js';
import { listSheets } from './exchange-rate.store.js';

const tags = ['Program'];
const path = '/api/v1/exchange-rates';
const position = z.object({ day, base: z.string().max(3) });

/** The table of exchange rates. */
export function exchangeRateRoutes(storeRates: StoreRates): readonly Route[] {
  return [
    defineRoute({
      method: 'put',
      path,
      access: 'operator',
      right: 'money:record',
      kind: 'write',
      summary: 'Store the exchange rates of a day',
      description:
        'A rate that is there already is replaced, and lines that were computed with it are adjusted. Rates that are left out ' +
        'stay as they were.',
      tags,
      body: newRateSheet,
      responses: { 200: rateSheet },
      handle: async ({ uow, actor, body }) => {
        await storeRates(uow, actor, [body]);
        return { status: 200, body };
      },
    }),
    defineRoute({
      method: 'get',
      path,
      access: 'operator',
      kind: 'read',
      summary: 'Exchange rates by day, the latest first',
      tags,
      query: z.strictObject(pageQuery),
      responses: { 200: pageOf(rateSheet) },
      handle: async ({ db, query: { cursor, limit } }) => {
        const after = readCursor(cursor, position) ?? null;
        const sheets = await listSheets(db, { after, limit: limit + 1 });
        return {
          status: 200,
          body: toPage(
            sheets,
            limit,
            ({ day: lastDay, base }) => ({ day: lastDay, base }),
            (sheet) => sheet,
          ),
        };
      },
    }),
  ];
}
