import type { RejectionCode } from '../api/shapes.js';

/** Every code the service knows; one that is missing here, or is none, does not compile. */
const known: Readonly<Record<RejectionCode, true>> = {
  duplicate: true,
  already_registered: true,
  existing_customer: true,
  open_opportunity: true,
  too_early: true,
  out_of_territory: true,
  incomplete: true,
  self_referral: true,
  other: true,
};

/** Codes of a rejection, in the order in which they are offered. */
export const rejectionCodes = Object.keys(known);
