import { sql, type Selectable } from 'kysely';
import { isCurrency } from '../money/currency.js';
import { assert } from '../platform/assert.js';
import type { Reader, Tx } from '../platform/database.js';
import type { BigintColumn } from '../platform/platform-tables.js';
import type { ManualDecision } from '../plans/facts.js';
import type { Day } from '../program/calendar.js';

export interface ManualDecisionsTable {
  id: string;
  kind: 'set' | 'add';
  partner_id: string;
  deal_id: string | null;
  rule: string | null;
  amount_minor: BigintColumn;
  currency: string;
  decided_on: string;
  reason: string;
  author: string;
  recorded_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    manual_decisions: ManualDecisionsTable;
  }
}

export async function insertDecision(trx: Tx, decision: ManualDecision, now: Date): Promise<void> {
  await trx
    .insertInto('manual_decisions')
    .values({
      id: decision.id,
      kind: decision.kind,
      partner_id: decision.partnerId,
      deal_id: decision.dealId,
      rule: decision.rule,
      amount_minor: String(decision.amountMinor),
      currency: decision.currency,
      decided_on: decision.on,
      reason: decision.reason,
      author: decision.author,
      recorded_at: now,
    })
    .execute();
}

/** What was decided about these deals, and these decisions, in the order in which they were made. */
export async function decisionsAbout(
  db: Reader,
  dealIds: readonly string[],
  decisionIds: readonly string[],
): Promise<readonly ManualDecision[]> {
  const rows = await db
    .selectFrom('manual_decisions')
    .selectAll()
    .where((is) =>
      is.or([
        is('deal_id', '=', sql<string>`any(${[...dealIds]}::text[])`),
        is('id', '=', sql<string>`any(${[...decisionIds]}::text[])`),
      ]),
    )
    .orderBy('recorded_at')
    .orderBy('id')
    .execute();
  return rows.map(decisionOf);
}

export interface DecisionFilter {
  readonly partnerId?: string | undefined;
  readonly dealId?: string | undefined;
}

/** Decisions newest first. @param page.before the last id of the page before */
export async function listDecisions(
  db: Reader,
  { partnerId, dealId }: DecisionFilter,
  page: { readonly before: string | null; readonly limit: number },
): Promise<readonly ManualDecision[]> {
  let query = db.selectFrom('manual_decisions').selectAll().orderBy('id', 'desc').limit(page.limit);
  if (partnerId !== undefined) query = query.where('partner_id', '=', partnerId);
  if (dealId !== undefined) query = query.where('deal_id', '=', dealId);
  if (page.before !== null) query = query.where('id', '<', page.before);
  return (await query.execute()).map(decisionOf);
}

function decisionOf(row: Selectable<ManualDecisionsTable>): ManualDecision {
  const { currency } = row;
  assert(isCurrency(currency), `${currency} to be a currency`);
  return {
    id: row.id,
    kind: row.kind,
    partnerId: row.partner_id,
    dealId: row.deal_id,
    rule: row.rule,
    amountMinor: BigInt(row.amount_minor),
    currency,
    on: row.decided_on as Day,
    reason: row.reason,
    author: row.author,
  };
}

/** Whose commission a decision is about; undefined where there is no such decision. */
export async function partnerOfDecision(db: Reader, id: string): Promise<string | undefined> {
  const row = await db.selectFrom('manual_decisions').select('partner_id').where('id', '=', id).executeTakeFirst();
  return row?.partner_id;
}
