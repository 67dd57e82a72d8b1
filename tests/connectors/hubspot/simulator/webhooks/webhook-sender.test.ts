import { createHash, createHmac } from 'node:crypto';
import { createTestClock } from '../../../../support/test-clock.js';
import { useSimulatedHubspot } from '../simulated-hubspot.js';
import type { Receiver } from './receiver.js';
import { startReceiver } from './receiver.js';

const clock = createTestClock();
const hubspot = useSimulatedHubspot({ clock });
let receiver: Receiver;

type Patch = Parameters<typeof hubspot.simulator.configure>[0]['webhooks'];

async function listen(webhooks: Patch = {}, answer?: (call: number) => number | 'hang'): Promise<void> {
  receiver = await startReceiver(answer);
  hubspot.simulator.configure({
    webhooks: { targetUrl: `${receiver.url}/webhooks/hubspot?from=crm`, retryBaseMs: 5, retryMaxMs: 20, ...webhooks },
  });
}

function makeDeals(count: number): readonly string[] {
  return hubspot.simulator.seed(
    'deals',
    Array.from({ length: count }, (_, index) => ({
      properties: { dealname: `Deal ${index}`, dealstage: 'qualifiedtobuy' },
    })),
  );
}

function move(ids: readonly string[], stageId = 'contractsent'): Promise<void> {
  for (const id of ids) hubspot.simulator.person.moveDeal(id, stageId);
  return hubspot.simulator.webhooks.idle();
}

afterEach(() => receiver.close());

describe('a webhook', () => {
  it('is signed over the exact target address, in the old way and the new', async () => {
    await listen();
    await move(makeDeals(1));
    const [delivery] = receiver.received;
    const { clientSecret, settings } = hubspot.simulator;
    const timestamp = String(clock.now().getTime());
    const signed = `POST${settings.webhooks.targetUrl ?? ''}${delivery?.body ?? ''}${timestamp}`;
    expect(delivery?.url).toBe('/webhooks/hubspot?from=crm');
    expect(delivery?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-hubspot-signature-version': 'v1',
      'x-hubspot-signature': createHash('sha256')
        .update(`${clientSecret}${delivery?.body ?? ''}`)
        .digest('hex'),
      'x-hubspot-request-timestamp': timestamp,
      'x-hubspot-signature-v3': createHmac('sha256', clientSecret).update(signed).digest('base64'),
    });
  });

  it('tells that a person moved a deal, with numbers for ids', async () => {
    await listen();
    const [id = ''] = makeDeals(1);
    await move([id]);
    expect(receiver.events()).toEqual([
      {
        eventId: expect.any(Number),
        subscriptionId: expect.any(Number),
        portalId: hubspot.simulator.portalId,
        appId: hubspot.simulator.appId,
        occurredAt: clock.now().getTime(),
        subscriptionType: 'deal.propertyChange',
        attemptNumber: 0,
        objectId: Number(id),
        propertyName: 'dealstage',
        propertyValue: 'contractsent',
        changeSource: 'CRM_UI',
        sourceId: 'userId:5001',
      },
    ]);
  });

  it('echoes what the app wrote, under its own id, and keeps quiet about what nobody subscribed to', async () => {
    await listen({ propertyEventsOnCreate: false });
    const { id } = await hubspot.client.crm.deals.basicApi.create({
      properties: { dealname: 'Ours', dealstage: 'qualifiedtobuy', amount: '5' },
    });
    await hubspot.client.crm.deals.basicApi.update(id, { properties: { dealname: 'Renamed', amount: '6' } });
    await hubspot.simulator.webhooks.idle();
    expect(receiver.events()).toMatchObject([
      { subscriptionType: 'deal.creation', changeFlag: 'NEW', changeSource: 'INTEGRATION' },
      {
        subscriptionType: 'deal.propertyChange',
        propertyName: 'amount',
        propertyValue: '6',
        changeSource: 'INTEGRATION',
        sourceId: String(hubspot.simulator.appId),
      },
    ]);
  });

  it('tells of deletion, restoring and merging', async () => {
    await listen();
    const [first = '', second = ''] = makeDeals(2);
    const { person } = hubspot.simulator;
    person.archiveRecord('deals', first);
    person.restoreRecord('deals', first);
    const merged = person.mergeRecords('deals', first, second);
    await hubspot.simulator.webhooks.idle();
    expect(receiver.events().map(({ subscriptionType }) => subscriptionType)).toEqual([
      'deal.deletion',
      'deal.restore',
      'deal.merge',
    ]);
    expect(receiver.events()[2]).toMatchObject({
      primaryObjectId: Number(first),
      mergedObjectIds: [Number(second)],
      newObjectId: Number(merged),
    });
  });

  it('speaks of objects in general when told to', async () => {
    await listen({ style: 'generic' });
    await move(makeDeals(1));
    expect(receiver.events()).toMatchObject([{ subscriptionType: 'object.propertyChange', objectTypeId: '0-3' }]);
  });

  it('is sent for contacts too, when subscribed', async () => {
    await listen({
      subscriptions: [{ subscriptionType: 'contact.creation' }, { subscriptionType: 'contact.privacyDeletion' }],
    });
    const id = hubspot.simulator.person.createRecord('contacts', { email: 'a@b.example' });
    await hubspot.client.crm.contacts.basicApi.purge({ objectId: id });
    await hubspot.simulator.webhooks.idle();
    expect(receiver.events().map(({ subscriptionType }) => subscriptionType)).toEqual([
      'contact.creation',
      'contact.privacyDeletion',
    ]);
  });

  it('carries up to a hundred events, and several are under way at once', async () => {
    await listen({ maxConcurrentRequests: 3 });
    await move(makeDeals(250));
    const sizes = receiver.received.map(({ body }) => (JSON.parse(body) as unknown[]).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(250);
    expect(Math.max(...sizes)).toBe(100);
    expect(hubspot.simulator.webhooks.counts()).toMatchObject({ events: 250, delivered: sizes.length, waiting: 0 });
  });
});

