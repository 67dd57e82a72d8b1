import type { DealEdits } from '../../connectors/contract.js';
import { findPartners } from '../partners/partner.store.js';
import type { Reader } from '../platform/database.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { loadProgram } from '../program/program.store.js';
import { partnersOfRegistrations } from '../registration/registration.store.js';
import { linksOfDeals, type CrmLinkRow } from '../sync/crm-link.store.js';
import {
  changesAfterWin,
  isOurs,
  statusByPolicy,
  type ChangeStatus,
  type OwnStamps,
  type ValueChange,
} from './change-after-win.js';
import {
  countRestores,
  endHeld,
  insertChange,
  lastChanges,
  lockChange,
  updateChange,
  type ChangeAfterWin,
} from './change-after-win.store.js';
import type { KnownDeal, NewRevision } from './deal-state.store.js';
import { restoreStampWork } from './topics.js';

const dayMs = 24 * 60 * 60 * 1000;

/** A revision of a deal with who made it, as far as the CRM says. */
export interface EditedRevision {
  readonly revision: NewRevision;
  readonly edits: DealEdits | undefined;
}

/**
 * Keeps what somebody changed about deals after they were won, with who and when, and does with it what the program says: it is
 * accepted, held until a person decides, or our own value is written back.
 */
export async function keepChanges(
  uow: UnitOfWork,
  edited: readonly EditedRevision[],
  known: ReadonlyMap<string, KnownDeal>,
): Promise<void> {
  const stateBefore = ({ revision }: EditedRevision) => known.get(revision.dealId)?.state ?? null;
  const wonAnew = edited.filter((one) => {
    const wonBefore = stateBefore(one)?.wonAt ?? null;
    return wonBefore !== null && wonBefore !== one.revision.state.wonAt;
  });
  if (wonAnew.length > 0) {
    const ids = wonAnew.map(({ revision }) => revision.dealId);
    await endHeld(uow.trx, ids, uow.now);
  }
  const changed = edited.filter((one) => changesAfterWin(stateBefore(one), one.revision.state, nothing).length > 0);
  if (changed.length === 0) return;
  const dealIds = changed.map(({ revision }) => revision.dealId);
  const links = await linksOfDeals(uow.trx, dealIds);
  const last = await lastChanges(uow.trx, dealIds);
  for (const one of changed) {
    const { dealId, state } = one.revision;
    const own = links.filter((link) => link.deal_id === dealId);
    // Nobody is credited with it.
    if (own.length === 0) continue;
    const isStamping = own.some((link) => link.stamp_due);
    const ours = await ownStamps(uow.trx, own);
    for (const change of changesAfterWin(stateBefore(one), state, ours)) {
      // We are writing our own fields just now.
      if (isStamping && isOurs(change.field)) continue;
      const before = last.find((row) => row.deal_id === dealId && row.field === change.field);
      await keep(uow, one, change, before);
    }
  }
}

const nothing: OwnStamps = { registrationIds: [], partners: [] };

async function ownStamps(db: Reader, links: readonly CrmLinkRow[]): Promise<OwnStamps> {
  const registrationIds = links.map((link) => link.registration_id);
  const partnerIds = [...(await partnersOfRegistrations(db, registrationIds)).values()];
  const partners = await findPartners(db, [...new Set(partnerIds)]);
  return { registrationIds, partners: partners.map(({ name }) => name) };
}

async function keep(
  uow: UnitOfWork,
  { revision: { dealId, revision }, edits }: EditedRevision,
  change: ValueChange,
  listed: ChangeAfterWin | undefined,
): Promise<void> {
  // As whoever decides on it has left it.
  const last = listed && (await lockChange(uow.trx, listed.id));
  const { field } = change;
  const edit = edits?.[field];
  const seen = {
    revision,
    after_value: change.after,
    changed_by: edit?.by ?? null,
    changed_how: edit?.how ?? null,
    changed_at: edit?.at == null ? null : new Date(edit.at),
    observed_at: uow.now,
  };
  const isHeld = !isOurs(field) && (last?.status === 'open' || last?.status === 'restored');
  const counting = isHeld ? last.before_value : change.before;
  if (isHeld && last.status === 'open') {
    // Until it is decided the value before stays the one that counts, however often it is changed meanwhile.
    const undone = counting === change.after;
    await updateChange(uow.trx, last.id, { ...seen, ...(undone ? { status: 'undone' as const } : {}) });
    return;
  }
  const status = counting === change.after ? 'undone' : await statusOf(uow, dealId, change);
  await insertChange(uow.trx, {
    ...{ deal_id: dealId, field, before_value: counting, status, ...seen },
    ...(status === 'open' ? undecided : { decided_by: 'program', decided_at: uow.now, reason: null }),
  });
  if (status === 'restored') await uow.enqueue([{ kind: restoreStampWork, key: dealId }]);
}

const undecided = { decided_by: null, decided_at: null, reason: null };

async function statusOf(uow: UnitOfWork, dealId: string, { field }: ValueChange): Promise<ChangeStatus> {
  const policy = (await loadProgram(uow.trx)).settings.changesAfterWin[field];
  const since = new Date(uow.now.getTime() - dayMs);
  const restores = policy === 'restore' ? await countRestores(uow.trx, dealId, field, since) : 0;
  return statusByPolicy(policy, restores);
}
