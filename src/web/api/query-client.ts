import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, isNotSignedIn } from './problem.js';

export const mePath = '/api/v1/me';
const mostRetries = 2;
const freshMs = 10_000;

/** Asks again where that may help, and looks who is signed in as soon as an answer says nobody is. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (isNotSignedIn(error) && query.queryKey[0] !== mePath) void client.invalidateQueries({ queryKey: [mePath] });
      },
    }),
    defaultOptions: {
      // The service may be reached where the internet is not; and what cannot be sent says so, instead of waiting unseen.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        refetchOnReconnect: true,
        staleTime: freshMs,
        retry: (failures, error) => failures < mostRetries && !(error instanceof ApiProblem && error.status < 500),
      },
    },
  });
  return client;
}
