/**
 * Kinds of the work that keeps a registration's credit from getting lost on the way to its deal; done by the guard stage.
 * Key: registration id.
 */

/** Asks the CRM what became of the registration's lead. */
export const followLeadWork = 'follow-lead';

/** Looks whether the registration's deal is another one by now. */
export const guardLinkWork = 'guard-link';
