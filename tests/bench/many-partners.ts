import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { composeCrediting, type Crediting } from '../../src/compose-crediting.js';
import { migrations } from '../../src/migrations.js';
import { createPutPlan } from '../../src/plans/put-plan.handler.js';
import { openDatabase, type Database } from '../../src/platform/database.js';
import { createInProcessQueue } from '../../src/platform/in-process-queue.js';
import { migrate } from '../../src/platform/migration.js';
import { createSecrets } from '../../src/platform/secrets.js';
import { openSigner } from '../../src/platform/signing.js';
import { createTransact } from '../../src/platform/unit-of-work.js';
import { createTestSchema } from '../support/databases.js';
import { createTestClock } from '../support/test-clock.js';
import type { Cleanup } from './cleanup.js';

export const deals = 100_000;
export const partners = 2_000;

/** Many deals of many partners on PostgreSQL, all in the book, and the crediting of the service over them. */
export interface ManyPartners {
  readonly db: Database;
  readonly previewPlan: Crediting['previewPlan'];
}

export async function openManyPartners(cleanup: Cleanup, plan: string): Promise<ManyPartners> {
  const schema = await createTestSchema();
  cleanup.add(() => schema.drop());
  const database = await openDatabase({ databaseUrl: schema.databaseUrl, dataDir: '' });
  cleanup.add(() => database.close());
  const { db } = database;
  await migrate(db, migrations);
  const clock = createTestClock('2026-04-02T09:00:00.000Z');
  const transact = createTransact({ db, queue: createInProcessQueue(), clock });
  const put = createPutPlan({ recreditSince: () => Promise.resolve() });
  await transact((uow) => put(uow, { actor: { kind: 'system' }, slug: 'standard', plan }));
  await seed(db);
  const signer = await openSigner({ db, clock, secrets: createSecrets(randomBytes(32).toString('hex')) });
  return { db, previewPlan: composeCrediting({ database, transact, clock, signer }).previewPlan };
}

/** The rows that the facts are made of, each once, and the sums of the book. */
export async function readEverything(db: Database): Promise<number> {
  const answers = [
    await db.selectFrom('deal_states').selectAll().execute(),
    await db.selectFrom('deals').selectAll().execute(),
    await db.selectFrom('crm_links').selectAll().execute(),
    await db.selectFrom('registrations').selectAll().execute(),
    await db.selectFrom('partners').selectAll().execute(),
    (
      await sql`
        select deal_id, partner_id, currency, sum(amount_minor) from commission_lines
        group by deal_id, partner_id, currency`.execute(db)
    ).rows,
  ];
  return answers.reduce((count, rows) => count + rows.length, 0);
}

/** Deals of 1000.00 EUR, all won in March 2026, fifty for each partner, with their ten percent booked. */
async function seed(db: Database): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // The journal's checks and the references would take longer than the preview.
    await sql`set local session_replication_role = replica`.execute(trx);
    const n = sql`generate_series(1, ${deals}::integer) as n`;
    await sql`
      insert into partners (id, name, email, status, personal_token, created_at, updated_at)
      select 'par_' || n, 'Partner ' || n, 'p' || n || '@example.com', 'active', 'token-' || n, now(), now()
      from generate_series(1, ${partners}::integer) as n`.execute(trx);
    await sql`
      insert into connections (id, crm, name, created_at) values ('hubspot', 'hubspot', 'HubSpot', now())`.execute(trx);
    await sql`
      insert into deals (id, connection_id, crm, crm_deal_id, created_at)
      select 'deal_' || n, 'hubspot', 'hubspot', n::text, now() from ${n}`.execute(trx);
    await sql`
      insert into deal_states
        (deal_id, revision, name, pipeline_id, stage_id, stage_label, outcome, presence, amount, currency, close_date, owner_id,
         won_at, fields, read_at)
      select 'deal_' || n, 3, 'Renewal of customer ' || n, 'default', 'closedwon', 'Closed won', 'won', 'present', '1000.00',
        'EUR', '2026-03-20', '4711', timestamptz '2026-03-01T10:00:00Z' + n * interval '20 seconds', '{"hs_acv": "900.00"}', now()
      from ${n}`.execute(trx);
    await sql`
      insert into registrations
        (id, partner_id, status, source, company_name, company_domain, company_key, contact_key, name_key, country, product,
         product_key, deal_name, amount, currency, availability, content_hash, receipt, submitted_at, crm_check, approved_at,
         approved_by, protected_until, holds_company, outcome, updated_at)
      select 'reg_' || n, 'par_' || n % ${partners}::integer + 1, 'approved', 'api', 'Customer ' || n, 'c' || n || '.com',
        'c' || n || '.com', 'ida@c' || n || '.com', 'customer ' || n || ' de', 'DE', '', '', 'Renewal', '1000.00', 'EUR', 'clear',
        ${`sha256:${'f'.repeat(64)}`}::text,
        ${JSON.stringify({ registrationId: 'reg', keyId: 'sig_1', algorithm: 'Ed25519', signature: 'f'.repeat(86) })}::jsonb,
        '2026-01-10T08:00:00Z', 'done', '2026-01-11T08:00:00Z', 'operator:key_1', '2026-04-10', true, 'won', now()
      from ${n}`.execute(trx);
    await sql`
      insert into crm_links (registration_id, connection_id, crm_contact_id, crm_company_id, deal_id, deal_started_at, linked_at, created_at)
      select 'reg_' || n, 'hubspot', n::text, n::text, 'deal_' || n, now(), now(), now() from ${n}`.execute(trx);
    await sql`
      insert into commission_lines
        (id, entry_id, line_key, occasion, ordinal, partner_id, payee, kind, component, amount_minor, currency, earned_on, payable_on,
         deal_id, deal_revision, registration_id, plan_version_id, plan_version, explanation, inputs_hash, booked_at)
      select 'line_' || n, 'jrn_' || n, 'key ' || n, 'won ' || n, 1, 'par_' || n % ${partners}::integer + 1, 'partner', 'commission',
        'new-business', 10000, 'EUR', '2026-03-10', '2026-04-09', 'deal_' || n, 3, 'reg_' || n, 'pvn_1', 'standard@1',
        ${JSON.stringify({ summary: 'x'.repeat(2_000) })}::jsonb, ${'f'.repeat(64)}::text, now()
      from ${n}`.execute(trx);
  });
  await sql`analyze`.execute(db);
}
