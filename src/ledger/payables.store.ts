import { sql, type RawBuilder } from 'kysely';

/**
 * What each entry changed for its partner, as a relation to join with: `entry_id, kind, partner_id, deal_id, currency,
 * amount_minor`, positive where the partner, or the customer it referred, gained. For the checks of the stages that book: the journal's tables are the
 * ledger's own.
 */
export const payablesByEntry: RawBuilder<unknown> = sql`(
  select e.id as entry_id, e.kind, e.partner_id, e.deal_id, p.currency, -sum(p.amount_minor) as amount_minor
  from journal_entries e join postings p on p.entry_id = e.id and p.account_code in ('partner-payable', 'customer-rewards')
  group by e.id, p.currency
)`;
