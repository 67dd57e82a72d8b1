import { sql } from 'kysely';
import type { Reader } from '../platform/database.js';
import { likePart } from '../platform/like-part.js';
import type { RegistrationRow } from './registration.store.js';
import type { RegistrationStatus } from './registration.js';

export interface RegistrationFilter {
  readonly partnerId?: string | undefined;
  readonly status?: RegistrationStatus | undefined;
  readonly outcome?: 'open' | 'won' | 'lost' | undefined;
  /** A part of the company's name or domain, in capital or small letters. */
  readonly search?: string | undefined;
  readonly within?: RegistrationRange | undefined;
  /** One of these. */
  readonly ids?: readonly string[] | undefined;
}

/** When something happened to a registration: moments up to, not including, the last, or days with the last one included. */
export type RegistrationRange =
  | {
      readonly by: 'submitted_at' | 'approved_at' | 'decided_at';
      readonly from: Date | null;
      readonly until: Date | null;
    }
  | { readonly by: 'protected_until'; readonly from: string | null; readonly to: string | null };

export interface RegistrationPage {
  /** Ids are made in the order of time. */
  readonly order: 'newest' | 'oldest';
  /** The last id of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/** Registrations that match, in the order of their submission. */
export async function listRegistrations(
  db: Reader,
  filter: RegistrationFilter,
  page: RegistrationPage,
): Promise<readonly RegistrationRow[]> {
  let query = db.selectFrom('registrations').selectAll();
  if (filter.partnerId !== undefined) query = query.where('partner_id', '=', filter.partnerId);
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.outcome !== undefined) query = query.where('outcome', '=', filter.outcome);
  if (filter.search !== undefined) query = query.where(companyLike(filter.search));
  if (filter.ids !== undefined) query = query.where('id', '=', sql<string>`any(${[...filter.ids]}::text[])`);
  if (filter.within !== undefined) query = query.where(isWithin(filter.within));
  const newestFirst = page.order === 'newest';
  if (page.after !== null) query = query.where('id', newestFirst ? '<' : '>', page.after);
  return query
    .orderBy('id', newestFirst ? 'desc' : 'asc')
    .limit(page.limit)
    .execute();
}

/** Companies with these letters in their name or domain, in capital or small letters, and as they stand: `%` is no wildcard. */
export function companyLike(letters: string) {
  const part = likePart(letters);
  return sql<boolean>`(company_name ilike ${part} or company_domain ilike ${part})`;
}

function isWithin(range: RegistrationRange) {
  const column = sql.ref(range.by);
  const conditions = [
    range.from === null ? null : sql`${column} >= ${range.from}`,
    range.by === 'protected_until'
      ? range.to === null
        ? null
        : sql`${column} <= ${range.to}`
      : range.until === null
        ? null
        : sql`${column} < ${range.until}`,
    sql`${column} is not null`,
  ].filter((condition) => condition !== null);
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}
