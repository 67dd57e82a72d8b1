import { maySeePartner } from '../access/visibility.js';
import { PartnerNotFound } from '../partners/partner-errors.js';
import { findPartner } from '../partners/partner.store.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { statementCsv, statementOnWire } from './statement-wire.js';
import { statementParams, statementQuery, statementShape } from './statement.api.js';
import { readStatement } from './statement.handler.js';

export function statementRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/statements/{partner}/{period}',
      access: 'any',
      kind: 'read',
      summary: "A partner's statement of a month, by currency",
      description:
        'What was booked in the month, in the time zone of the program: the opening balance, lines, adjustments of earlier ' +
        'months, payouts, and the closing balance. A final statement never changes. Also as CSV, with `format=csv` or ' +
        '`Accept: text/csv`.',
      tags: ['Payouts'],
      params: statementParams,
      query: statementQuery,
      alsoCsv: true,
      responses: { 200: statementShape },
      handle: async ({ db, now, actor, params: { partner, period } }) => {
        const exists = maySeePartner(actor, partner) && (await findPartner(db, partner)) !== undefined;
        if (!exists) throw new PartnerNotFound(partner);
        const body = statementOnWire(await readStatement(db, now, partner, period));
        const csv = { name: `statement-${partner}-${period}.csv`, text: () => statementCsv(body) };
        return { status: 200, body, csv };
      },
    }),
  ];
}
