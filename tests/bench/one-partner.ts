import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { composeCrediting } from '../../src/compose-crediting.js';
import { migrations } from '../../src/migrations.js';
import { assertDefined } from '../../src/platform/assert.js';
import { openDatabase, type Database } from '../../src/platform/database.js';
import { createInProcessQueue } from '../../src/platform/in-process-queue.js';
import { migrate } from '../../src/platform/migration.js';
import { createSecrets } from '../../src/platform/secrets.js';
import { openSigner } from '../../src/platform/signing.js';
import { createTransact, type Transact } from '../../src/platform/unit-of-work.js';
import { createPutPlan } from '../../src/plans/put-plan.handler.js';
import { saveRevisions } from '../../src/watch/deal-state.store.js';
import { createTestSchema } from '../support/databases.js';
import { createTestClock } from '../support/test-clock.js';
import type { Cleanup } from './cleanup.js';
import { nameOf, stageNow, type ChangedDeal } from './deals.js';
import { seedHistory } from './seed-history.js';
import { seedProduct, stateBefore } from './seed-product.js';

/** A partner with all its deals, on PostgreSQL, and the crediting of the service over them. */
export interface OnePartner {
  readonly db: Database;
  /** Has the CRM say that the next so many deals were won, a minute after each other, in one month. */
  win(count: number): Promise<readonly string[]>;
  /** Credits deals as the work that follows from such a revision does. */
  credit(dealIds: readonly string[]): Promise<void>;
}

const connectionId = 'hubspot';
const partnerId = 'par_1';
const now = '2026-03-20T09:00:00.000Z';
/** After the registrations were approved. */
const firstWinMs = Date.parse('2026-03-02T00:00:00.000Z');
const winEveryMs = 60_000;

export async function openOnePartner(
  cleanup: Cleanup,
  { deals, plan }: { readonly deals: number; readonly plan: string },
): Promise<OnePartner> {
  const schema = await createTestSchema();
  cleanup.add(() => schema.drop());
  const database = await openDatabase({ databaseUrl: schema.databaseUrl, dataDir: '' });
  cleanup.add(() => database.close());
  const { db } = database;
  await migrate(db, migrations);
  const clock = createTestClock(now);
  const transact = createTransact({ db, queue: createInProcessQueue(), clock });
  const known = Array.from({ length: deals }, (_, index): ChangedDeal => ({ crmDealId: String(index), won: true }));
  await seedProgram(db, transact, plan);
  await seedProduct(transact, {
    connection: { id: connectionId, crm: 'hubspot' },
    known: stateBefore,
    partnerIds: [partnerId],
    deals: known,
  });
  await seedHistory(db);
  const signer = await openSigner({ db, clock, secrets: createSecrets(randomBytes(32).toString('hex')) });
  const [job] = composeCrediting({ database, transact, clock, signer }).jobs;
  const ids = await dealIdsInOrder(db);
  let won = 0;
  return {
    db,
    win: async (count) => {
      const dealIds = ids.slice(won, won + count);
      await transact((uow) =>
        saveRevisions(
          uow.trx,
          dealIds.map((id, index) => wonRevision(id, won + index)),
          uow.now,
        ),
      );
      won += count;
      return dealIds;
    },
    credit: async (dealIds) => {
      const items = dealIds.map((key) => ({ key, payload: null, attempts: 0 }));
      await assertDefined(job, 'crediting is work').run(items, clock.now());
    },
  };
}

async function seedProgram(db: Database, transact: Transact, plan: string): Promise<void> {
  await sql`
    insert into connections (id, crm, name, created_at) values (${connectionId}, 'hubspot', 'HubSpot', ${now})`.execute(
    db,
  );
  await sql`
    insert into partners (id, name, email, status, personal_token, created_at, updated_at)
    values (${partnerId}, 'Northwind', 'partner@northwind.example', 'active', 'token', ${now}, ${now})`.execute(db);
  const putPlan = createPutPlan({ recreditSince: () => Promise.resolve() });
  await transact((uow) => putPlan(uow, { actor: { kind: 'system' }, slug: 'standard', plan }));
}

async function dealIdsInOrder(db: Database): Promise<readonly string[]> {
  const rows = await db.selectFrom('deals').select(['id', 'crm_deal_id']).execute();
  return rows.toSorted((a, b) => Number(a.crm_deal_id) - Number(b.crm_deal_id)).map(({ id }) => id);
}

function wonRevision(dealId: string, index: number) {
  const wonAt = new Date(firstWinMs + index * winEveryMs).toISOString();
  const state = { ...stateBefore(nameOf(index)), outcome: 'won' as const, stageId: stageNow(true), wonAt };
  return { dealId, revision: 2, state, changes: [], crmModifiedAt: wonAt };
}
