import { createHash, createHmac } from 'node:crypto';
import { createTestClock } from '../../../../support/test-clock.js';
import { useSimulatedHubspot } from '../simulated-hubspot.js';
import type { Receiver } from './receiver.js';
import { startReceiver } from './receiver.js';

const clock = createTestClock();
const hubspot = useSimulatedHubspot({ clock, portalId: 62515, appId: 7 });
let receiver: Receiver;

afterEach(() => receiver.close());

describe('a call from a card', () => {
  it('says who asks, and is signed over the address that says so', async () => {
    receiver = await startReceiver();
    const answer = await hubspot.simulator.cardFetch({
      url: `${receiver.url}/cards/deal?dealId=9`,
      method: 'POST',
      body: { note: 'hello' },
      userEmail: 'rosa@b.example',
    });
    expect(answer).toEqual({ status: 200, body: '{}', attempts: 1 });
    const [call] = receiver.received;
    expect(call?.url).toBe('/cards/deal?dealId=9&userId=5001&portalId=62515&userEmail=rosa%40b.example&appId=7');
    const { clientSecret } = hubspot.simulator;
    const uri = `${receiver.url}${call?.url ?? ''}`;
    const v3 = `POST${uri.replace('%40', '@')}{"note":"hello"}${clock.now().getTime()}`;
    expect(call?.headers).toMatchObject({
      'x-hubspot-signature-version': 'v2',
      'x-hubspot-signature': createHash('sha256').update(`${clientSecret}POST${uri}{"note":"hello"}`).digest('hex'),
      'x-hubspot-signature-v3': createHmac('sha256', clientSecret).update(v3).digest('base64'),
    });
  });

  it('is made once more after a 5xx, and only once', async () => {
    receiver = await startReceiver(() => 503);
    const answer = await hubspot.simulator.cardFetch({ url: `${receiver.url}/x`, authorization: 'Bearer a' });
    expect(answer).toMatchObject({ status: 503, attempts: 2 });
    expect(receiver.received.map(({ url }) => url)[0]).toMatch('/x?userId=5001&');
    expect(receiver.received[0]?.headers.authorization).toBe('Bearer a');
  });

  it('is not made again after a 4xx', async () => {
    receiver = await startReceiver(() => 404);
    expect(await hubspot.simulator.cardFetch({ url: receiver.url })).toMatchObject({ status: 404, attempts: 1 });
  });
});
