import type { CrmChange } from '../account/change-feed.js';
import type { WebhookSettings, WebhookSubscription } from '../settings.js';

/** One event of a delivery, without its attempt number, which is set as it is sent. Ids are JSON numbers. */
export type WebhookEvent = Readonly<Record<string, unknown>> & {
  readonly eventId: number;
  readonly subscriptionType: string;
};

export interface EventContext {
  readonly portalId: number;
  readonly appId: number;
  readonly settings: Pick<WebhookSettings, 'style' | 'subscriptions' | 'propertyEventsOnCreate'>;
  nextEventId(objectId: string): number;
}

function isMeant(subscription: WebhookSubscription, change: CrmChange, context: EventContext): boolean {
  if (subscription.subscriptionType !== `${change.type.singular}.${change.kind}`) return false;
  if (change.kind !== 'propertyChange') return true;
  if (change.atCreation && !context.settings.propertyEventsOnCreate) return false;
  return subscription.propertyName === change.property;
}

function particulars(change: CrmChange): Record<string, unknown> {
  switch (change.kind) {
    case 'creation':
      return { changeFlag: 'NEW' };
    case 'propertyChange':
      return { propertyName: change.property, propertyValue: change.value };
    case 'merge':
      // Which of the three ids stands as the object's is not established; the new one is the only one that lives on.
      return {
        primaryObjectId: Number(change.primaryId),
        mergedObjectIds: change.mergedIds.map(Number),
        newObjectId: Number(change.objectId),
        numberOfPropertiesMoved: change.movedProperties,
      };
    case 'deletion':
    case 'restore':
    case 'privacyDeletion':
      return {};
  }
}

const firstSubscriptionId = 1_000_001;

/** The events a change causes: one for every subscription that means it. */
export function eventsFor(change: CrmChange, context: EventContext): readonly WebhookEvent[] {
  const { settings, portalId, appId } = context;
  return settings.subscriptions.flatMap((subscription, index) => {
    if (!isMeant(subscription, change, context)) return [];
    // Privacy deletions are hub events, which have one style.
    const generic = settings.style === 'generic' && change.kind !== 'privacyDeletion';
    return [
      {
        eventId: context.nextEventId(change.objectId),
        subscriptionId: firstSubscriptionId + index,
        portalId,
        appId,
        occurredAt: change.at,
        subscriptionType: generic ? `object.${change.kind}` : subscription.subscriptionType,
        ...(generic ? { objectTypeId: change.type.id } : {}),
        objectId: Number(change.objectId),
        ...particulars(change),
        changeSource: change.source.changeSource,
        sourceId: change.source.sourceId,
      },
    ];
  });
}
