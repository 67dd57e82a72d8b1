import type { WebhookSettings } from '../settings.js';

/**
 * Gives out event ids. HubSpot's are not unique; when asked for, each object counts on its own, so that different objects
 * share ids while one object never has the same id twice.
 */
export function createEventIds(settings: Pick<WebhookSettings, 'collidingEventIds'>): (objectId: string) => number {
  const perObject = new Map<string, number>();
  let last = 100_000_000;
  return (objectId) => {
    if (!settings.collidingEventIds) return (last += 1);
    const next = (perObject.get(objectId) ?? 0) + 1;
    perObject.set(objectId, next);
    return next;
  };
}
