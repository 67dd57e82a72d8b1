import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/route.js';
import { overviewShape } from './overview.api.js';
import { readOverview } from './overview.handler.js';

const mostMonths = 24;

/** How the program goes. */
export function overviewRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/overview',
      access: 'operator',
      summary: 'How the program goes, by month',
      description:
        'Sourced pipeline, wins, win rate, time to answer and what the channel costs. Months are those of the program’s time zone; ' +
        'the rows behind a figure are listed by `GET /api/v1/registrations` with `by`, `from` and `to`, and by ' +
        '`GET /api/v1/commissions` with `period`.',
      tags: ['overview'],
      query: z.strictObject({ months: z.coerce.number().int().min(1).max(mostMonths).default(12) }),
      responses: { 200: overviewShape },
      kind: 'read',
      handle: async ({ db, now, query: { months } }) => ({ status: 200, body: await readOverview(db, now, months) }),
    }),
  ];
}
