import type { WorkOutcome } from '../../src/platform/work.js';
import { eachDatabase } from '../support/databases.js';
import { outage, pushing, refused, Trouble, useRunner } from './runner-under-test.js';

eachDatabase('a work runner', (open) => {
  const under = useRunner(open);
  const { begin, enqueue, allDone, problems } = under;

  it('does what was enqueued right after the transaction that enqueued it, in one batch', async () => {
    const batches: string[][] = [];
    await begin(
      pushing((items) => {
        batches.push(items.map((item) => item.key));
        return Promise.resolve('done');
      }),
    );
    await enqueue('a', 'b', 'c');
    await allDone();
    expect(batches).toEqual([['a', 'b', 'c']]);
    expect(under.observed).toMatchObject([{ kind: 'push', done: 3, postponed: 0, setAside: 0 }]);
  });

  it('does nothing for a transaction that was rolled back', async () => {
    const seen: string[] = [];
    await begin(
      pushing((items) => {
        seen.push(...items.map((item) => item.key));
        return Promise.resolve('done');
      }),
    );
    await expect(
      under.transact(async (uow) => {
        await uow.enqueue([{ kind: 'push', key: 'a', payload: { n: 1 } }]);
        throw refused;
      }),
    ).rejects.toBe(refused);
    await enqueue('b');
    await allDone();
    expect(seen).toEqual(['b']);
  });

  it('tries again after an outage for as long as it takes', async () => {
    let calls = 0;
    await begin(
      pushing(() => {
        calls += 1;
        if (calls <= 6) throw new Trouble(outage);
        return Promise.resolve('done');
      }),
    );
    await enqueue('a');
    await allDone();
    expect(calls).toBe(7);
    expect(await problems()).toEqual([]);
  });

  it('follows what a run says of each item', async () => {
    let ran = 0;
    await begin(
      pushing((items, now) => {
        ran += items.length;
        const outcomeOf = (key: string): WorkOutcome => {
          if (key === 'refuse') return { kind: 'set-aside', title: 'No', detail: 'Why not' };
          return key === 'again' && ran < 4 ? { kind: 'again', at: new Date(now.getTime() + 50) } : { kind: 'done' };
        };
        return Promise.resolve(new Map(items.map((item) => [item.key, outcomeOf(item.key)])));
      }),
    );
    await enqueue('again', 'done', 'refuse');
    await allDone();
    expect(ran).toBe(4);
    expect(await problems()).toMatchObject([{ workKey: 'refuse', title: 'No', detail: 'Why not' }]);
  });

  it('does a task that is asked for again while it is being done once more', async () => {
    const seen: number[] = [];
    await begin(
      pushing(async (items) => {
        seen.push(items[0]!.payload.n);
        if (seen.length === 1) {
          await under.transact((uow) => uow.enqueue([{ kind: 'push', key: 'a', payload: { n: 7 } }]));
        }
        return 'done';
      }),
    );
    await enqueue('a');
    await allDone();
    expect(seen).toEqual([0, 7]);
  });

  it('does at start what a killed process had begun, when it is the only worker', async () => {
    await under.transact(async ({ trx, enqueue: add, now }) => {
      await add([{ kind: 'push', key: 'a', payload: { n: 1 } }]);
      await trx
        .updateTable('work')
        .set({ lease_until: new Date(now.getTime() + 60_000) })
        .execute();
    });
    await begin(
      pushing(() => Promise.resolve('done')),
      { soleWorker: true },
    );
    await allDone();
  });
});
