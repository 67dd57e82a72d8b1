import { setTimeout as pause } from 'node:timers/promises';
import jsforce from 'jsforce';
import type { ChangeBatch } from '../../../connectors/salesforce/stream-batch.js';
import { eventually } from '../../support/eventually.js';
import type { Listening } from './listening.js';
import { listeningSetting } from './listening.js';
import { dealId } from './simulated-streaming.js';

const setting = listeningSetting();

describe('a change stream', () => {
  it('tells of a deal that was moved, with the stage, and where to go on from', async () => {
    const listening = setting.listen();
    await listening.live();
    setting.move('Closed Won');
    await setting.told(listening, 'Closed Won');
    const { changes, position } = listening.kept.at(-1)!;
    expect(changes).toEqual([
      {
        object: 'Opportunity',
        ids: [dealId],
        type: 'update',
        commitAt: '2026-11-27T09:00:00.000Z',
        stageHint: 'Closed Won',
      },
    ]);
    expect(JSON.parse(position)).toEqual({
      replayId: expect.stringMatching(/^\d+$/),
      asOf: '2026-11-27T09:00:00.000Z',
    });
  });

  it('gets into the org by a connection of jsforce as it is', async () => {
    const listening = setting.listen({ connect: () => Promise.resolve(new jsforce.Connection(setting.org.access)) });
    await listening.live();
    setting.move('Closed Won');
    await setting.told(listening, 'Closed Won');
  });

  it('begins by asking for what it cannot know: everything until then, at first', async () => {
    const listening = setting.listen();
    await listening.live();
    expect(listening.kept).toEqual([
      {
        changes: [],
        rereads: [{ object: null, since: null, reason: 'started' }],
        echoes: 0,
        ignored: 0,
        position: JSON.stringify({ replayId: null, asOf: '2026-11-27T09:00:00.000Z' }),
      },
    ]);
  });

  it('tells a restarted service of what happened while it was down, and asks for nothing else', async () => {
    const before = setting.listen();
    await before.live();
    setting.move('Qualification');
    await setting.told(before, 'Qualification');
    await before.stream.close();
    setting.move('Closed Won');
    const after = setting.listen({ startAt: before.position });
    await setting.told(after, 'Closed Won');
    expect(after.stages()).toEqual(['Closed Won']);
    expect(after.kept.flatMap(({ rereads }) => rereads)).toEqual([]);
  });

  it('goes back to where a quiet stream began, since no event marks the place', async () => {
    const before = setting.listen();
    await before.live();
    await before.stream.close();
    const after = setting.listen({ startAt: before.position });
    await after.live();
    expect(after.kept[0]?.rereads).toEqual([{ object: null, since: '2026-11-27T08:45:00.000Z', reason: 'started' }]);
  });

  it('asks for no more before the last batch is stored', async () => {
    let store = (): void => undefined;
    const stored: string[] = [];
    const listening = setting.listen({
      keep: (batch) =>
        new Promise((resolve) => {
          stored.push(...batch.changes.map(({ stageHint }) => stageHint ?? ''));
          if (batch.changes.length === 0) resolve();
          else store = resolve;
        }),
    });
    await listening.live();
    setting.move('Qualification');
    await eventually('the first change is being stored', () => stored.length === 1);
    const polls = setting.org.counts().messages.connect;
    setting.move('Closed Won');
    await pause(300);
    expect(stored).toEqual(['Qualification']);
    expect(setting.org.counts().messages.connect).toBe(polls);
    store();
    await eventually('the second change is being stored', () => stored.length === 2);
    store();
  });

  it('hands a batch over again that could not be stored', async () => {
    let isAway = false;
    const attempts: (string | null)[] = [];
    const listening: Listening = setting.listen({
      keep(batch) {
        for (const { stageHint } of batch.changes) attempts.push(stageHint);
        if (isAway) return Promise.reject(new Error('the database is away'));
        listening.position = batch.position;
        return Promise.resolve();
      },
    });
    await listening.live();
    setting.move('Qualification');
    await eventually('a first change is stored', () => attempts.length === 1);
    isAway = true;
    setting.move('Closed Won');
    await eventually('the second was tried three times', () => attempts.length >= 4);
    isAway = false;
    const tries = attempts.length;
    await eventually('it was tried once more', () => attempts.length > tries);
    await listening.live();
    expect(new Set(attempts.slice(1))).toEqual(new Set(['Closed Won']));
    expect(new Set(listening.faults())).toEqual(new Set(['not-kept']));
  });

  it('asks for a re-read again, when the very first change could not be stored', async () => {
    let isAway = true;
    const stored: ChangeBatch[] = [];
    const listening: Listening = setting.listen({
      keep(batch) {
        if (batch.changes.length > 0 && isAway) return Promise.reject(new Error('the database is away'));
        stored.push(batch);
        listening.position = batch.position;
        return Promise.resolve();
      },
    });
    await listening.live();
    setting.move('Closed Won');
    await eventually('it could not be stored', () => listening.faults().length > 0);
    isAway = false;
    await eventually('a re-read is asked for', () => stored.length === 2);
    expect(stored[1]?.rereads).toEqual([{ object: null, since: '2026-11-27T08:45:00.000Z', reason: 'started' }]);
  });

  it('is not disturbed by what it does not watch, and tells our own writing from that of others', async () => {
    const listening = setting.listen();
    await listening.live();
    setting.org.commit({ entity: 'Account', ids: ['0015f00000UloqVAAR'], values: { Name: 'Acme' } });
    setting.org.commit({ client: 'introducer', origin: 'api', values: { Introducer_Status__c: 'approved' } });
    setting.org.commit({ client: 'other', origin: 'api', values: { StageName: 'Closed Won' } });
    await setting.told(listening, 'Closed Won');
    const sum = (part: 'echoes' | 'ignored'): number => listening.kept.reduce((total, batch) => total + batch[part], 0);
    expect([listening.stages(), sum('echoes'), sum('ignored')]).toEqual([['Closed Won'], 1, 1]);
  });

  it('closes at once although a poll is held, and gives its place in the org free', async () => {
    setting.org.configure({ pollMs: 60_000 });
    const listening = setting.listen();
    await listening.live();
    await eventually('a poll is held', () => setting.org.counts().held === 1);
    const startedAt = performance.now();
    await listening.stream.close();
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(await listening.stream.ended).toBeNull();
    expect(setting.org.counts()).toMatchObject({ clients: 0, held: 0 });
  });
});
