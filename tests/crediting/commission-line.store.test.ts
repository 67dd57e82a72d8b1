import { setTimeout as pause } from 'node:timers/promises';
import { lockCrediting } from '../../src/crediting/commission-line.store.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { eachDatabase } from '../support/databases.js';
import { creditingMigrations } from './crediting-world.js';

const few = ['deal_1', 'deal_2'];
/** More than a server has room for with its default settings. */
const many = Array.from({ length: 30_000 }, (_, number) => `deal_${String(number)}`);

eachDatabase('crediting deals one transaction at a time', (open) => {
  let database: OpenDatabase;

  beforeAll(async () => {
    database = await open({ migrations: creditingMigrations });
  });
  afterAll(() => database.close());

  it.each([
    ['few', 'the same few', few, few],
    ['few', 'more than can be locked one by one', few, many],
    ['more than can be locked one by one', 'few', many, few],
  ])('lets %s be credited before %s, as far as they are the same deals', async (_first, _second, first, second) => {
    const order: string[] = [];
    let later: Promise<void> | undefined;
    await database.db.transaction().execute(async (trx) => {
      await lockCrediting(trx, first);
      later = database.db.transaction().execute(async (other) => {
        await lockCrediting(other, second);
        order.push('second');
      });
      await pause(100);
      order.push('first');
    });
    await later;
    expect(order).toEqual(['first', 'second']);
  });
});
