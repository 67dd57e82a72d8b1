import type { LimitSettings } from '../settings.js';

type Bucket = 'general' | 'search' | 'associations';

export type LimitVerdict =
  | { readonly kind: 'allowed'; readonly headers: Readonly<Record<string, string>> }
  | {
      readonly kind: 'refused';
      readonly policy: 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY';
      readonly headers: Readonly<Record<string, string>>;
    };

/** Rolling windows of the calls of one app on one account. */
export interface RateLimits {
  /** @param routeName e.g. `/crm/objects/deals/search`. @param daily whether the token is one that has a daily limit. */
  admit(routeName: string, daily: boolean): LimitVerdict;
}

const tenSecondsMs = 10_000;
const secondMs = 1000;
const dayMs = 86_400_000;

function bucketOf(routeName: string): Bucket {
  if (routeName.endsWith('/search')) return 'search';
  return routeName.includes('/associations') ? 'associations' : 'general';
}

interface Window {
  readonly intervalMs: number;
  readonly at: number[];
}

/**
 * @param nowMs a steady clock in milliseconds. Not the account's clock: a test that stops that one still wants its calls
 * to become free again.
 */
export function createRateLimits(settings: LimitSettings, nowMs: () => number): RateLimits {
  const windows: Readonly<Record<Bucket, Window>> = {
    general: { intervalMs: tenSecondsMs, at: [] },
    search: { intervalMs: secondMs, at: [] },
    associations: { intervalMs: tenSecondsMs, at: [] },
  };
  let day = { startedAt: nowMs(), calls: 0 };

  const limitOf: Readonly<Record<Bucket, () => number>> = {
    general: () => settings.perTenSeconds,
    search: () => settings.searchPerSecond,
    associations: () => settings.associationsPerTenSeconds,
  };
  const used = ({ at, intervalMs }: Window, now: number): number => {
    const firstLive = at.findIndex((each) => each > now - intervalMs);
    at.splice(0, firstLive === -1 ? at.length : firstLive);
    return at.length;
  };
  const headersFor = (bucket: Bucket, now: number, daily: boolean): Record<string, string> => {
    // Search carries no rate limit headers.
    if (bucket === 'search') return {};
    const left = Math.max(0, limitOf[bucket]() - used(windows[bucket], now));
    return {
      'X-HubSpot-RateLimit-Max': String(limitOf[bucket]()),
      'X-HubSpot-RateLimit-Remaining': String(left),
      'X-HubSpot-RateLimit-Interval-Milliseconds': String(tenSecondsMs),
      ...(daily
        ? {
            'X-HubSpot-RateLimit-Daily': String(settings.perDay),
            'X-HubSpot-RateLimit-Daily-Remaining': String(Math.max(0, settings.perDay - day.calls)),
          }
        : {}),
    };
  };
  return {
    admit(routeName, daily) {
      if (!settings.enabled) return { kind: 'allowed', headers: {} };
      const now = nowMs();
      if (now - day.startedAt >= dayMs) day = { startedAt: now, calls: 0 };
      const bucket = bucketOf(routeName);
      const refused = (policy: 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY'): LimitVerdict => ({
        kind: 'refused',
        policy,
        headers: headersFor(bucket, now, daily),
      });
      if (daily && day.calls >= settings.perDay) return refused('DAILY');
      if (used(windows[bucket], now) >= limitOf[bucket]()) {
        return refused(bucket === 'search' ? 'SECONDLY' : 'TEN_SECONDLY_ROLLING');
      }
      windows[bucket].at.push(now);
      if (daily) day.calls += 1;
      return { kind: 'allowed', headers: headersFor(bucket, now, daily) };
    },
  };
}
