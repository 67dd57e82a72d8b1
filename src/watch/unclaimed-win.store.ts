import { sql, type Selectable } from 'kysely';
import type { CrmDeal } from '../../connectors/contract.js';
import type { Reader, Tx } from '../platform/database.js';
import type { JsonColumn } from '../platform/platform-tables.js';

/** What is kept of a won deal until it is known whether somebody introduced it. */
export type WinFacts = Pick<CrmDeal, 'name' | 'stageLabel' | 'amount' | 'currency' | 'closeDate' | 'createdAt'>;

export interface UnclaimedWinsTable {
  connection_id: string;
  crm_deal_id: string;
  facts: JsonColumn<WinFacts>;
  due: boolean;
  tied: boolean;
  seen_won_at: Date;
  checked_at: Date | null;
  noted_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    unclaimed_wins: UnclaimedWinsTable;
  }
}

export type UnclaimedWin = Selectable<UnclaimedWinsTable>;

/** One that was about nobody is asked about again when it is seen this long after. */
const untiedAgainMs = 60_000;

/**
 * Notes won deals: one seen for the first time, with other facts than before, or while it was about nobody, is to be asked about.
 * One statement for all. @returns whether any is
 */
export async function noteUnclaimedWins(
  trx: Tx,
  connectionId: string,
  wins: readonly (WinFacts & Pick<CrmDeal, 'crmDealId'>)[],
  now: Date,
): Promise<boolean> {
  if (wins.length === 0) return false;
  const rows = [...new Map(wins.map((win) => [win.crmDealId, win])).values()].map(
    ({ crmDealId, name, stageLabel, amount, currency, closeDate, createdAt }) => ({
      crm_deal_id: crmDealId,
      facts: { name, stageLabel, amount, currency, closeDate, createdAt },
    }),
  );
  // Ordered, because two reads that see the same deals in another order would deadlock.
  const noted = await sql<{ due: boolean }>`
    insert into unclaimed_wins as known (connection_id, crm_deal_id, facts, due, tied, seen_won_at, noted_at)
    select ${connectionId}, seen.crm_deal_id, seen.facts, true, false, ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as seen(crm_deal_id text, facts jsonb)
    order by 2
    on conflict (connection_id, crm_deal_id) do update set
      due = known.due or known.facts <> excluded.facts
        or (not known.tied and known.checked_at < ${new Date(now.getTime() - untiedAgainMs)}),
      facts = excluded.facts,
      noted_at = excluded.noted_at
    returning due`.execute(trx);
  return noted.rows.some((row) => row.due);
}

export async function dueWins(db: Reader, connectionId: string, limit: number): Promise<readonly UnclaimedWin[]> {
  return db
    .selectFrom('unclaimed_wins')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('due', '=', true)
    .orderBy('crm_deal_id')
    .limit(limit)
    .execute();
}

/** Notes that wins were asked about; one of which something else is known meanwhile stays due. */
export async function winsAsked(
  trx: Tx,
  connectionId: string,
  asked: readonly { readonly win: UnclaimedWin; readonly tied: boolean }[],
  now: Date,
): Promise<void> {
  const rows = asked.map(({ win, tied }) => ({ crm_deal_id: win.crm_deal_id, facts: win.facts, tied }));
  await sql`
    update unclaimed_wins set due = unclaimed_wins.facts <> asked.facts, tied = asked.tied, checked_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as asked(crm_deal_id text, facts jsonb, tied boolean)
    where unclaimed_wins.connection_id = ${connectionId} and unclaimed_wins.crm_deal_id = asked.crm_deal_id`.execute(
    trx,
  );
}

/** Has those asked about once more that were about nobody, as long as they are recent. @returns whether there are any */
export async function askUntiedAgain(trx: Tx, connectionId: string, notedSince: Date): Promise<boolean> {
  const { rows } = await sql<{ crm_deal_id: string }>`
    update unclaimed_wins set due = true
    where connection_id = ${connectionId} and not tied and noted_at >= ${notedSince}
    returning crm_deal_id`.execute(trx);
  return rows.length > 0;
}

export async function markWinDue(trx: Tx, connectionId: string, crmDealId: string): Promise<void> {
  await trx
    .updateTable('unclaimed_wins')
    .set({ due: true })
    .where('connection_id', '=', connectionId)
    .where('crm_deal_id', '=', crmDealId)
    .execute();
}

/** When a deal was first seen won; undefined where it was not noted. */
export async function firstSeenWon(db: Reader, connectionId: string, crmDealId: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('unclaimed_wins')
    .select('seen_won_at')
    .where('connection_id', '=', connectionId)
    .where('crm_deal_id', '=', crmDealId)
    .executeTakeFirst();
  return row?.seen_won_at;
}

/** Forgets wins that nobody has seen since: seen again, they are new. */
export async function forgetWins(trx: Tx, connectionId: string, seenBefore: Date): Promise<void> {
  await trx
    .deleteFrom('unclaimed_wins')
    .where('connection_id', '=', connectionId)
    .where('noted_at', '<', seenBefore)
    .execute();
}
