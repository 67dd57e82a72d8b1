import { sql, type Generated } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { BigintColumn, JsonColumn } from '../platform/platform-tables.js';
import type { Day } from '../program/calendar.js';
import type { DatedTerms } from './partner-terms.js';

interface PartnerTermsTable {
  id: Generated<BigintColumn>;
  partner_id: string;
  since: string;
  type: string;
  tier: string | null;
  tags: JsonColumn<readonly string[]>;
  recorded_at: Date;
  recorded_by: string;
  /** The name whoever recorded it had. */
  recorded_by_name: string | null;
  reason: string | null;
}

declare module '../platform/database.js' {
  interface Tables {
    partner_terms: PartnerTermsTable;
  }
}

/** Records what holds for a partner from a day on. */
export async function insertTerms(
  trx: Tx,
  partnerId: string,
  { since, type, tier, tags }: DatedTerms,
  recorded: {
    readonly at: Date;
    readonly by: string;
    readonly byName: string;
    readonly reason: string | null;
  },
): Promise<void> {
  await trx
    .insertInto('partner_terms')
    .values({
      partner_id: partnerId,
      since,
      type,
      tier,
      tags: JSON.stringify(tags),
      recorded_at: recorded.at,
      recorded_by: recorded.by,
      recorded_by_name: recorded.byName,
      reason: recorded.reason,
    })
    .execute();
}

/** What has held for each of these partners, oldest first, one for each day on which it changed. */
export async function partnerTerms(
  db: Reader,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly DatedTerms[]>> {
  if (partnerIds.length === 0) return new Map();
  const { rows } = await sql<{ partner_id: string; since: Day; type: string; tier: string | null; tags: string[] }>`
    select distinct on (partner_id, since) partner_id, since, type, tier, tags from partner_terms
    where partner_id = any(${[...partnerIds]}::text[])
    order by partner_id, since, id desc`.execute(db);
  const byPartner = new Map<string, DatedTerms[]>();
  for (const { partner_id: partnerId, since, type, tier, tags } of rows) {
    byPartner.set(partnerId, [...(byPartner.get(partnerId) ?? []), { since, type, tier, tags }]);
  }
  return byPartner;
}

/** Terms with why and when they were recorded. */
export interface RecordedTerms extends DatedTerms {
  readonly reason: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: string | null;
}

/** What has held for a partner, newest first, one for each day on which it changed. */
export async function termsHistory(db: Reader, partnerId: string): Promise<readonly RecordedTerms[]> {
  const { rows } = await sql<RecordedTerms>`
    select distinct on (since) since, type, tier, tags, reason, recorded_at as "recordedAt", recorded_by_name as "recordedBy"
    from partner_terms where partner_id = ${partnerId} order by since desc, id desc`.execute(db);
  return rows;
}
