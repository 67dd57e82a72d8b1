import { recordAudit } from '../audit/audit.store.js';
import { actorKey, type Actor } from '../platform/actor.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { MetricsRefused } from './partner-errors.js';
import { freshMetrics, partnerFaults, subjectOf, type PlacedMetric } from './partner-metric.js';
import { insertMetrics, lockMetrics, metricsOfPartners } from './partner-metric.store.js';
import { findPartners } from './partner.store.js';

export interface StoreMetricsDependencies {
  /** Has the deals of partners looked at again, in this unit of work. */
  readonly recreditPartners: (uow: UnitOfWork, partnerIds: readonly string[]) => Promise<void>;
}

/**
 * Records figures about partners and says how many were new. What is known already changes nothing.
 * @throws MetricsRefused naming each partner that there is not, and nothing is recorded
 */
export type StoreMetrics = (uow: UnitOfWork, actor: Actor, report: readonly PlacedMetric[]) => Promise<number>;

export function createStoreMetrics({ recreditPartners }: StoreMetricsDependencies): StoreMetrics {
  return async (uow, actor, report) => {
    await lockMetrics(uow.trx);
    const metrics = report.map(({ metric }) => metric);
    const named = [...new Set(metrics.map(({ partnerId }) => partnerId))];
    const partners = await findPartners(uow.trx, named);
    const faults = partnerFaults(report, new Set(partners.map(({ id }) => id)));
    if (faults.length > 0) throw new MetricsRefused(faults);
    const known = await metricsOfPartners(uow.trx, named);
    const fresh = freshMetrics(metrics, new Map(known.map((metric) => [subjectOf(metric), metric])));
    const [first] = fresh;
    if (first === undefined) return 0;
    await insertMetrics(uow.trx, fresh, { at: uow.now, by: actorKey(actor) });
    const concerned = [...new Set(fresh.map(({ partnerId }) => partnerId))];
    const subject = { type: 'partner', id: first.partnerId };
    const details = { metrics: fresh.length, partners: concerned.length };
    await recordAudit(uow, { actor, action: 'partner.metrics', subject, details });
    await recreditPartners(uow, concerned);
    return fresh.length;
  };
}
