import type { LimitSettings } from '../settings.js';

const hourMs = 3_600_000;
const hoursOfDay = 24;

/** The org's daily calls. They fall out of the count by the hour, a day after they were made. */
export interface ApiUsage {
  /** Counts a call. @returns false when the day's calls are used up. */
  admit(): boolean;
  used(): number;
  /** As in `Sforce-Limit-Info`. */
  header(): string;
  /** What other tools of the org used. */
  add(calls: number): void;
  reset(): void;
}

/** @param now epoch milliseconds. */
export function createApiUsage(settings: LimitSettings, now: () => number): ApiUsage {
  const byHour = new Map<number, number>();
  const hour = (): number => Math.floor(now() / hourMs);
  const used = (): number => {
    for (const each of byHour.keys()) if (each <= hour() - hoursOfDay) byHour.delete(each);
    return [...byHour.values()].reduce((sum, calls) => sum + calls, 0);
  };
  const add = (calls: number): void => void byHour.set(hour(), (byHour.get(hour()) ?? 0) + calls);
  return {
    admit() {
      if (settings.enabled && used() >= settings.perDay) return false;
      add(1);
      return true;
    },
    used,
    header: () => `api-usage=${used()}/${settings.perDay}`,
    add,
    reset: () => byHour.clear(),
  };
}
