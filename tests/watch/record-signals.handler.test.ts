import type { OpenDatabase } from '../../src/platform/database.js';
import type { Queue } from '../../src/platform/queue.js';
import { watchMigration } from '../../src/watch/0400-watch.migration.js';
import { countPending } from '../../src/watch/pending-deal.store.js';
import { createRecordSignals } from '../../src/watch/record-signals.handler.js';
import { openTestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { createTestClock } from '../support/test-clock.js';

describe('recording signals', () => {
  let database: OpenDatabase;
  const written: string[] = [];
  const woken: string[] = [];
  const queue: Queue = {
    wake: (topic) => void woken.push(topic),
    onWake: () => undefined,
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const signal = (crmDealId: string) => ({ objectType: 'deal', accountId: null, crmDealId, stageHint: null }) as const;

  beforeAll(async () => {
    const onQuery = (statement: string) => {
      if (statement.includes('insert into pending_deals')) written.push(statement);
    };
    database = await openTestDatabase({ migrations: [watchMigration], onQuery });
  });
  afterAll(() => database.close());

  it('writes deliveries that arrive together with few statements, and calls the readers at once and at the end', async () => {
    const record = createRecordSignals({
      db: database.db,
      clock: createTestClock(),
      queue,
      topicsOf: (connectionId) => [`read:${connectionId}`],
    });
    const deliveries = Array.from({ length: 50 }, (_, index) => record('hubspot', [signal(String(index))]));
    await Promise.all(deliveries);
    expect(await countPending(database.db)).toBe(50);
    // The first leaves alone, all others share the next statement.
    expect(written).toHaveLength(2);
    expect(woken).toEqual(['read:hubspot']);
    await eventually('the readers are called for what came after', () => woken.length === 2);
  });

  it('tells the sender when nothing could be written', async () => {
    const broken = createRecordSignals({
      db: database.db,
      // A time that no database takes.
      clock: { now: () => new Date(Number.NaN) },
      queue,
      topicsOf: () => [],
    });
    await expect(broken('hubspot', [signal('1')])).rejects.toThrow();
  });
});
