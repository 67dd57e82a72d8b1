/** The types of partners the trade has words for; a program may use others. */
export const partnerTypes = ['referral', 'affiliate', 'reseller', 'services', 'technology', 'co-sell'] as const;
