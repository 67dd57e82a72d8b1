import { sql } from 'kysely';
import type { Database } from '../../src/platform/database.js';
import { sampleExplanation, sampleMemo } from './posting.js';

const olderLines = 20_000;

/**
 * Books of a program that has run for a while. In an empty journal PostgreSQL plans to read whole tables, and keeps to that plan
 * until the tables have been analysed: nobody's usual day.
 */
export async function seedHistory(db: Database): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // Twenty thousand checks of what is known to balance would take longer than the bench.
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`
      insert into journal_entries
        (id, kind, idempotency_key, partner_id, deal_id, occurred_on, booked_at, memo, posting_count)
      select 'jrn_' || n, 'commission', 'older ' || n, 'par_' || n % 500, 'deal_' || n, '2025-03-02', now(),
        ${sampleMemo}::text, 2
      from generate_series(1, ${olderLines}::integer) as n`.execute(trx);
    await sql`
      insert into postings (entry_id, posting_count, position, account_code, partner_id, currency, amount_minor)
      select 'jrn_' || n, 2, side.position, side.account, case when side.position = 2 then 'par_' || n % 500 end, 'EUR',
        side.amount
      from generate_series(1, ${olderLines}::integer) as n,
        (values (1, 'commission-expense', 12000), (2, 'partner-payable', -12000)) as side (position, account, amount)
      `.execute(trx);
    await sql`
      insert into commission_lines
        (id, entry_id, line_key, occasion, ordinal, partner_id, payee, kind, component, amount_minor, currency,
         earned_on, payable_on, deal_id, deal_revision, registration_id, plan_version_id, plan_version, explanation,
         inputs_hash, booked_at)
      select 'earlier_' || n, 'jrn_' || n, 'older ' || n, 'older ' || n, 1, 'par_' || n % 500, 'partner', 'commission',
        'new-business', 12000, 'EUR', '2025-03-02', '2025-04-01', 'deal_' || n, 2, 'reg_' || n, 'pvn_1', 'standard@1',
        ${JSON.stringify(sampleExplanation)}::jsonb, ${'f'.repeat(64)}::text, now()
      from generate_series(1, ${olderLines}::integer) as n`.execute(trx);
  });
  await sql`analyze`.execute(db);
}
