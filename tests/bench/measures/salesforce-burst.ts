import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { atMost } from '../figure.js';
import type { Measure, MeasureContext } from '../measure.js';
import { openProduct, type Product } from '../product.js';
import { openSalesforceOrg } from '../salesforce-org.js';

const changes = 10_000;
const callsPerThousand = 4;
const latencyMs = 20;
const longestMs = 180_000;

/** What a burst of changes costs an organisation of its daily calls. */
export const salesforceBurst: Measure = {
  name: 'salesforce-burst',
  title: `${changes.toLocaleString('en')} opportunities of registrations change at once, noticed by the sweep`,
  take,
};

async function take({ cleanup, main }: MeasureContext) {
  const org = await openSalesforceOrg(cleanup, { opportunities: changes });
  await org.configure({ latencyMs });
  // The sweep runs when the measure says so, and never by itself.
  const environment = { ...org.environment, SWEEP_INTERVAL_SECONDS: '86400' };
  const product = await openProduct(cleanup, { ...org, environment }, { main, shape: 'all' });
  const wins = org.deals.filter((deal) => deal.won).length;
  await org.moveAll();
  await org.resetCalls();
  const startedMs = performance.now();
  await sweepNow(product);
  await until(product, async () => (await product.countLines()) === wins && (await product.isIdle()));
  const seconds = (performance.now() - startedMs) / 1000;
  const { reads } = await org.countCalls();
  await until(product, () => product.isWrittenBack());
  const all = await org.countCalls();
  await org.resetCalls();
  await sweepNow(product);
  await until(product, () => product.isIdle());
  const again = await org.countCalls();
  const perThousand = (calls: number): number => (calls * 1000) / changes;
  return {
    figures: [
      {
        name: 'calls per 1,000 changes, until all wins are credited',
        unit: 'calls',
        values: [perThousand(reads)],
        target: atMost(callsPerThousand),
      },
      {
        name: 'calls per 1,000 changes, writing back to a tenth included',
        unit: 'calls',
        values: [perThousand(all.reads + all.writes)],
        target: atMost(callsPerThousand),
      },
      { name: 'calls of the next sweep, which looks back ten minutes', unit: 'calls', values: [again.reads] },
      { name: 'until all is credited', unit: 's', values: [seconds] },
    ],
    notes: [
      `One change in ten is a win; each call takes ${latencyMs} ms. A bare script needs a call for each change.`,
      'The sweep begins when the service next looks at its diary, up to five seconds after the burst.',
    ],
  };
}

async function sweepNow({ db }: Product): Promise<void> {
  const before = await sweptAt(db);
  await sql`update work set due_at = now() where kind = 'sweep'`.execute(db);
  await untilTrue(async () => (await sweptAt(db)) !== before);
  await untilTrue(async () => {
    const { rows } = await sql<{ busy: boolean }>`
      select exists (select 1 from work where kind = 'sweep' and due_at < now() + interval '1 hour') as busy`.execute(
      db,
    );
    return rows[0]?.busy === false;
  });
}

async function sweptAt(db: Product['db']): Promise<string> {
  const { rows } = await sql<{ at: string }>`select swept_at::text as at from connections`.execute(db);
  return rows[0]?.at ?? '';
}

async function until(product: Product, holds: () => Promise<boolean>): Promise<void> {
  await untilTrue(async () => (await product.isIdle()) && holds());
}

async function untilTrue(holds: () => Promise<boolean>): Promise<void> {
  const startedMs = performance.now();
  while (!(await holds())) {
    if (performance.now() - startedMs > longestMs) throw new Error('The burst is not dealt with in time');
    await pause(50);
  }
}
