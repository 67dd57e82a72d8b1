import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../../support/eventually.js';
import { listeningSetting } from './listening.js';
import { dealId } from './simulated-streaming.js';

const setting = listeningSetting();

describe('a change stream that breaks', () => {
  it.each<[string, string, () => void | Promise<void>]>([
    ['is cut while nothing happens', 'unavailable', () => setting.cut()],
    ['is forgotten by Salesforce', 'client-forgotten', () => setting.org.forgetClients()],
    ['gets no answer', 'silent', () => setting.org.addFault({ kind: 'silent', count: 1 })],
    ['meets a busy server', 'unavailable', () => setting.org.addFault({ kind: 'busy', count: 2 })],
    ['meets a proxy', 'unavailable', () => setting.org.addFault({ kind: 'bad-gateway', count: 1 })],
    [
      'is cut at the handshake too',
      'unavailable',
      () => {
        setting.org.addFault({ kind: 'cut', step: 'handshake', count: 2 });
        return setting.cut();
      },
    ],
    [
      'gets no answer to its subscription',
      'client-forgotten',
      () => {
        setting.org.forgetClients();
        setting.org.addFault({ kind: 'silent', step: 'subscribe', count: 1 });
      },
    ],
  ])('and %s loses nothing', async (_, fault, breakIt) => {
    const listening = setting.listen();
    await listening.live();
    setting.move('Qualification');
    await setting.told(listening, 'Qualification');
    await breakIt();
    await pause(20);
    setting.move('Negotiation');
    await eventually('the fault was met', () => listening.faults().includes(fault), 3_000);
    setting.move('Closed Won');
    await setting.told(listening, 'Negotiation', 'Closed Won');
    expect(listening.kept.flatMap(({ rereads }) => rereads.map(({ reason }) => reason))).toEqual(['started']);
  });

  it('has a change again that was lost with the answer that brought it', async () => {
    const listening = setting.listen();
    await listening.live();
    setting.move('Qualification');
    await setting.told(listening, 'Qualification');
    await setting.faultInHeldPoll({ kind: 'deliver-then-cut', count: 1 });
    setting.move('Closed Won');
    await setting.told(listening, 'Closed Won');
    expect(setting.org.counts().delivered).toBe(3);
    expect(listening.faults()).toEqual(['unavailable']);
  });

  it('takes events that come twice', async () => {
    const listening = setting.listen();
    await listening.live();
    await setting.faultInHeldPoll({ kind: 'repeat' });
    setting.move('Qualification');
    setting.move('Closed Won');
    await setting.told(listening, 'Closed Won');
    expect(listening.stages().filter((stage) => stage === 'Closed Won')).toHaveLength(2);
    expect(listening.faults()).toEqual([]);
  });

  it('notices at once that its very first poll is not answered, long before a poll would end', async () => {
    setting.org.configure({ pollMs: 60_000 });
    setting.org.addFault({ kind: 'silent', count: 1 });
    const listening = setting.listen();
    await listening.live();
    expect(listening.faults()).toEqual(['silent']);
  });

  it('notices a subscription that Salesforce has forgotten without a word', async () => {
    const listening = setting.listen({ timing: { freshenMs: 400 } });
    await listening.live();
    setting.move('Qualification');
    await setting.told(listening, 'Qualification');
    setting.org.addFault({ kind: 'lose-subscription', count: 1 });
    await eventually('it is gone', () => setting.org.counts().subscriptions === 0);
    setting.move('Closed Won');
    await setting.told(listening, 'Closed Won');
    expect(listening.faults()).toEqual([]);
  });

  it('comes back less and less often, and says when', async () => {
    const listening = setting.listen({ timing: { firstWaitMs: 10, longestWaitMs: 80 } });
    await listening.live();
    setting.org.addFault({ kind: 'cut', step: 'handshake', count: 5 });
    await setting.cut();
    await eventually('it has failed six times', () => listening.faults().length >= 6);
    await listening.live();
    const waits = listening.states.flatMap((state) =>
      state.kind === 'waiting' ? [Date.parse(state.retryAt) - setting.org.clock.now().getTime()] : [],
    );
    // Half of each is fixed, half drawn: 0.75 of 10, 20, 40 … 80 milliseconds.
    expect(waits).toEqual([8, 15, 30, 60, 60, 60]);
  });

  it('keeps no server busy that answers polls at once with nothing', async () => {
    setting.org.configure({ pollMs: 1 });
    const listening = setting.listen({ timing: { firstWaitMs: 100, longestWaitMs: 200 } });
    await listening.live();
    await pause(600);
    expect(setting.org.counts().messages.connect).toBeLessThan(12);
    expect(listening.faults()).toEqual([]);
  });
});

describe('events that say less than they should', () => {
  it.each([
    ['gap', { changes: [{ type: 'update', ids: [dealId], stageHint: null }], rereads: [] }],
    [
      'overflow',
      { changes: [], rereads: [{ object: 'Opportunity', since: '2026-11-27T08:45:00.000Z', reason: 'overflow' }] },
    ],
    [
      'wildcard',
      { changes: [], rereads: [{ object: 'Opportunity', since: '2026-11-27T08:45:00.000Z', reason: 'overflow' }] },
    ],
  ] as const)('make us read what may have changed: %s', async (kind, told) => {
    const listening = setting.listen();
    await listening.live();
    setting.org.addFault({ kind, count: 1 });
    setting.move('Closed Won');
    await eventually('the event has come', () => listening.kept.length === 2);
    expect(listening.kept[1]).toMatchObject(told);
  });

  it('are told in another order, when a transaction comes late', async () => {
    const listening = setting.listen();
    await listening.live();
    setting.org.addFault({ kind: 'late', count: 1 });
    setting.move('Negotiation');
    await pause(5);
    setting.org.commit({ ids: ['0065f00000UloqWAAR'], values: { StageName: 'Closed Lost' } });
    await setting.told(listening, 'Negotiation', 'Closed Lost');
    expect(listening.stages()).toEqual(['Closed Lost', 'Negotiation']);
  });
});
