import { recordAudit } from '../audit/audit.store.js';
import { actorKey, type Actor } from '../platform/actor.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { findDeals } from '../sync/crm-link.store.js';
import { creditDealsWork } from '../watch/store-readings.handler.js';
import { SupplementRefused } from './deal-supplement-errors.js';
import { judgeSupplements, type PlacedChange } from './deal-supplement.js';
import { insertSupplements, lockSupplements, supplementsOfDeals } from './deal-supplement.store.js';

/**
 * Records what is known of deals beside the CRM, and has them credited again. What is known already changes nothing.
 * @returns of how many deals something is new
 * @throws SupplementRefused naming each field, and nothing is recorded
 */
export async function supplementDeals(uow: UnitOfWork, actor: Actor, report: readonly PlacedChange[]): Promise<number> {
  await lockSupplements(uow.trx);
  const named = [...new Set(report.map(({ dealId }) => dealId))];
  const deals = await findDeals(uow.trx, named);
  const known = await supplementsOfDeals(uow.trx, named);
  const judgement = judgeSupplements(report, { dealIds: new Set(deals.map(({ id }) => id)), known });
  if (judgement.kind === 'refused') throw new SupplementRefused(judgement.faults);
  const { fresh } = judgement;
  const [first, ...others] = fresh.keys();
  if (first === undefined) return 0;
  await insertSupplements(uow.trx, fresh, { at: uow.now, by: actorKey(actor) });
  const subject = { type: 'deal', id: first };
  await recordAudit(uow, { actor, action: 'deal.supplement', subject, details: { deals: fresh.size } });
  await uow.enqueue([first, ...others].map((key) => ({ kind: creditDealsWork, key })));
  return fresh.size;
}
