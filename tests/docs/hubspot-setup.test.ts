import { z } from 'zod';
import { wantedProperties } from '../../connectors/hubspot/properties.js';
import { signV3 } from '../../connectors/hubspot/signature.js';
import { createHubspotSignalReceiver } from '../../connectors/hubspot/signals.js';
import { codeBlocks, codeSpans, readDocument } from './markdown.js';

const readme = readDocument('README.md');
const subscription = z.object({
  subscriptionType: z.string(),
  objectType: z.literal('deal'),
  propertyName: z.string().optional(),
});
const webhooksFile = z.object({
  config: z.object({
    settings: z.object({ targetUrl: z.url(), maxConcurrentRequests: z.number().gt(5) }),
    subscriptions: z.object({
      crmObjects: z.array(subscription),
      hubEvents: z.array(z.object({ subscriptionType: z.string() })),
    }),
  }),
});

describe('the HubSpot app of the README', () => {
  const { config } = webhooksFile.parse(JSON.parse(codeBlocks(readme, 'json')[0] ?? ''));

  it('subscribes to nothing that the service does not watch, under the address it listens at', () => {
    const { targetUrl } = config.settings;
    const secret = 'app-secret';
    const now = new Date('2026-03-02T10:00:00Z');
    const receiver = createHubspotSignalReceiver({
      clientSecrets: [secret],
      publicOrigins: [new URL(targetUrl).origin],
      acceptV1: false,
    });
    const events = config.subscriptions.crmObjects.map(({ subscriptionType, propertyName }, index) => ({
      ...{ subscriptionType, propertyName, objectTypeId: '0-3', objectId: index + 1, portalId: 7 },
      ...(propertyName === undefined ? {} : { propertyValue: 'x' }),
    }));
    const hubEvents = config.subscriptions.hubEvents.map(({ subscriptionType }) => ({
      ...{ subscriptionType, objectId: 99, portalId: 7 },
    }));
    const rawBody = Buffer.from(JSON.stringify([...events, ...hubEvents]));
    const timestamp = String(now.getTime());
    const delivery = receiver.receive(
      {
        method: 'POST',
        originalUrl: '/webhooks/hubspot',
        headers: {
          'x-hubspot-signature-v3': signV3(secret, { method: 'POST', url: targetUrl, rawBody, timestamp }),
          'x-hubspot-request-timestamp': timestamp,
        },
        rawBody,
      },
      now,
    );
    expect(delivery).toMatchObject({ kind: 'accepted', echoes: 0, ignored: 0 });
    expect(delivery.kind === 'accepted' && delivery.signals).toMatchObject([
      ...events.map((event) => ({ crmDealId: String(event.objectId) })),
      { crmContactId: '99' },
    ]);
  });

  it('is given exactly the properties that provisioning makes', () => {
    const named = codeSpans(readme).filter((span) =>
      /^introducer_(?!.*(total|seconds|pending|open_|change_feed))/.test(span),
    );
    const made = Object.values(wantedProperties).flatMap((properties) => properties.map(({ name }) => name));
    expect([...new Set(named)].sort()).toEqual([...new Set(made)].sort());
  });
});
