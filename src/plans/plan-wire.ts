import { versionName } from './plan.js';
import type { PlanVersionView } from './plan.api.js';
import type { StoredVersion } from './plan.store.js';

/** A stored version as it is shown. */
export function planVersionOnWire(version: StoredVersion): PlanVersionView {
  const { plan } = version;
  return {
    id: version.id,
    plan: plan.slug,
    number: version.number,
    version: versionName(version),
    effectiveFrom: plan.effectiveFrom,
    effectiveTo: plan.effectiveTo,
    corrects: plan.corrects,
    document: version.document,
    source: version.source,
    createdBy: version.createdBy,
    createdAt: version.createdAt.toISOString(),
    author: version.author,
    reason: version.reason,
  };
}
