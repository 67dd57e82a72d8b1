import { partnerTerms } from '../partners/partner-terms.store.js';
import { termsOn } from '../partners/partner-terms.js';
import type { Reader } from '../platform/database.js';
import { dayIn } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import type { RegistrationRow } from '../registration/registration.store.js';
import { defaultConnection, findConnection, type ConnectionRow } from './connection.store.js';
import { findDeals, linksOfRegistrations } from './crm-link.store.js';
import { routeOf, type RoutedFacts } from './crm-route.js';

/**
 * The connection a registration belongs to: the one it is in already, else that of the deal it was approved for, else the one
 * the program's routes name, else the oldest. Undefined where none is known.
 */
export async function connectionOfRegistration(
  db: Reader,
  registration: RegistrationRow,
  now: Date,
): Promise<ConnectionRow | undefined> {
  const settled = (await connectionSoFar(db, registration)) ?? (await routedConnection(db, registration, now));
  return settled === null ? defaultConnection(db) : findConnection(db, settled);
}

async function connectionSoFar(db: Reader, registration: RegistrationRow): Promise<string | null> {
  const [link] = await linksOfRegistrations(db, [registration.id]);
  if (link !== undefined) return link.connection_id;
  const { attach_deal_id: dealId } = registration;
  const [deal] = dealId === null ? [] : await findDeals(db, [dealId]);
  return deal?.connection_id ?? null;
}

async function routedConnection(db: Reader, registration: RegistrationRow, now: Date): Promise<string | null> {
  const { crmRoutes, timeZone } = (await loadProgram(db)).settings;
  if (crmRoutes.length === 0) return null;
  const terms = (await partnerTerms(db, [registration.partner_id])).get(registration.partner_id) ?? [];
  const held = termsOn(terms, dayIn(now, timeZone));
  const facts: RoutedFacts = {
    partnerType: held?.type ?? null,
    partnerTier: held?.tier ?? null,
    country: registration.country,
    product: registration.product === '' ? null : registration.product,
    currency: registration.currency,
  };
  return routeOf(crmRoutes, facts);
}
