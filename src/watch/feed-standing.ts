import type { FeedState } from '../../connectors/contract.js';

/**
 * How a feed stands: `connecting` also while nobody listens, `waiting` for something that mends by itself, `refused` for a person.
 */
export type FeedStanding = 'connecting' | 'live' | 'waiting' | 'refused';

/** What a person is told of a feed. */
export interface FeedView {
  readonly state: FeedStanding;
  readonly since: Date;
  readonly detail: string | null;
}

/** A process that died said last that it was listening: only with a lease that has not run out is that to be believed. */
export function feedView(
  row: {
    readonly state: FeedStanding;
    readonly state_since: Date;
    readonly detail: string | null;
    readonly lease_until: Date | null;
  },
  now: Date,
): FeedView {
  const isHeld = row.lease_until !== null && row.lease_until > now;
  if (isHeld || row.state === 'refused') return { state: row.state, since: row.state_since, detail: row.detail };
  return { state: 'connecting', since: row.lease_until ?? row.state_since, detail: null };
}

/** What of a state is worth noting; `null`: nothing, as it passes by itself within seconds or ends the lease. */
export function standingOf(
  state: FeedState,
): { readonly state: 'live' | 'waiting'; readonly detail: string | null } | null {
  switch (state.kind) {
    case 'live':
      return { state: 'live', detail: null };
    case 'waiting':
      return { state: 'waiting', detail: state.detail };
    case 'connecting':
    case 'ended':
      return null;
  }
}
