import { countOpenProblems } from '../../src/platform/problems.store.js';
import { createRetryProblem } from '../../src/platform/retry-problem.js';
import { eachDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { mayBeOurs, pushing, refused, Trouble, useRunner, words } from './runner-under-test.js';

eachDatabase('work that fails', (open) => {
  const under = useRunner(open);
  const { begin, enqueue, allDone, problems } = under;

  it('sets aside what failed too often, with the words of the failure', async () => {
    await begin(
      pushing(() => {
        throw new Trouble(mayBeOurs);
      }),
    );
    await enqueue('reg_1');
    await allDone();
    expect(await problems()).toMatchObject([
      {
        kind: 'exhausted',
        workKind: 'push',
        workKey: 'reg_1',
        payload: { n: 0 },
        subjectType: 'registration',
        subjectId: 'reg_1',
        title: words.title,
        detail: `${words.detail} (3 tries)`,
        occurrences: 1,
      },
    ]);
  });

  it('sets aside only the one item that will never work, and does its neighbours', async () => {
    const done: string[] = [];
    await begin(
      pushing((items) => {
        if (items.some((item) => item.key === 'bad')) throw refused;
        done.push(...items.map((item) => item.key));
        return Promise.resolve('done');
      }),
    );
    await enqueue('a', 'b', 'bad', 'c', 'd', 'e');
    await allDone();
    expect(done.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await problems()).toMatchObject([{ kind: 'refused', workKey: 'bad', detail: words.detail }]);
  });

  it('sets aside only the one item that keeps failing for a reason nobody knows', async () => {
    const done: string[] = [];
    await begin(
      pushing((items) => {
        if (items.some((item) => item.key === 'bad')) throw new TypeError('x is not a function');
        done.push(...items.map((item) => item.key));
        return Promise.resolve('done');
      }),
    );
    await enqueue('a', 'bad', 'b');
    await allDone();
    expect(done.toSorted()).toEqual(['a', 'b']);
    expect(await problems()).toMatchObject([{ kind: 'exhausted', workKey: 'bad' }]);
  });

  it('sets aside a task it cannot read, and does the others', async () => {
    const done: string[] = [];
    await begin(
      pushing((items) => {
        done.push(...items.map((item) => item.key));
        return Promise.resolve('done');
      }),
    );
    await under.transact((uow) =>
      uow.enqueue([
        { kind: 'push', key: 'old', payload: { number: 'one' } },
        { kind: 'push', key: 'new', payload: { n: 1 } },
      ]),
    );
    await allDone();
    expect(done).toEqual(['new']);
    expect(await problems()).toMatchObject([
      { kind: 'unreadable', workKey: 'old', detail: expect.stringContaining('n') },
    ]);
  });

  it('sets aside a task that ended its worker each time it was begun', async () => {
    await enqueue('deadly');
    await under.database.db
      .updateTable('work')
      .set({ lease_until: new Date(Date.now() - 1), attempts: 2, failures: 2 })
      .execute();
    await begin(pushing(() => Promise.resolve('done')));
    await allDone();
    expect(await problems()).toMatchObject([{ kind: 'exhausted', workKey: 'deadly' }]);
  });

  describe('when a problem is retried', () => {
    it('does the work again, and closes the problem once that works', async () => {
      let mended = false;
      await begin(
        pushing(() => {
          if (!mended) throw refused;
          return Promise.resolve('done');
        }),
      );
      const retry = createRetryProblem({ transact: under.transact });
      await enqueue('a');
      await allDone();
      const [problem] = await problems();

      expect(await retry(problem!.id)).toMatchObject({ kind: 'retried' });
      await eventually('it failed again', async () => (await problems())[0]?.occurrences === 2);
      mended = true;
      expect(await retry(problem!.id)).toMatchObject({ kind: 'retried' });
      await eventually('it is closed', async () => (await problems()).length === 0);
      expect(await retry(problem!.id)).toMatchObject({ kind: 'already-resolved' });
      expect(await countOpenProblems(under.database.db)).toEqual(new Map());
    });

    it('says so when there is no such problem', async () => {
      await begin(pushing(() => Promise.resolve('done')));
      expect(await createRetryProblem({ transact: under.transact })('prb_none')).toEqual({ kind: 'not-found' });
    });
  });
});
