import type { Reader } from '../platform/database.js';
import type { RegistrationRow } from './registration.store.js';

const columns = [
  'id',
  'status',
  'source',
  'outcome',
  'amount',
  'currency',
  'submitted_at',
  'approved_at',
  'decided_at',
] as const;

/** What figures are made of: no company, no contact, no text. */
export type RegistrationFigures = Pick<RegistrationRow, (typeof columns)[number]>;

/** Registrations that came in or were answered at or after a moment, and those whose deal is still open; drafts are none. */
export async function registrationFigures(db: Reader, since: Date): Promise<readonly RegistrationFigures[]> {
  return db
    .selectFrom('registrations')
    .select(columns)
    .where('status', '<>', 'draft')
    .where((eb) =>
      eb.or([
        eb('submitted_at', '>=', since),
        eb('approved_at', '>=', since),
        eb('decided_at', '>=', since),
        eb.and([eb('status', '=', 'approved'), eb('outcome', '=', 'open')]),
      ]),
    )
    .execute();
}

/** How many approved registrations with an open deal lose their protection within these days, both included. */
export async function countExpiring(db: Reader, from: string, to: string): Promise<number> {
  const { count } = await db
    .selectFrom('registrations')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('status', '=', 'approved')
    .where('outcome', '=', 'open')
    .where('protected_until', '>=', from)
    .where('protected_until', '<=', to)
    .executeTakeFirstOrThrow();
  return Number(count);
}
