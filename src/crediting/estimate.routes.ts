import { z } from 'zod';
import { maySeePartner } from '../access/visibility.js';
import { formatAmount } from '../money/money.js';
import { PartnerNotFound } from '../partners/partner-errors.js';
import { findPartner } from '../partners/partner.store.js';
import { countPerKey } from '../platform/http/rate-limits.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { TooManyEstimates } from './crediting-errors.js';
import { estimateBody, estimateShape } from './estimate.api.js';
import type { EstimateDeal } from './estimate.handler.js';
import type { CurrencySum, Estimate } from './estimate.js';

/** Where volumes decide on rates, each looks at all that the partner has won in the period. */
const estimatesAMinute = 20;

/** What a deal would earn a partner. */
export function estimateRoutes(estimateDeal: EstimateDeal): readonly Route[] {
  const mayEstimate = countPerKey({ limit: estimatesAMinute, windowMs: 60_000 });
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/partners/{id}/estimate',
      access: 'any',
      kind: 'read',
      summary: 'What a deal would earn a partner',
      description:
        'The deal is imagined: registered in time, won today, and paid for in full. It goes by the plan in force and the volumes ' +
        'as they stand. Writes nothing and promises nothing.',
      tags: ['Plans'],
      params: z.strictObject({ id: z.string().max(100) }),
      body: estimateBody,
      responses: { 200: estimateShape },
      handle: async ({ db, now, actor, params: { id }, body }) => {
        if (!maySeePartner(actor, id) || (await findPartner(db, id)) === undefined) throw new PartnerNotFound(id);
        if (!(await mayEstimate(id))) throw new TooManyEstimates(estimatesAMinute);
        const { amount, money, product, country, fields } = body;
        const deal = { partnerId: id, amount, ...money, product, country, fields };
        return { status: 200, body: estimateOnWire(id, await estimateDeal(db, now, deal)) };
      },
    }),
  ];
}

function estimateOnWire(partnerId: string, { day, totals, lines, others, whyNot }: Estimate) {
  return {
    partnerId,
    day,
    totals: totals.map(moneyOnWire),
    lines: lines.map(({ component, kind, payableOn, planVersion, sentences, ...money }) => ({
      ...moneyOnWire(money),
      ...{ component, kind, payableOn, planVersion, sentences: [...sentences] },
    })),
    others: others.map(moneyOnWire),
    whyNot: [...whyNot],
  };
}

function moneyOnWire({ amountMinor, currency }: CurrencySum) {
  return { amount: formatAmount(amountMinor, currency), currency };
}
