import type { CrmKind } from '../../connectors/contract.js';
import type { DealAddress } from '../../connectors/record-address.js';
import type { Actor } from '../platform/actor.js';
import { assertDefined } from '../platform/assert.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { lockDeal, lockProspect } from '../registration/prospect.store.js';
import { RegistrationNotFound } from '../registration/registration-errors.js';
import { findRegistration, lockRegistration, type RegistrationRow } from '../registration/registration.store.js';
import { findConnection, type ConnectionRow } from '../sync/connection.store.js';
import { ensureDeals, linksOfRegistrations, type CrmLinkRow } from '../sync/crm-link.store.js';
import {
  AddressElsewhere,
  AddressUnreadable,
  DealOfAnother,
  LinkMovedMeanwhile,
  NotInCrmYet,
  RegistrationEnded,
} from './guard-errors.js';
import { movesOf } from './link-move.store.js';
import { moveLink } from './move-link.handler.js';
import { takenDeals } from './neighbours.handler.js';

/** Reads an address of each vendor. */
export type DealAt = Readonly<Record<CrmKind, (address: string) => DealAddress | null>>;

export interface Relink {
  readonly registrationId: string;
  readonly address: string;
  readonly reason: string;
  /** What the person saw; undefined: whatever there is. */
  readonly insteadOf?: string | null | undefined;
  readonly actor: Actor;
}

/**
 * Gives a registration the deal at an address of the CRM. Whether the deal is there, the next reading says; until then it counts as
 * open. Given a second time, it is what it was after the first.
 * @throws RegistrationNotFound, RegistrationEnded, NotInCrmYet, AddressUnreadable, AddressElsewhere, DealOfAnother, LinkMovedMeanwhile
 */
export function createRelink(dealAt: DealAt) {
  return async (uow: UnitOfWork, { registrationId, address, reason, insteadOf, actor }: Relink): Promise<void> => {
    const found = await findRegistration(uow.trx, registrationId);
    if (found === undefined) throw new RegistrationNotFound(registrationId);
    await lockProspect(uow.trx, found);
    const registration = await lockRegistration(uow.trx, registrationId);
    const link = await linkToMove(uow, assertDefined(registration, 'a registration is never removed'));
    const connection = assertDefined(await findConnection(uow.trx, link.connection_id), 'a link has its connection');
    const crmDealId = addressedDeal(dealAt, address, connection);
    const made = await ensureDeals(uow.trx, connection, [crmDealId], uow.now);
    const dealId = assertDefined(made.get(crmDealId), 'a deal just ensured has an id');
    if (dealId === link.deal_id) return;
    if (insteadOf !== undefined && insteadOf !== link.deal_id) throw await movedMeanwhile(uow, registrationId);
    await lockDeal(uow.trx, dealId);
    if ((await takenDeals(uow, registrationId, [dealId])).has(dealId)) throw new DealOfAnother(dealId);
    await moveLink(uow, { link, dealId, actor, reason, proposalId: null });
  };
}

export async function linkToMove(uow: UnitOfWork, { id, status }: RegistrationRow): Promise<CrmLinkRow> {
  if (status !== 'approved' && status !== 'expired') throw new RegistrationEnded(id, status);
  const [link] = await linksOfRegistrations(uow.trx, [id]);
  if (link === undefined || link.linked_at === null) throw new NotInCrmYet(id);
  return link;
}

function addressedDeal(dealAt: DealAt, address: string, { crm, account_id: accountId }: ConnectionRow): string {
  const deal = dealAt[crm](address);
  if (deal === null) {
    const isOfAnother = Object.values(dealAt).some((read) => read(address) !== null);
    throw isOfAnother ? new AddressElsewhere(address) : new AddressUnreadable(address);
  }
  const isElsewhere = deal.accountId !== null && accountId !== null && deal.accountId !== accountId;
  if (isElsewhere) throw new AddressElsewhere(address);
  return deal.crmDealId;
}

export async function movedMeanwhile(uow: UnitOfWork, registrationId: string): Promise<LinkMovedMeanwhile> {
  const [last] = await movesOf(uow.trx, registrationId, 1);
  return new LinkMovedMeanwhile(registrationId, last === undefined ? null : { by: last.moved_by, at: last.at });
}
