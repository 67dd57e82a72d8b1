import { webhookHeaders } from '../../connectors/hubspot/simulator/webhooks/signature.js';
import { stageNow, type ChangedDeal } from './deals.js';

/** A webhook ready to be sent: signed, as HubSpot would send it. */
export interface Delivery {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where deliveries go and whose they are. */
export interface Receiver {
  readonly url: string;
  readonly clientSecret: string;
  readonly portalId: number;
}

const appId = 1_160_452;

/** One event per deal, saying that its stage changed, `eventsEach` in a delivery. Signed now, and good for five minutes. */
export function deliveriesFor(
  receiver: Receiver,
  deals: readonly ChangedDeal[],
  eventsEach: number,
): readonly Delivery[] {
  const timestampMs = Date.now();
  return Array.from({ length: Math.ceil(deals.length / eventsEach) }, (_, index) => {
    const events = deals.slice(index * eventsEach, (index + 1) * eventsEach).map((deal, position) => ({
      eventId: index * eventsEach + position + 1,
      subscriptionId: 1_000_001,
      portalId: receiver.portalId,
      appId,
      occurredAt: timestampMs,
      subscriptionType: 'deal.propertyChange',
      attemptNumber: 0,
      objectId: Number(deal.crmDealId),
      propertyName: 'dealstage',
      propertyValue: stageNow(deal.won),
      changeSource: 'CRM_UI',
      sourceId: 'userId:5001',
    }));
    const body = JSON.stringify(events);
    const headers = webhookHeaders(receiver.clientSecret, receiver.url, body, timestampMs);
    return { body: Buffer.from(body), headers };
  });
}
