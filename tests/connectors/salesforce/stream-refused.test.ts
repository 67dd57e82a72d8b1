import { CrmUnauthorised, CrmUnavailable } from '../../../connectors/contract.js';
import { ChangeStreamRefused } from '../../../connectors/salesforce/stream-fault.js';
import { eventually } from '../../support/eventually.js';
import { listeningSetting } from './listening.js';
import { goodToken } from './simulated-streaming.js';

const setting = listeningSetting();

describe('a change stream that is refused', () => {
  it('gets another token when the old one has run out, and misses nothing', async () => {
    const listening = setting.listen({
      connect: (instead) =>
        Promise.resolve({ ...setting.org.access, accessToken: instead === undefined ? goodToken : 'fresh' }),
    });
    await listening.live();
    setting.move('Qualification');
    await setting.told(listening, 'Qualification');
    setting.org.tokens.delete(goodToken);
    setting.org.tokens.add('fresh');
    setting.move('Negotiation');
    await eventually('the token was refused', () => listening.faults().includes('token-refused'));
    setting.move('Closed Won');
    await setting.told(listening, 'Negotiation', 'Closed Won');
    expect(listening.asked).toEqual([undefined, goodToken]);
  });

  it.each(['bayeux', 'http'] as const)('asks for few tokens when none is good, and says so: %s', async (refusal) => {
    setting.org.configure({ refusal });
    setting.org.tokens.clear();
    const listening = setting.listen();
    const failure = await listening.stream.ended;
    expect(failure).toBeInstanceOf(CrmUnauthorised);
    expect(failure?.vendorMessage).toMatch(refusal === 'http' ? /INVALID_SESSION_ID/ : /401::Authentication invalid/);
    expect(listening.asked).toHaveLength(5);
    expect(listening.stream.state()).toEqual({ kind: 'ended', failure });
  });

  it.each([
    ['not-entitled', { viewAllData: false }, /View All Data permissions.*Give the integration user View All/],
    ['no-such-channel', { knownEntities: [] }, /doesn't exist.*Select the watched objects/],
  ])('stops and says what to do when the org does not give it the stream: %s', async (reason, settings, words) => {
    setting.org.configure(settings);
    const listening = setting.listen({ channel: '/data/OpportunityChangeEvent' });
    const failure = await listening.stream.ended;
    expect(failure).toBeInstanceOf(ChangeStreamRefused);
    expect(failure).toMatchObject({ reason, retryable: false });
    expect(failure?.message).toMatch(words);
    expect(setting.org.counts().messages.subscribe).toBe(1);
  });

  it('waits when the org has used up its events of the day, and then has what it missed', async () => {
    const listening = setting.listen();
    await listening.live();
    setting.move('Qualification');
    await setting.told(listening, 'Qualification');
    setting.org.configure({ deliveredPerDay: 1 });
    setting.move('Closed Won');
    await eventually('the limit was met', () => listening.faults().includes('limited'));
    setting.org.configure({ deliveredPerDay: 100 });
    await setting.told(listening, 'Closed Won');
  });

  it('waits when the org has no place for another client', async () => {
    setting.org.configure({ concurrentClients: 1 });
    const first = setting.listen();
    await first.live();
    const second = setting.listen();
    await eventually('the limit was met', () => second.faults().includes('limited'));
    await first.stream.close();
    await second.live();
  });

  it('follows an org that has moved', async () => {
    const listening = setting.listen();
    await listening.live();
    setting.org.addFault({ kind: 'redirect', count: 1 });
    await eventually('access was asked for anew', () => listening.asked.includes(goodToken));
    await listening.live();
  });

  it('waits for access while Salesforce cannot be reached, and ends when there is none', async () => {
    const answers: (() => never)[] = [
      (): never => {
        throw new CrmUnavailable({ operation: 'token', vendorMessage: 'away' });
      },
      (): never => {
        throw new CrmUnauthorised({ operation: 'token', vendorMessage: 'expired access/refresh token' });
      },
    ];
    const listening = setting.listen({ connect: async () => (await Promise.resolve(answers.shift()!))() });
    const failure = await listening.stream.ended;
    expect(failure?.vendorMessage).toBe('expired access/refresh token');
    expect(listening.faults()).toEqual(['unavailable']);
  });
});
