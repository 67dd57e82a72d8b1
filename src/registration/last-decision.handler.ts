import { listAudit } from '../audit/audit.store.js';
import type { Reader } from '../platform/database.js';
import type { RegistrationRow } from './registration.store.js';

/** A registration has few acts; what made it what it is was one of the last. */
const lastActs = 20;

/** Who made a registration what it is now, by name, and when; null where nobody did. */
export async function lastDecision(
  db: Reader,
  { id, status }: Pick<RegistrationRow, 'id' | 'status'>,
): Promise<{ readonly by: string; readonly at: Date } | null> {
  const acts = await listAudit(db, { subjectType: 'registration', subjectId: id }, lastActs);
  const last = acts.find(({ details }) => details['to'] === status && details['from'] !== status);
  if (last === undefined) return null;
  const names = { operator: last.actor_name ?? 'An operator', partner: 'The partner', system: 'The program' };
  return { by: names[last.actor_kind], at: last.at };
}
