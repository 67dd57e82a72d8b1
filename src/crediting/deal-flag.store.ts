import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { Flag } from '../plans/findings.js';

/** A flag with when it was raised. */
export interface RaisedFlag {
  readonly dealId: string;
  readonly kind: string;
  readonly about: string;
  readonly evidence: Readonly<Record<string, string | null>>;
  readonly raisedAt: Date;
}

/** Makes these the flags of these deals: raises what is new, lowers what is mended, and leaves the others as they were. */
export async function setFlags(trx: Tx, dealIds: readonly string[], flags: readonly Flag[], now: Date): Promise<void> {
  const rows = flags.map(({ dealId, kind, about, evidence }) => ({ deal_id: dealId, kind, about, evidence }));
  await sql`
    with standing as (
      select deal_id, kind, about, evidence
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as flag(deal_id text, kind text, about text, evidence jsonb)
    ), lowered as (
      delete from deal_flags
      where deal_id = any(${[...dealIds]}::text[])
        and (deal_id, kind, about) not in (select deal_id, kind, about from standing)
    )
    insert into deal_flags (deal_id, kind, about, evidence, raised_at)
    select deal_id, kind, about, evidence, ${now} from standing
    on conflict (deal_id, kind, about) do update set evidence = excluded.evidence`.execute(trx);
}

/** Deals whose commission waits for something to be mended. */
export async function flaggedDealIds(db: Reader): Promise<readonly string[]> {
  const rows = await db.selectFrom('deal_flags').select('deal_id').distinct().execute();
  return rows.map((row) => row.deal_id);
}

/** What stands in the way of these deals' commissions, oldest first. */
export async function flagsOfDeals(db: Reader, dealIds: readonly string[]): Promise<readonly RaisedFlag[]> {
  const rows = await db
    .selectFrom('deal_flags')
    .selectAll()
    .where('deal_id', '=', sql<string>`any(${[...dealIds]}::text[])`)
    .orderBy('raised_at')
    .orderBy('kind')
    .orderBy('about')
    .execute();
  return rows.map((row) => ({
    dealId: row.deal_id,
    kind: row.kind,
    about: row.about,
    evidence: row.evidence,
    raisedAt: row.raised_at,
  }));
}
