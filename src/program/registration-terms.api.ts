import { z } from 'zod';

const listed = z.array(z.string().trim().min(1).max(200)).min(1).max(300).optional();

/** Fields by which a setting says for which registrations it is. */
export const registrationTerms = {
  partnerTypes: listed,
  partnerTiers: listed,
  countries: listed,
  products: listed,
  currencies: listed,
};
