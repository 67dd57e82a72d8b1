import type { Reader } from '../platform/database.js';
import { dayIn } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { traitsOf } from '../registration/registration-traits.handler.js';
import type { RegistrationRow } from '../registration/registration.store.js';
import { defaultConnection, findConnection, type ConnectionRow } from './connection.store.js';
import { findDeals, linksOfRegistrations } from './crm-link.store.js';
import { routeOf } from './crm-route.js';

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
  return routeOf(crmRoutes, await traitsOf(db, registration, dayIn(now, timeZone)));
}
