import type { OAuthTokens, TokenStore } from '../../connectors/token-store.js';

/** A store as several processes share one: exclusive, and it keeps what was saved. */
export function createMemoryStore(first: OAuthTokens | null) {
  let tokens = first;
  let queue: Promise<unknown> = Promise.resolve();
  const saved: OAuthTokens[] = [];
  const store: TokenStore = {
    load: () => Promise.resolve(tokens),
    save: (fresh) => {
      tokens = fresh;
      saved.push(fresh);
      return Promise.resolve();
    },
    exclusively: (refresh) => {
      const turn = queue.then(refresh);
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
  return { store, saved };
}
