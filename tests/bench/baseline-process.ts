import pg from 'pg';
import { createTestSchema } from '../support/databases.js';
import { freePort } from '../support/service-process.js';
import type { Cleanup } from './cleanup.js';
import type { Crm } from './crm.js';
import type { ChangedDeal } from './deals.js';
import { startProgram, typescriptProgram } from './program.js';
import type { Contender } from './contender.js';

/** Starts the script a user would write, with its two tables filled for these deals. */
export async function openBaseline(
  cleanup: Cleanup,
  crm: Crm,
  options: { readonly limitCalls: boolean },
): Promise<Contender> {
  const schema = await createTestSchema();
  cleanup.add(() => schema.drop());
  const database = new pg.Client({ connectionString: schema.databaseUrl });
  await database.connect();
  cleanup.add(() => database.end());
  await createTables(database, crm.deals);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const program = startProgram(typescriptProgram('./baseline.ts'), {
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: schema.databaseUrl,
    HUBSPOT_API_URL: crm.url,
    HUBSPOT_ACCESS_TOKEN: crm.accessToken,
    HUBSPOT_CLIENT_SECRET: crm.clientSecret,
    LIMIT_CALLS: String(options.limitCalls),
  });
  cleanup.add(() => program.stop());
  await program.firstLine();
  return {
    webhookUrl: `${url}/webhooks/hubspot`,
    // It answers when it has done everything.
    isIdle: () => Promise.resolve(true),
    countLines: async () => {
      const { rows } = await database.query<{ lines: string }>('select count(*) as lines from commissions');
      return Number(rows[0]?.lines);
    },
  };
}

async function createTables(database: pg.Client, deals: readonly ChangedDeal[]): Promise<void> {
  await database.query('create table partner_deals (deal_id text primary key, partner_id text not null)');
  await database.query(
    `create table commissions (
      deal_id text primary key, partner_id text not null, amount numeric not null, currency text not null,
      booked_at timestamptz not null default now()
    )`,
  );
  await database.query(
    `insert into partner_deals select deal_id, 'partner-' || (position % 20)
     from unnest($1::text[]) with ordinality as deal (deal_id, position)`,
    [deals.map((deal) => deal.crmDealId)],
  );
}
