import type { DealStamp } from '../../connectors/contract.js';

/** What the rep is told before anything was earned; commissions are added once there are lines. */
export function stampOfRegistration(registration: {
  readonly id: string;
  readonly status: string;
  readonly protectedUntil: string | null;
  readonly partnerName: string;
}): DealStamp {
  return {
    registrationId: registration.id,
    partner: registration.partnerName,
    status: registration.status,
    protectedUntil: registration.protectedUntil,
    commission: null,
    commissionCurrency: null,
    commissionStatus: null,
  };
}

/** What a deal shows that is nobody's any more. */
export const emptyStamp: DealStamp = {
  registrationId: null,
  partner: null,
  status: null,
  protectedUntil: null,
  commission: null,
  commissionCurrency: null,
  commissionStatus: null,
};

/** What the registration's deal is called in the CRM unless its partner named it. */
export function dealNameOf(registration: {
  readonly deal_name: string | null;
  readonly company_name: string;
  readonly product: string;
}): string {
  const { deal_name: name, company_name: company, product } = registration;
  return name ?? (product === '' ? company : `${company} – ${product}`);
}
