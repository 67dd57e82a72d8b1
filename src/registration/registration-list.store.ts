import { sql } from 'kysely';
import type { Reader } from '../platform/database.js';
import type { RegistrationRow } from './registration.store.js';
import type { RegistrationStatus } from './registration.js';

export interface RegistrationFilter {
  readonly partnerId?: string | undefined;
  readonly status?: RegistrationStatus | undefined;
  readonly outcome?: 'open' | 'won' | 'lost' | undefined;
  /** A part of the company's name or domain, in capital or small letters. */
  readonly search?: string | undefined;
}

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
  const newestFirst = page.order === 'newest';
  if (page.after !== null) query = query.where('id', newestFirst ? '<' : '>', page.after);
  return query
    .orderBy('id', newestFirst ? 'desc' : 'asc')
    .limit(page.limit)
    .execute();
}

/** Companies with these letters in their name or domain, in capital or small letters, and as they stand: `%` is no wildcard. */
export function companyLike(letters: string) {
  const part = `%${letters.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`(company_name ilike ${part} or company_domain ilike ${part})`;
}
