import { sql } from 'kysely';
import { composeCrediting } from '../../src/compose-crediting.js';
import { migrations } from '../../src/migrations.js';
import { createPutPlan } from '../../src/plans/put-plan.handler.js';
import { openDatabase, type Database, type OpenDatabase } from '../../src/platform/database.js';
import { migrate } from '../../src/platform/migration.js';
import { createTransact } from '../../src/platform/unit-of-work.js';
import { tenPercent } from '../plans/sample-facts.js';
import { createTestSchema, type TestSchema } from '../support/databases.js';
import { describeWith } from '../support/services.js';
import { createTestClock } from '../support/test-clock.js';

const deals = 100_000;
const partners = 2_000;
const mostMs = 10_000;
const mostTimesReading = 3;

describeWith('postgres', 'a preview of a hundred thousand deals of two thousand partners', () => {
  let schema: TestSchema;
  let database: OpenDatabase;
  let db: Database;
  const clock = createTestClock('2026-04-02T09:00:00.000Z');

  beforeAll(async () => {
    schema = await createTestSchema();
    database = await openDatabase({ databaseUrl: schema.databaseUrl, dataDir: '' });
    db = database.db;
    await migrate(db, migrations);
    const transact = createTransact({ db, clock, queue: silentQueue });
    const putPlan = createPutPlan({ recreditSince: () => Promise.resolve() });
    await transact((uow) => putPlan(uow, { actor: { kind: 'system' }, slug: 'standard', plan: tenPercent }));
    await seed(db);
  });
  afterAll(async () => {
    await database.close();
    await schema.drop();
  });

  const drafts = {
    'another rate': `${tenPercent.replace('percent: 10', 'percent: 12')}corrects: 1\n`,
    'tiers by quarter': `
plan: standard
effectiveFrom: 2026-01-01
corrects: 1
rules:
  - id: volume
    pay:
      tiers: { of: amount, per: quarter, mode: retroactive, bands: [{ from: 0, percent: 5 }, { from: 20000, percent: 12 }] }
`,
  };

  it.each(Object.entries(drafts))('under %s takes few times what reading the rows does', async (_what, plan) => {
    const signer = { sign: () => ({ keyId: '', algorithm: 'Ed25519', value: '' }) as const };
    const transact = createTransact({ db, clock, queue: silentQueue });
    const { previewPlan } = composeCrediting({ database, transact, clock, signer: signer as never });
    const request = { slug: 'standard', plan, days: null, keep: 'changed' } as const;
    const rounds = [];
    for (let round = 0; round < 3; round += 1) {
      const [, readingMs] = await timed(() => readEverything(db));
      const [preview, previewMs] = await timed(() => previewPlan(request));
      rounds.push({ preview, previewMs, times: previewMs / readingMs });
    }
    // What else the machine does makes a round slower, never faster.
    const [{ preview }] = rounds as [(typeof rounds)[number]];
    expect(preview).toMatchObject({ dealsCompared: deals, dealsChanged: deals });
    expect(preview.totals).toMatchObject([{ currency: 'EUR', bookedMinor: 100_000_00n * 100n }]);
    expect(preview.partners).toHaveLength(partners);
    expect(Math.min(...rounds.map(({ previewMs }) => previewMs))).toBeLessThan(mostMs);
    expect(Math.min(...rounds.map(({ times }) => times))).toBeLessThan(mostTimesReading);
  });
});

const silentQueue = {
  wake: () => undefined,
  onWake: () => undefined,
  start: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

async function timed<T>(act: () => Promise<T>): Promise<readonly [T, number]> {
  const startedAt = performance.now();
  const result = await act();
  return [result, performance.now() - startedAt];
}

/** The rows that the facts are made of, each once, and the sums of the book. */
async function readEverything(db: Database): Promise<number> {
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
      insert into partners (id, name, email, type, status, personal_token, created_at, updated_at)
      select 'par_' || n, 'Partner ' || n, 'p' || n || '@example.com', 'referral', 'active', 'token-' || n, now(), now()
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
