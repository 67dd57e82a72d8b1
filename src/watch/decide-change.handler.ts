import { recordAudit } from '../audit/audit.store.js';
import { actorKey, type Actor } from '../platform/actor.js';
import { DomainError } from '../platform/domain-error.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { isOurs } from './change-after-win.js';
import { findChange, lockChange, updateChange, type ChangeAfterWin } from './change-after-win.store.js';
import { creditDealsWork } from './store-readings.handler.js';
import { restoreStampWork } from './topics.js';

/** No such change. */
class ChangeNotFound extends DomainError {
  constructor(id: string) {
    super({
      kind: 'not-found',
      code: 'change-after-win-not-found',
      message: `There is no change after a win ${id}.`,
    });
  }
}

/** It was changed once more since it was looked at. */
class ChangedAgain extends DomainError {
  constructor(id: string, after: string | null) {
    super({
      kind: 'conflict',
      code: 'change-after-win-changed-again',
      message: `The change ${id} says ${after ?? 'nothing'} by now. Look at it again, and decide then.`,
    });
  }
}

/** Somebody else decided, or whoever changed it set it right. */
class ChangeDecided extends DomainError {
  constructor(id: string, status: string, by: string | null) {
    super({
      kind: 'conflict',
      code: 'change-after-win-decided',
      message: `The change ${id} is ${status} already${by === null ? '' : ` by ${by}`}; only an open one can be decided on.`,
    });
  }
}

export interface ChangeDecision {
  readonly id: string;
  readonly verdict: 'accepted' | 'restored';
  readonly actor: Actor;
  readonly reason: string;
  /** The value after the change as it was seen; undefined: whatever it is. */
  readonly after?: string | null | undefined;
}

/**
 * Says whether crediting follows a change from now on, or the value before goes on counting, which is written back where the field
 * is ours. Decided the same a second time it stays as it is. @throws ChangeNotFound, ChangeDecided, ChangedAgain
 */
export async function decideChange(
  uow: UnitOfWork,
  { id, verdict, actor, reason, after }: ChangeDecision,
): Promise<ChangeAfterWin> {
  const change = await lockChange(uow.trx, id);
  if (change === undefined) throw new ChangeNotFound(id);
  if (change.status === verdict) return change;
  if (change.status !== 'open') throw new ChangeDecided(id, change.status, change.decided_by);
  if (after !== undefined && after !== change.after_value) throw new ChangedAgain(id, change.after_value);
  const { deal_id: dealId, field } = change;
  await updateChange(uow.trx, id, {
    status: verdict,
    decided_by: actorKey(actor),
    decided_at: uow.now,
    reason,
  });
  await recordAudit(uow, {
    actor,
    action: verdict === 'accepted' ? 'change-after-win.accept' : 'change-after-win.restore',
    subject: { type: 'deal', id: dealId },
    details: { change: id, field, before: change.before_value, after: change.after_value, reason },
  });
  const writesBack = verdict === 'restored' && isOurs(field);
  await uow.enqueue([{ kind: writesBack ? restoreStampWork : creditDealsWork, key: dealId }]);
  return (await findChange(uow.trx, id)) ?? change;
}
