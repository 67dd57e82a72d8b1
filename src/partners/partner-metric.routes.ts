import { z } from 'zod';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { metricQuery, metricsBody, metricShape, metricsRecorded } from './partner-metric.api.js';
import { listMetrics } from './partner-metric.store.js';
import type { StoreMetrics } from './store-metrics.handler.js';

const tags = ['Partners'];
const path = '/api/v1/metrics';
const position = z.strictObject({ partnerId: z.string(), name: z.string(), period: z.string() });

/** Figures about partners that plans may look at. */
export function partnerMetricRoutes(storeMetrics: StoreMetrics): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path,
      access: 'operator',
      right: 'money:record',
      kind: 'write',
      summary: 'Record figures about partners',
      description:
        'One, or up to 1000 as `{metrics: […]}`, recorded together or not at all. A later figure for the same partner, name and ' +
        'period takes the place of an earlier one.',
      tags,
      body: metricsBody,
      responses: { 200: metricsRecorded },
      handle: async ({ uow, actor, body }) => {
        const report =
          'metrics' in body
            ? body.metrics.map((metric, index) => ({ place: `metrics[${String(index)}].`, metric }))
            : [{ place: '', metric: body }];
        return { status: 200, body: { recorded: await storeMetrics(uow, actor, report) } };
      },
    }),
    defineRoute({
      method: 'get',
      path,
      access: 'operator',
      kind: 'read',
      summary: 'Figures about partners',
      tags,
      query: z.strictObject({ ...pageQuery, ...metricQuery }),
      responses: { 200: pageOf(metricShape) },
      handle: async ({ db, query }) => {
        const after = readCursor(query.cursor, position) ?? null;
        const metrics = await listMetrics(db, query, { after, limit: query.limit + 1 });
        const positionOf = ({ partnerId, name, period }: (typeof metrics)[number]) => ({ partnerId, name, period });
        return { status: 200, body: toPage(metrics, query.limit, positionOf, (metric) => metric) };
      },
    }),
  ];
}
