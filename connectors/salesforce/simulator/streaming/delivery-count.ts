const dayMs = 24 * 3_600_000;

/** Counts delivered events over the last 24 hours, as the org's limit does. */
export interface DeliveryCount {
  /** @returns `false`, counting nothing, when the day has no room for so many; for none, when it has no room at all. */
  take(events: number): boolean;
  used(): number;
}

export function createDeliveryCount(now: () => number, perDay: () => number): DeliveryCount {
  let delivered: { readonly at: number; readonly events: number }[] = [];
  const used = (): number => {
    const oldest = now() - dayMs;
    delivered = delivered.filter(({ at }) => at > oldest);
    return delivered.reduce((sum, { events }) => sum + events, 0);
  };
  return {
    take(events) {
      const before = used();
      if (before >= perDay() || before + events > perDay()) return false;
      if (events > 0) delivered.push({ at: now(), events });
      return true;
    },
    used,
  };
}
