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
