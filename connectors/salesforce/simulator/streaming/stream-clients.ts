import { randomBytes } from 'node:crypto';

/** How a held poll ends. */
export type PollEnd = 'answer' | 'cut';

/** One Bayeux client: what it hears and the poll that is held for it. */
export interface StreamClient {
  readonly id: string;
  /** Channel → the replay id behind which it has not been told. */
  readonly subscriptions: Map<string, number>;
  /** Ends the poll that is held; `null` while none is. */
  release: ((end: PollEnd) => void) | null;
  /** The first poll is answered at once. */
  hasPolled: boolean;
}

export interface StreamClients {
  /** @returns `null` when the org has no place left. */
  add(): StreamClient | null;
  find(id: unknown): StreamClient | null;
  remove(id: string): void;
  /** Begins anew to count the time after which the client is forgotten. */
  touch(client: StreamClient): void;
  all(): readonly StreamClient[];
  close(): void;
}

export interface StreamClientsOptions {
  readonly mostClients: () => number;
  readonly reconnectWithinMs: () => number;
}

export function createStreamClients({ mostClients, reconnectWithinMs }: StreamClientsOptions): StreamClients {
  const clients = new Map<string, StreamClient>();
  const timers = new Map<string, NodeJS.Timeout>();
  const remove = (id: string): void => {
    clearTimeout(timers.get(id));
    timers.delete(id);
    clients.get(id)?.release?.('answer');
    clients.delete(id);
  };
  const touch = ({ id }: StreamClient): void => {
    clearTimeout(timers.get(id));
    const forget = (): void => {
      // Who holds a poll is there.
      if (clients.get(id)?.release === null) remove(id);
    };
    timers.set(id, setTimeout(forget, reconnectWithinMs()).unref());
  };
  return {
    add() {
      if (clients.size >= mostClients()) return null;
      const id = randomBytes(14).toString('base64url');
      const client: StreamClient = { id, subscriptions: new Map(), release: null, hasPolled: false };
      clients.set(id, client);
      touch(client);
      return client;
    },
    find: (id) => (typeof id === 'string' ? (clients.get(id) ?? null) : null),
    remove,
    touch,
    all: () => [...clients.values()],
    close() {
      for (const id of [...clients.keys()]) remove(id);
    },
  };
}
