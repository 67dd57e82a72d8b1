import { z } from 'zod';
import { maySeePartner, partnerScope } from '../access/visibility.js';
import type { SignedInActor } from '../platform/actor.js';
import type { Reader } from '../platform/database.js';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import type { Signature } from '../platform/signing.js';
import { dayIn, type Day } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { findPartner } from '../partners/partner.store.js';
import { PartnerNotFound } from '../partners/partner-errors.js';
import { balancesOnWire, explanationOnWire, lineOnWire, recomputationOnWire, whyOnWire } from './commission-wire.js';
import {
  balancesShape,
  commissionQuery,
  commissionShape,
  explanationShape,
  recomputationShape,
  whyShape,
} from './commission.api.js';
import { findLines, listLines, partnerTotals } from './commission-line.store.js';
import { CommissionNotFound, PartnerNotAsked, WhyNotFound } from './crediting-errors.js';
import type { Recompute } from './recompute.handler.js';
import { whyForDeal, whyForRegistration, type Why, type WhyDependencies } from './why.handler.js';

export interface CommissionRouteDependencies extends WhyDependencies {
  readonly sign: (statement: unknown) => Signature;
  readonly recompute: Recompute;
}

const tags = ['Commissions'];
const position = z.strictObject({ id: z.string() });
const idParams = z.strictObject({ id: z.string().max(60) });

/** What partners earned, how it came about, and why something was not earned. */
export function commissionRoutes(deps: CommissionRouteDependencies): readonly Route[] {
  return [listRoute(), explanationRoute(deps), recomputeRoute(deps), balancesRoute(), ...whyRoutes(deps)];
}

function listRoute(): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/commissions',
    access: 'any',
    kind: 'read',
    summary: 'Commission lines, newest first',
    tags,
    query: z.strictObject({ ...pageQuery, ...commissionQuery }),
    responses: { 200: pageOf(commissionShape) },
    handle: async ({ db, now, actor, query }) => {
      const scope = partnerScope(actor, query.partnerId);
      if (scope.kind === 'none') return { status: 200, body: { items: [], nextCursor: null } };
      const { dealId, registrationId, status, period, limit } = query;
      const partnerId = scope.kind === 'one' ? scope.partnerId : undefined;
      const before = readCursor(query.cursor, position)?.id ?? null;
      const filter = { partnerId, dealId, registrationId, status, period };
      const lines = await listLines(db, filter, { before, limit: limit + 1 }, await today(db, now));
      return { status: 200, body: toPage(lines, limit, ({ id }) => ({ id }), lineOnWire) };
    },
  });
}

function explanationRoute(deps: CommissionRouteDependencies): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/commissions/{id}/explanation',
    access: 'any',
    kind: 'read',
    summary: 'The working of a line, signed',
    description:
      'Each step with its numbers, for a program and as sentences, and everything the line was computed from.',
    tags,
    params: idParams,
    responses: { 200: explanationShape },
    handle: async ({ db, now, actor, params: { id } }) => {
      const [line] = await findLines(db, [id], await today(db, now));
      if (line === undefined || !maySeePartner(actor, line.partnerId)) throw new CommissionNotFound(id);
      const statement = explanationOnWire(line);
      return { status: 200, body: { ...statement, signature: deps.sign(statement) } };
    },
  });
}

function recomputeRoute(deps: CommissionRouteDependencies): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/commissions/{id}/recompute',
    access: 'operator',
    kind: 'read',
    summary: 'Recompute a line from what is stored now',
    description:
      'Whether its stored inputs still have their hash, and whether everything booked for the same thing is what is due by ' +
      'the facts of today. Nothing is booked.',
    tags,
    params: idParams,
    responses: { 200: recomputationShape },
    handle: async ({ db, now, params: { id } }) => ({
      status: 200,
      body: recomputationOnWire(await deps.recompute(db, now, id)),
    }),
  });
}

function balancesRoute(): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/partners/{id}/balances',
    access: 'any',
    kind: 'read',
    summary: 'What a partner has coming, has been paid and owes, by currency',
    tags,
    params: idParams,
    responses: { 200: balancesShape },
    handle: async ({ db, now, actor, params: { id } }) => {
      const exists = maySeePartner(actor, id) && (await findPartner(db, id)) !== undefined;
      if (!exists) throw new PartnerNotFound(id);
      const totals = await partnerTotals(db, id, await today(db, now));
      return { status: 200, body: balancesOnWire(id, totals) };
    },
  });
}

function whyRoutes(deps: CommissionRouteDependencies): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/registrations/{id}/why',
      access: 'any',
      kind: 'read',
      summary: 'Why there is, or is not, a commission for a registration',
      tags,
      params: idParams,
      responses: { 200: whyShape },
      handle: async ({ db, now, actor, params: { id } }) => {
        const why = await whyForRegistration(deps, db, now, id);
        return { status: 200, body: shown(why, actor, id) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/deals/{id}/why',
      access: 'any',
      kind: 'read',
      summary: 'Why a partner is, or is not, credited with a deal',
      description: 'A partner key asks for itself.',
      tags,
      params: idParams,
      query: z.strictObject({ partnerId: z.string().max(60).optional() }),
      responses: { 200: whyShape },
      handle: async ({ db, now, actor, params: { id }, query }) => {
        const partnerId = query.partnerId ?? (actor.kind === 'partner' ? actor.partnerId : null);
        if (partnerId === null) throw new PartnerNotAsked();
        const why = await whyForDeal(deps, db, now, id, partnerId);
        // To a partner without a registration for it, a deal does not exist.
        const isNone = actor.kind === 'partner' && why?.report.registrationId === null;
        return { status: 200, body: shown(isNone ? null : why, actor, id) };
      },
    }),
  ];
}

function shown(why: Why | null, actor: SignedInActor, id: string) {
  if (why === null || !maySeePartner(actor, why.report.partnerId)) throw new WhyNotFound(id);
  return whyOnWire(why, actor.kind === 'operator');
}

async function today(db: Reader, now: Date): Promise<Day> {
  const { settings } = await loadProgram(db);
  return dayIn(now, settings.timeZone);
}
