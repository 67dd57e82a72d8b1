import { z } from 'zod';
import { formatAmount } from '../money/money.js';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import type { ManualDecision } from '../plans/facts.js';
import { decideManually } from './decide-manually.handler.js';
import { decisionQuery, decisionShape, newDecision } from './manual-decision.api.js';
import { listDecisions } from './manual-decision.store.js';

const tags = ['Commissions'];
const path = '/api/v1/decisions';
const position = z.strictObject({ id: z.string() });

/** What persons decide about commissions, above every plan. */
export function manualDecisionRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path,
      access: 'operator',
      right: 'money:record',
      kind: 'write',
      summary: 'Decide what a commission is, or add an amount',
      description:
        '`set` says what a rule pays a partner for a deal, `add` books an amount of its own. Nothing that is booked is edited: ' +
        'the difference becomes a line that names author and reason.',
      tags,
      body: newDecision,
      responses: { 201: decisionShape },
      handle: async ({ uow, actor, body }) => ({
        status: 201,
        body: decisionOnWire(await decideManually(uow, actor, body)),
      }),
    }),
    defineRoute({
      method: 'get',
      path,
      access: 'operator',
      kind: 'read',
      summary: 'What was decided about commissions, newest first',
      tags,
      query: z.strictObject({ ...pageQuery, ...decisionQuery }),
      responses: { 200: pageOf(decisionShape) },
      handle: async ({ db, query }) => {
        const before = readCursor(query.cursor, position)?.id ?? null;
        const decisions = await listDecisions(db, query, { before, limit: query.limit + 1 });
        return { status: 200, body: toPage(decisions, query.limit, ({ id }) => ({ id }), decisionOnWire) };
      },
    }),
  ];
}

function decisionOnWire(decision: ManualDecision): z.input<typeof decisionShape> {
  const { amountMinor, on, ...rest } = decision;
  return { ...rest, amount: formatAmount(amountMinor, decision.currency), decidedOn: on };
}
