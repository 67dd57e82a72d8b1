import { sql } from 'kysely';
import { z } from 'zod';
import type { CallAccount, CallAccountStore } from '../../connectors/call-account.js';
import type { Reader } from '../platform/database.js';
import type { Json } from '../platform/json.js';
import type { Transact } from '../platform/unit-of-work.js';

export interface CallAccountsTable {
  connection_id: string;
  account: Json | null;
}

declare module '../platform/database.js' {
  interface Tables {
    crm_call_accounts: CallAccountsTable;
  }
}

const accountShape: z.ZodType<CallAccount> = z.object({
  usage: z.object({ used: z.number(), limit: z.number(), seenAtMs: z.number() }).nullable(),
  lookAtMs: z.number(),
  shares: z.array(z.object({ owner: z.string(), calls: z.number(), untilMs: z.number() })),
});

/** Keeps what a connection's processes know of the calls their CRM allows. Its row is locked while it is changed. */
export function createCallAccountStore(transact: Transact, connectionId: string): CallAccountStore {
  return {
    change: (decide) =>
      transact(async ({ trx }) => {
        await trx
          .insertInto('crm_call_accounts')
          .values({ connection_id: connectionId, account: null })
          .onConflict((conflict) => conflict.column('connection_id').doNothing())
          .execute();
        const row = await trx
          .selectFrom('crm_call_accounts')
          .select('account')
          .where('connection_id', '=', connectionId)
          .forUpdate()
          .executeTakeFirstOrThrow();
        // One that another version wrote is begun anew: the CRM tells with its next answer.
        const { account, result } = decide(accountShape.safeParse(row.account).data ?? null);
        await sql`
          update crm_call_accounts set account = ${JSON.stringify(account)}::jsonb
          where connection_id = ${connectionId}`.execute(trx);
        return result;
      }),
  };
}

/** How many calls of how many a customer's tools used, as the CRM last said. */
export type CallUsage = NonNullable<CallAccount['usage']>;

/** What CRMs said of their calls, by connection. */
export async function usageOfConnections(db: Reader): Promise<ReadonlyMap<string, CallUsage>> {
  const rows = await db.selectFrom('crm_call_accounts').selectAll().execute();
  return new Map(
    rows.flatMap((row): [string, CallUsage][] => {
      const usage = accountShape.safeParse(row.account).data?.usage ?? null;
      return usage === null ? [] : [[row.connection_id, usage]];
    }),
  );
}
