import { recordAudit } from '../audit/audit.store.js';
import { add, compareRatios, formatRatio, parseDecimal, ratio } from '../money/ratio.js';
import { findPartners } from '../partners/partner.store.js';
import { actorKey, type Actor } from '../platform/actor.js';
import { DomainError, fieldFault, type FieldFault } from '../platform/domain-error.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import type { DecisionDependencies } from './decision.handler.js';
import { RegistrationNotFound } from './registration-errors.js';
import type { RegistrationRow } from './registration.store.js';
import { lockRegistration } from './registration.store.js';
import { insertShares, sharesOfRegistrations, type StoredShare } from './registration-share.store.js';

/** A registration cannot be shared so, and nothing was changed; each fault names its field. */
class SharesRefused extends DomainError {
  constructor(errors: readonly FieldFault[]) {
    const message = `Nothing was changed: ${errors.map((fault) => fault.message).join(' ')}`;
    super({ kind: 'invalid', code: 'shares-refused', message, errors });
  }
}

export interface SharesRequest {
  /** Empty: the commission is all the registration's partner's again. */
  readonly shares: readonly StoredShare[];
  readonly reason: string;
}

const hundred = ratio(100n);

/**
 * Divides the commission of a registration between partners from now on, and has its deal credited again. The same shares again
 * change nothing. @throws RegistrationNotFound, SharesRefused
 */
export async function shareRegistration(
  uow: UnitOfWork,
  deps: Pick<DecisionDependencies, 'dealConcerned'>,
  actor: Actor,
  registrationId: string,
  { shares, reason }: SharesRequest,
): Promise<readonly StoredShare[]> {
  const registration = await lockRegistration(uow.trx, registrationId);
  if (registration === undefined) throw new RegistrationNotFound(registrationId);
  const partners = await findPartners(
    uow.trx,
    shares.map(({ partnerId }) => partnerId),
  );
  const active = new Set(partners.filter(({ status }) => status === 'active').map(({ id }) => id));
  const faults = faultsOfShares(shares, registration, active);
  if (faults.length > 0) throw new SharesRefused(faults);
  const kept = shares.map(({ partnerId, percent }) => ({ partnerId, percent: normal(percent) }));
  const known = (await sharesOfRegistrations(uow.trx, [registrationId])).get(registrationId) ?? [];
  if (JSON.stringify(known) === JSON.stringify(kept)) return kept;
  await insertShares(uow.trx, registrationId, kept, { reason, at: uow.now, by: actorKey(actor) });
  await recordAudit(uow, {
    actor,
    action: 'registration.share',
    subject: { type: 'registration', id: registrationId },
    details: { reason, shares: kept.map(({ partnerId, percent }) => `${partnerId} ${percent}`).join(', ') },
  });
  await deps.dealConcerned(uow, registrationId);
  return kept;
}

function faultsOfShares(
  shares: readonly StoredShare[],
  registration: RegistrationRow,
  active: ReadonlySet<string>,
): readonly FieldFault[] {
  if (shares.length === 0) return [];
  const ids = shares.map(({ partnerId }) => partnerId);
  const faults = shares.flatMap(({ partnerId, percent }, index): readonly FieldFault[] => {
    const value = parseDecimal(percent);
    const isShare = value !== null && value.numerator > 0n && compareRatios(value, hundred) <= 0;
    return [
      ...(isShare ? [] : [fieldFault(`shares[${String(index)}].percent`, percent, 'a percentage above 0, up to 100')]),
      ...(ids.indexOf(partnerId) === index
        ? []
        : [fieldFault(`shares[${String(index)}].partnerId`, partnerId, 'each partner once')]),
      ...(active.has(partnerId)
        ? []
        : [fieldFault(`shares[${String(index)}].partnerId`, partnerId, 'the id of an active partner')]),
    ];
  });
  if (faults.length > 0) return faults;
  const sum = shares.reduce((all, { percent }) => add(all, parseDecimal(percent) ?? ratio(0n)), ratio(0n));
  return [
    ...(compareRatios(sum, hundred) === 0
      ? []
      : [fieldFault('shares', formatRatio(sum), 'percentages that come to 100')]),
    ...(ids.includes(registration.partner_id)
      ? []
      : [
          fieldFault(
            'shares',
            ids.join(', '),
            `the registration's own partner, ${registration.partner_id}, among them`,
          ),
        ]),
  ];
}

function normal(percent: string): string {
  return formatRatio(parseDecimal(percent) ?? ratio(0n));
}
