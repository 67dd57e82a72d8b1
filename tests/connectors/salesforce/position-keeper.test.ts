import { eventually } from '../../support/eventually.js';
import type { Listening } from './listening.js';
import { listeningSetting } from './listening.js';

const setting = listeningSetting();

describe('a change stream whose place is gone', () => {
  it('asks for what was changed since then, and goes on with what is new', async () => {
    const before = setting.listen();
    await before.live();
    setting.move('Qualification');
    await setting.told(before, 'Qualification');
    await before.stream.close();
    setting.move('Negotiation');
    setting.org.clock.advanceDays(4);
    setting.org.expireEvents();
    const after = setting.listen({ startAt: before.position });
    await after.live();
    expect(after.kept[0]).toMatchObject({
      changes: [],
      rereads: [{ object: null, since: '2026-11-27T08:45:00.000Z', reason: 'expired' }],
    });
    setting.move('Closed Won');
    await setting.told(after, 'Closed Won');
    expect(after.stages()).toEqual(['Closed Won']);
  });

  it('notices it in the middle of its life too', async () => {
    const listening = setting.listen();
    await listening.live();
    setting.move('Qualification');
    await setting.told(listening, 'Qualification');
    setting.org.expireEvents();
    setting.org.forgetClients();
    await eventually('a re-read is asked for', () =>
      listening.kept.some(({ rereads }) => rereads.some(({ reason }) => reason === 'expired')),
    );
    setting.move('Closed Won');
    await setting.told(listening, 'Closed Won');
  });

  it('does not reach back far after days without a change', async () => {
    const before = setting.listen({ timing: { freshenMs: 100 } });
    await before.live();
    setting.move('Qualification');
    await setting.told(before, 'Qualification');
    setting.org.clock.advanceDays(4);
    await eventually(
      'its own place was refused, and it began anew',
      () => before.position?.includes('2026-12-01') === true,
    );
    await before.stream.close();
    setting.org.expireEvents();
    const after = setting.listen({ startAt: before.position });
    await after.live();
    expect(after.kept[0]?.rereads[0]?.since).toBe('2026-12-01T08:45:00.000Z');
  });

  it('takes a position it cannot read for none', async () => {
    const listening = setting.listen({ startAt: '{"replayId":"all"}' });
    await listening.live();
    expect(listening.kept[0]?.rereads).toEqual([{ object: null, since: null, reason: 'started' }]);
  });
});

describe('a change that a lost subscription did not tell of', () => {
  // A poll that a busy machine answers late would make the stream subscribe anew, and nothing be missed.
  const patient = { graceMs: 10_000, answerMs: 10_000 };
  const machineTime = performance.now.bind(performance);
  afterEach(() => void Object.assign(performance, { now: machineTime }));

  /** A deal is moved at 09:05 without an event, and polls are answered until 09:25: too early for the stream to subscribe anew. */
  async function miss(listening: Listening): Promise<void> {
    const { org } = setting;
    let aheadMs = 0;
    Object.assign(performance, { now: () => machineTime() + aheadMs });
    const pass = (minutes: number): void => {
      org.clock.advanceMs(minutes * 60_000);
      aheadMs += minutes * 60_000;
    };
    org.addFault({ kind: 'lose-subscription', count: 1 });
    await eventually('the subscription is gone', () => org.counts().subscriptions === 0);
    pass(5);
    setting.move('Closed Won');
    pass(20);
    const polls = org.counts().messages.connect ?? 0;
    await eventually('polls are answered all the same', () => (org.counts().messages.connect ?? 0) >= polls + 3);
    await listening.stream.close();
    expect(listening.stages()).not.toContain('Closed Won');
  }

  it('is read again, although days away followed and its event is gone', async () => {
    const before = setting.listen({ timing: patient });
    await before.live();
    setting.move('Qualification');
    await setting.told(before, 'Qualification');
    await miss(before);
    setting.org.clock.advanceDays(4);
    setting.org.expireEvents();
    const after = setting.listen({ startAt: before.position });
    await after.live();
    expect(after.kept[0]?.rereads).toEqual([{ object: null, since: '2026-11-27T08:45:00.000Z', reason: 'expired' }]);
  });

  it('is read again, although no event ever marked the place', async () => {
    const before = setting.listen({ timing: patient });
    await before.live();
    await miss(before);
    const after = setting.listen({ startAt: before.position });
    await after.live();
    expect(after.kept[0]?.rereads).toEqual([{ object: null, since: '2026-11-27T08:45:00.000Z', reason: 'started' }]);
  });
});
