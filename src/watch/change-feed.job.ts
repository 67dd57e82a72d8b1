import {
  CrmNotConnected,
  CrmUnauthorised,
  type ChangeFeed,
  type CrmFailure,
  type FeedBatch,
  type FeedState,
  type OpenFeed,
} from '../../connectors/contract.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { Log } from '../platform/log.js';
import {
  findFeed,
  giveBackFeedLease,
  noteFeedState,
  renewFeedLease,
  takeFeedLease,
  type FeedLease,
} from './change-feed.store.js';
import type { ConnectionTrouble } from './connection-trouble.handler.js';
import { standingOf } from './feed-standing.js';
import { FeedTaken, type KeepFeed } from './keep-feed.handler.js';
import { changeFeedTopic, changeFeedWork, silentFeedWork } from './topics.js';

export interface FeedListeningDependencies {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly keep: KeepFeed;
  readonly trouble: ConnectionTrouble;
  /** Told of each batch that was stored, for metrics. */
  readonly observe: (batch: FeedBatch) => void;
}

export interface FeedConnection {
  readonly id: string;
  readonly feed: ChangeFeed;
}

/** Listens to one connection's feed, in at most one process at a time. */
export interface FeedListening {
  /** Wakes it. */
  readonly topic: string;
  start(): void;
  /** Looks at once whether there is something to do. */
  readonly wake: () => void;
  /** Stops listening and lets another process take over. Waits for what is being stored. */
  close(): Promise<void>;
}

/** How often a listener says that it is alive, and others look whether it is. */
const lookEveryMs = 5_000;
/** Whoever has not said so for this long is gone. */
const leaseMs = 20_000;
/** A right that the CRM does not give is seldom given soon; a person who has mended it retries the problem. */
const refusedRetryMs = 15 * 60_000;
/** Credentials are mended for everything at once, and reading tries them all the time. */
const unauthorisedRetryMs = 60_000;

export function listenToFeed(deps: FeedListeningDependencies, connection: FeedConnection): FeedListening {
  const listener = new Listener(deps, connection);
  return {
    topic: changeFeedTopic(connection.id),
    start: () => listener.start(),
    wake: () => listener.wake(),
    close: () => listener.close(),
  };
}

/**
 * Holds the lease of a feed, or looks whether it is free. Looks and what is noted of the feed's state come one after the other,
 * so that the last thing noted is the last thing that happened.
 */
class Listener {
  readonly #deps: FeedListeningDependencies;
  readonly #feed: ChangeFeed;
  readonly #connectionId: string;
  #isOpen = false;
  #timer: NodeJS.Timeout | undefined;
  #listening: { readonly owner: string; readonly feed: OpenFeed } | null = null;
  #turn = Promise.resolve();

  constructor(deps: FeedListeningDependencies, { id, feed }: FeedConnection) {
    this.#deps = deps;
    this.#connectionId = id;
    this.#feed = feed;
  }

  start(): void {
    this.#isOpen = true;
    this.wake();
  }

  wake(): void {
    if (!this.#isOpen) return;
    void this.#inTurn(() => this.#look()).then(() => {
      clearTimeout(this.#timer);
      if (this.#isOpen) this.#timer = setTimeout(() => this.wake(), lookEveryMs);
    });
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    clearTimeout(this.#timer);
    await this.#inTurn(async () => {
      const owner = this.#listening?.owner;
      await this.#stop();
      if (owner !== undefined) await giveBackFeedLease(this.#deps.db, this.#lease(owner), null);
    });
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(act).catch((error: unknown) => {
      this.#deps.log.warn({ err: error, connectionId: this.#connectionId }, 'a change feed could not be looked after');
    });
    return this.#turn;
  }

  #lease(owner: string): FeedLease {
    const now = this.#deps.clock.now();
    return { connectionId: this.#connectionId, owner, now, until: new Date(now.getTime() + leaseMs) };
  }

  async #look(): Promise<void> {
    if (!this.#isOpen) return;
    if (this.#listening === null) {
      const owner = newId('lease');
      if (await takeFeedLease(this.#deps.db, this.#lease(owner)))
        this.#listening = { owner, feed: this.#listen(owner) };
    } else if (!(await renewFeedLease(this.#deps.db, this.#lease(this.#listening.owner)))) {
      this.#deps.log.warn({ connectionId: this.#connectionId }, 'another process listens to the change feed');
      await this.#stop();
    }
  }

  #listen(owner: string): OpenFeed {
    const feed = this.#feed.open({
      position: async () => (await findFeed(this.#deps.db, this.#connectionId))?.position ?? null,
      keep: (batch) => this.#keep(owner, batch),
      onState: (state) => void this.#inTurn(() => this.#note(owner, state)),
    });
    void feed.ended.then((failure) => {
      if (failure !== null) void this.#inTurn(() => this.#refused(owner, failure));
    });
    return feed;
  }

  async #stop(): Promise<void> {
    const stopped = this.#listening;
    this.#listening = null;
    await stopped?.feed.close();
  }

  async #keep(owner: string, batch: FeedBatch): Promise<void> {
    try {
      await this.#deps.keep({ connectionId: this.#connectionId, owner }, batch);
    } catch (error) {
      // Not waited for: closing a feed waits for this very call to end.
      if (error instanceof FeedTaken) void this.#inTurn(() => this.#stop());
      throw error;
    }
    this.#deps.observe(batch);
    if (batch.signals.length > 0) await this.#deps.trouble.works(silentFeedWork, this.#connectionId);
  }

  async #note(owner: string, state: FeedState): Promise<void> {
    const standing = standingOf(state);
    if (standing === null) return;
    const { log, db, trouble } = this.#deps;
    const connectionId = this.#connectionId;
    if (state.kind === 'live') log.info({ connectionId }, 'the CRM tells of changes by itself');
    else log.warn({ connectionId, ...state }, 'a change feed is broken and will be opened again');
    await noteFeedState(db, this.#lease(owner), standing);
    if (state.kind === 'live') await trouble.works(changeFeedWork, connectionId);
  }

  /** The feed has ended by itself: the CRM will not let us listen before a person has done something. */
  async #refused(owner: string, failure: CrmFailure): Promise<void> {
    if (this.#listening?.owner === owner) this.#listening = null;
    const lease = this.#lease(owner);
    if (failure instanceof CrmNotConnected) return giveBackFeedLease(this.#deps.db, lease, null);
    const waitMs = failure instanceof CrmUnauthorised ? unauthorisedRetryMs : refusedRetryMs;
    const retryAt = new Date(lease.now.getTime() + waitMs);
    await giveBackFeedLease(this.#deps.db, lease, { detail: failure.message, retryAt });
    await this.#deps.trouble.failed(changeFeedWork, this.#connectionId, failure);
  }
}
