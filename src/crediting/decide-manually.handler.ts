import { recordAudit } from '../audit/audit.store.js';
import { parseMoney } from '../money/money.js';
import { findPartner } from '../partners/partner.store.js';
import { actorKey, type Actor } from '../platform/actor.js';
import { DomainError, fieldFault, type FieldFault } from '../platform/domain-error.js';
import { newId } from '../platform/ids.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import type { ManualDecision } from '../plans/facts.js';
import { loadPlanVersions } from '../plans/plan.store.js';
import { dayIn } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { findDeals } from '../sync/crm-link.store.js';
import { creditDealsWork } from '../watch/store-readings.handler.js';
import type { NewDecision } from './manual-decision.api.js';
import { insertDecision } from './manual-decision.store.js';

/** What was decided cannot be booked, and nothing was recorded; each fault names its field. */
class DecisionRefused extends DomainError {
  constructor(errors: readonly FieldFault[]) {
    const message = `Nothing was recorded: ${errors.map((fault) => fault.message).join(' ')}`;
    super({ kind: 'invalid', code: 'decision-refused', message, errors });
  }
}

/**
 * Records what a person decided about a commission, and has what it is about credited again: the difference is booked as a line
 * that names its author and reason. @throws DecisionRefused
 */
export async function decideManually(uow: UnitOfWork, actor: Actor, request: NewDecision): Promise<ManualDecision> {
  const { settings } = await loadProgram(uow.trx);
  const faults = [...faultsOfForm(request), ...(await faultsOfNames(uow, request))];
  const money = moneyOf(request);
  if (faults.length > 0 || money === null) throw new DecisionRefused(faults);
  const decision: ManualDecision = {
    id: newId('dec'),
    kind: request.set === undefined ? 'add' : 'set',
    partnerId: request.partnerId,
    dealId: request.dealId ?? null,
    rule: request.rule ?? null,
    ...money,
    on: dayIn(uow.now, settings.timeZone),
    reason: request.reason,
    author: actor.kind === 'operator' ? actor.name : actorKey(actor),
  };
  await insertDecision(uow.trx, decision, uow.now);
  const { id, kind, dealId, partnerId } = decision;
  await recordAudit(uow, {
    actor,
    action: `commission.${kind}`,
    subject: dealId === null ? { type: 'partner', id: partnerId } : { type: 'deal', id: dealId },
    details: { decision: id, partnerId, reason: decision.reason },
  });
  await uow.enqueue([{ kind: creditDealsWork, key: dealId ?? id }]);
  return decision;
}

function faultsOfForm(request: NewDecision): readonly FieldFault[] {
  const { set, add, dealId, rule } = request;
  const written = set ?? add;
  if (written === undefined || (set !== undefined && add !== undefined)) {
    return [fieldFault('set', undefined, 'set or add, one of them')];
  }
  const money = moneyOf(request);
  const amount = set === undefined ? 'add.amount' : 'set.amount';
  if (money === null) {
    return [fieldFault(amount, written.amount, `no more decimals than ${written.currency} has, and below 10^13`)];
  }
  if (set === undefined) {
    return [
      ...(money.amountMinor === 0n ? [fieldFault(amount, written.amount, 'an amount that is not zero')] : []),
      ...(rule === undefined ? [] : [fieldFault('rule', rule, 'no rule: an amount of its own belongs to none')]),
    ];
  }
  return [
    ...(money.amountMinor < 0n ? [fieldFault(amount, written.amount, 'an amount that is not negative')] : []),
    ...(dealId === undefined ? [fieldFault('dealId', dealId, 'the deal whose commission is set')] : []),
    ...(rule === undefined ? [fieldFault('rule', rule, 'the component that is set, such as new-business')] : []),
  ];
}

async function faultsOfNames(
  uow: UnitOfWork,
  { partnerId, dealId, rule }: NewDecision,
): Promise<readonly FieldFault[]> {
  const ruleIds = (await loadPlanVersions(uow.trx)).flatMap(({ plan }) => plan.rules.map(({ id }) => id));
  const [ruleId = ''] = (rule ?? '').split('/');
  const partner = await findPartner(uow.trx, partnerId);
  const [deal] = dealId === undefined ? [] : await findDeals(uow.trx, [dealId]);
  return [
    ...(partner === undefined ? [fieldFault('partnerId', partnerId, 'the id of a partner')] : []),
    ...(rule !== undefined && !ruleIds.includes(ruleId)
      ? [fieldFault('rule', rule, 'a component of a rule of some plan')]
      : []),
    ...(dealId !== undefined && deal === undefined ? [fieldFault('dealId', dealId, 'the id of a deal')] : []),
  ];
}

/** The amount that is set or added, in minor units; null where its currency has no such amount. */
function moneyOf({ set, add }: NewDecision): Pick<ManualDecision, 'amountMinor' | 'currency'> | null {
  const written = set ?? add;
  if (written === undefined) return null;
  const reading = parseMoney(written.amount.replace(/^-/, ''), written.currency);
  if (reading.kind !== 'money') return null;
  const { amountMinor, currency } = reading.money;
  return { amountMinor: written.amount.startsWith('-') ? -amountMinor : amountMinor, currency };
}