describe('a delivery that fails', () => {
  it('is tried again as a whole, with a higher attempt number and a fresh signature', async () => {
    await listen({}, (call) => (call < 2 ? 503 : 200));
    await move(makeDeals(2));
    expect(receiver.received).toHaveLength(3);
    expect(receiver.events().map(({ attemptNumber }) => attemptNumber)).toEqual([0, 0, 1, 1, 2, 2]);
    const eventIds = receiver.events().map(({ eventId }) => eventId);
    expect(new Set(eventIds).size).toBe(2);
  });

  it('is given up after ten retries', async () => {
    await listen({ retryBaseMs: 1, retryMaxMs: 2 }, () => 500);
    await move(makeDeals(1));
    expect(receiver.received).toHaveLength(11);
    expect(hubspot.simulator.webhooks.counts()).toMatchObject({ attempts: 11, delivered: 0, givenUp: 1 });
  });

  it('counts a receiver that is too slow or not there as failed', async () => {
    await listen({ timeoutMs: 50 }, (call) => (call === 0 ? 'hang' : 200));
    await move(makeDeals(1));
    expect(hubspot.simulator.webhooks.attempts().map(({ outcome }) => outcome)).toEqual(['timeout', 200]);
    await receiver.close();
    hubspot.simulator.configure({ webhooks: { maxRetries: 0 } });
    await move(makeDeals(1));
    expect(hubspot.simulator.webhooks.attempts().at(-1)?.outcome).toBe('unreachable');
  });
});

describe('bad luck on the wire', () => {
  it('sends events twice', async () => {
    await listen({ duplicateShare: 1 });
    await move(makeDeals(3));
    const ids = receiver.events().map(({ eventId }) => eventId);
    expect([ids.length, new Set(ids).size]).toEqual([6, 3]);
  });

  it('loses all events, or some', async () => {
    await listen({ lostShare: 1 });
    await move(makeDeals(3));
    expect(receiver.received).toEqual([]);
    hubspot.simulator.configure({ webhooks: { lostShare: 0.5 } });
    await move(makeDeals(100));
    expect(receiver.events().length).toBeGreaterThan(20);
    expect(receiver.events().length).toBeLessThan(80);
  });

  it('sends events late and in another order', async () => {
    await listen({ shuffle: true, delayMs: 30 });
    const ids = makeDeals(20);
    await move(ids);
    const came = receiver.events().map(({ objectId }) => String(objectId));
    expect(came).not.toEqual(ids);
    expect([...came].sort()).toEqual([...ids].sort());
  });

  it('gives different objects the same event id', async () => {
    await listen({ collidingEventIds: true });
    const ids = makeDeals(2);
    await move(ids);
    await move(ids, 'closedlost');
    const keys = receiver.events().map(({ objectId, eventId }) => `${String(objectId)}/${String(eventId)}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(receiver.events().map(({ eventId }) => eventId)).size).toBeLessThan(keys.length);
  });

  it('stamps deliveries with a wrong time, or signs with another secret, when told to', async () => {
    await listen({ timestampSkewMs: -400_000 });
    hubspot.simulator.rotateClientSecret('another');
    await move(makeDeals(1));
    const [delivery] = receiver.received;
    expect(delivery?.headers['x-hubspot-request-timestamp']).toBe(String(clock.now().getTime() - 400_000));
    expect(delivery?.headers['x-hubspot-signature']).toBe(
      createHash('sha256')
        .update(`another${delivery?.body ?? ''}`)
        .digest('hex'),
    );
  });
});
